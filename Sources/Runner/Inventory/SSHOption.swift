/// The options of ssh that an inventory may and may not give.
///
/// What is not listed is refused: a new version of ssh may have options of which nobody knows here what they do to a run.
package enum SSHOption {
  /// Why one is refused.
  package enum Refusal: Sendable, Equatable {
    /// Steps would not run, would read or write elsewhere, or would seem to have ended.
    case breaksSteps
    /// Another one's connection would be used, or ours by others.
    case sharesConnections
    case forwards
    /// ssh's own messages would go elsewhere, or would not come.
    case hidesMessages
    /// ssh would ask a person.
    case asks
    case weakensHostKeys
    /// The run decides it, and its word would come first.
    case isOurs
  }

  /// What a value must look like.
  package enum Kind: Sendable, Equatable {
    case flag
    /// `-o`: a setting of its own.
    case setting
    case text
    case yesNo
    case path
    case paths
    /// Files of known hosts: one that is nowhere would make every key new.
    case knownHosts
    case strictness
    case seconds
    case port
    case user
    case address
    /// `[user@]host[:port]`, several with commas.
    case jump
    /// A command of the control machine.
    case command
  }

  static let letters: [Character: Kind] = [
    "4": .flag, "6": .flag, "A": .flag, "a": .flag, "C": .flag, "k": .flag, "T": .flag, "x": .flag, "o": .setting, "F": .path, "i": .path,
    "I": .path, "b": .text, "B": .text, "c": .text, "m": .text, "J": .jump, "l": .user, "p": .port,
  ]

  static func refused(_ letter: Character) -> Refusal? {
    switch letter {
    case "f", "n", "N", "s", "t", "e", "G", "V", "Q": .breaksSteps
    case "M", "S", "O": .sharesConnections
    case "D", "L", "R", "W", "w", "X", "Y", "g", "K": .forwards
    case "v", "q", "E", "y": .hidesMessages
    default: nil
    }
  }

  static let refusedSettings: [String: Refusal] = {
    let names: [(Refusal, String)] = [
      (
        .breaksSteps,
        "RemoteCommand SessionType StdinNull ForkAfterAuthentication RequestTTY LocalCommand PermitLocalCommand EscapeChar ChannelTimeout"
      ),
      (.sharesConnections, "ControlMaster ControlPath ControlPersist"),
      (
        .forwards,
        "LocalForward RemoteForward DynamicForward GatewayPorts ClearAllForwardings ExitOnForwardFailure PermitRemoteOpen ForwardX11 "
          + "ForwardX11Timeout ForwardX11Trusted XAuthLocation Tunnel TunnelDevice StreamLocalBindMask StreamLocalBindUnlink "
          + "GSSAPIDelegateCredentials"
      ),
      (.hidesMessages, "LogLevel LogVerbose SyslogFacility VisualHostKey IgnoreUnknown"),
      (.asks, "BatchMode NumberOfPasswordPrompts AddKeysToAgent UpdateHostKeys EnableEscapeCommandline"),
      (.weakensHostKeys, "NoHostAuthenticationForLocalhost KnownHostsCommand VerifyHostKeyDNS"),
      (.isOurs, "ConnectionAttempts Include Host Match"),
    ]
    return names.reduce(into: [:]) { all, row in for name in row.1.split(separator: " ") { all[name.lowercased()] = row.0 } }
  }()

  static let settings: [String: (spelling: String, kind: Kind)] = {
    let names: [(Kind, String)] = [
      (.strictness, "StrictHostKeyChecking"),
      (.knownHosts, "UserKnownHostsFile"),
      (.paths, "GlobalKnownHostsFile"),
      (.seconds, "ConnectTimeout ServerAliveInterval ServerAliveCountMax"),
      (.port, "Port"),
      (.user, "User"),
      (.address, "HostName"),
      (.jump, "ProxyJump"),
      (.command, "ProxyCommand"),
      (.path, "IdentityFile CertificateFile RevokedHostKeys PKCS11Provider SecurityKeyProvider"),
      (
        .yesNo,
        "ForwardAgent CheckHostIP Compression EnableSSHKeysign GSSAPIAuthentication GSSAPIKeyExchange GSSAPIRenewalForcesRekey "
          + "GSSAPITrustDns HashKnownHosts HostbasedAuthentication IdentitiesOnly KbdInteractiveAuthentication "
          + "ChallengeResponseAuthentication PasswordAuthentication ProxyUseFdpass TCPKeepAlive"
      ),
      (
        .text,
        "AddressFamily BindAddress BindInterface CASignatureAlgorithms CanonicalDomains CanonicalizeFallbackLocal CanonicalizeHostname "
          + "CanonicalizeMaxDots CanonicalizePermittedCNAMEs Ciphers FingerprintHash GSSAPIClientIdentity GSSAPIKexAlgorithms "
          + "GSSAPIServerIdentity HostKeyAlgorithms HostKeyAlias HostbasedAcceptedAlgorithms HostbasedKeyTypes IPQoS IdentityAgent "
          + "KbdInteractiveDevices KexAlgorithms MACs ObscureKeystrokeTiming PreferredAuthentications PubkeyAcceptedAlgorithms "
          + "PubkeyAcceptedKeyTypes PubkeyAuthentication RekeyLimit RequiredRSASize SendEnv SetEnv Tag"
      ),
    ]
    return names.reduce(into: [:]) { all, row in for name in row.1.split(separator: " ") { all[name.lowercased()] = (String(name), row.0) }
    }
  }()
}

extension SSHOption.Kind {
  func accepts(_ value: String) -> Bool {
    let word = value.lowercased()
    switch self {
    case .flag, .setting, .command: return true
    case .text, .path, .paths: return value.utf8.first != UInt8(ascii: "-")
    case .knownHosts: return value.utf8.first != UInt8(ascii: "-") && !value.contains("$")
    case .yesNo: return word == "yes" || word == "no"
    case .strictness: return ["yes", "true", "ask", "accept-new", "no", "false", "off"].contains(word)
    case .seconds: return Int(value).map { (1...86400).contains($0) } ?? false
    case .port: return Int(value).map { (1...65535).contains($0) } ?? false
    case .user: return HostSyntax.isUser(value)
    case .address: return HostSyntax.address(value) != nil
    case .jump:
      return word == "none" || value.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { HostSyntax.isJump(String($0)) }
    }
  }

  /// Whether anybody could stand in for the host.
  func weakens(_ value: String) -> Bool {
    switch self {
    case .strictness: return ["no", "false", "off"].contains(value.lowercased())
    case .command: return Self.commandWeakens(value)
    case .knownHosts:
      // Several files, perhaps in quotes: one that forgets is enough.
      return value.split { $0 == " " || $0 == "\t" || $0 == "\"" }.contains { Self.forgets($0) }
    default: return false
    }
  }

  /// Whether what is written to a file is gone: no file at all, or a device.
  private static func forgets(_ file: Substring) -> Bool {
    var path: [Substring] = []
    for part in file.split(separator: "/") where part != "." { if part == ".." { _ = path.popLast() } else { path.append(part) } }
    return file.lowercased() == "none" || path.suffix(2) == ["dev", "null"]
      || (file.hasPrefix("/") && ["dev", "proc"].contains(path.first))
  }

  /// The same words, inside the command that reaches the host through another one.
  private static func commandWeakens(_ command: String) -> Bool {
    let words = command.split { " \t='\"".contains($0) }
    return zip(words, words.dropFirst()).contains { name, value in
      let name = name.lowercased()
      if name.hasSuffix("stricthostkeychecking") { return Self.strictness.weakens(String(value)) }
      return name.hasSuffix("userknownhostsfile") && forgets(value)
    }
  }
}
