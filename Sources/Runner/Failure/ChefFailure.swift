extension Failure {
  /// What to tell about a Chef server that gives no inventory.
  init(_ error: ChefError, server: String) {
    let server = Failure.visible(server)
    if case .secret(let problem) = error {
      self.init(problem)
      return
    }
    let (message, help) = error.words
    self.init(message, at: server, help: help)
  }
}

extension ChefError {
  fileprivate var words: (message: String, help: String?) {
    switch self {
    case .server(let problem): problem.words
    case .organization(let name):
      ("\"\(Failure.visible(name))\" cannot be the name of an organization", "Names have letters, digits, \"_\" and \"-\".")
    case .user(let name):
      ("\"\(Failure.visible(name))\" cannot be the name of a Chef user or client", "Names have ASCII characters and no blanks.")
    case .program(let program, let problem): problem.words(program)
    case .workspace(let problem): (Failure(problem).message, Failure(problem).help)
    case .key(let origin, let problem): problem.words(origin)
    case .secret: ("a secret cannot be read", nil)
    case .caFile(let error): ("cannot read the certificates in \(Failure.visible(error.path)): \(error.reason)", "Check caFile:.")
    case .connection(let problem, let reason): problem.words(Failure.visible(reason))
    case .clock(let seconds):
      (
        "the request was refused because this machine's clock is \(abs(seconds)) s \(seconds > 0 ? "ahead of" : "behind") the server's",
        "Set this machine's clock, for example with NTP; a server with a wrong clock would refuse everybody."
      )
    case .unauthorized(let user, let message, let seconds):
      (
        "the server does not accept the key of \"\(user)\": \(oneLine(message))",
        "Either it knows no such user or client, or the key is another one's; \(Self.agreement(seconds))"
      )
    case .protocolVersion(let version, let known):
      (
        "the server does not accept requests that are signed by version \(version); it knows \(known.map(Failure.visible).joined(separator: ", "))",
        version == "1.3" ? "Add signing: .v1_0" : "Remove signing: .v1_0"
      )
    case .forbidden(let user, let message):
      (
        "the user or client \"\(user)\" may not search nodes: \(oneLine(message))",
        "Add it to the organization, and give it the right to read nodes."
      )
    case .unknownOrganization(let name?, let message):
      ("the server has no organization \"\(name)\": \(oneLine(message))", "A server without organizations takes organization: nil.")
    case .unknownOrganization(nil, let message):
      ("the server has no search at this address: \(oneLine(message))", "Name the organization: organization: \"...\"")
    case .query(let query, let message):
      ("the server refuses the query \"\(Failure.visible(query))\": \(oneLine(message))", "Try it with: knife search node '...'")
    case .status(let status, let message):
      ("the server answered \(status): \(oneLine(message))", "Try again later, or look at the server's log.")
    case .redirect(let place): ("the server sends us to \(Failure.visible(place))", "Write that address, if you trust it.")
    case .notChef(let status, let what):
      (
        "this does not answer as a Chef server: \(status == 0 ? "" : "status \(status), ")\(Failure.visible(what))",
        "Check the address and, in it, the port."
      )
    case .noNodes(let query):
      ("no nodes match \"\(Failure.visible(query))\"", "knife search node '\(Failure.visible(query))' shows what the server finds.")
    case .unstable(let attempts):
      ("the result changed \(attempts) times while it was read", "Nodes are being added or removed; run again when that is over.")
    case .noAddress(let nodes, let attribute):
      (
        "\(count(nodes.count, "node has", "nodes have")) no \(attribute.map(Self.dotted).joined(separator: " and no ")): \(folded(nodes.map(Failure.visible)))",
        "Name another attribute with address: \"...\", or leave such nodes out with withoutAddress: .skip"
      )
    case .addressIsNoText(let node, let path):
      (
        "\(Self.dotted(path)) of the node \"\(Failure.visible(node))\" is no text, so it cannot be the address",
        "Name another attribute with address: \"...\""
      )
    case .role(let role, let node):
      (
        "\"\(Failure.visible(role))\", a role of the node \"\(Failure.visible(node))\", cannot be the name of a role here",
        "Names have letters, digits, \".\", \"_\" and \"-\", and are not \"all\" or \"ungrouped\"."
      )
    case .roleAndEnvironment(let name):
      (
        "\"\(Failure.visible(name))\" is a Chef role and a Chef environment with different nodes",
        "Add environmentRoles: false to have Chef's roles only."
      )
    }
  }

  private static func agreement(_ seconds: Int?) -> String {
    guard let seconds else { return "the server does not tell its time." }
    return abs(seconds) < 60 ? "the clocks agree." : "the clocks differ by \(abs(seconds)) s."
  }

  private static func dotted(_ path: [String]) -> String { Failure.visible(path.joined(separator: ".")) }
}

extension ChefError.ServerProblem {
  fileprivate var words: (message: String, help: String?) {
    switch self {
    case .malformed: ("this is not the address of a server", "It looks like https://chef.example.com or https://chef.example.com:8443.")
    case .scheme(let scheme):
      ("a Chef server is reached by https, not by \"\(Failure.visible(scheme))\"", "Write https:// in front of its name.")
    case .unencrypted(let host):
      (
        "http to \(Failure.visible(host)) would let anybody on the way choose the hosts that are deployed to",
        "Use https; http is for this machine's own addresses only, for example for the end of an ssh tunnel."
      )
    case .otherOrganization(let inServer, let given):
      ("the server's address names the organization \"\(inServer)\", and organization: \"\(given)\"", "Name it once.")
    }
  }
}

extension ChefError.ProgramProblem {
  fileprivate func words(_ program: String) -> (message: String, help: String?) {
    switch self {
    case .missing: ("asking a Chef server needs \(program), which is not in PATH", "Install \(program).")
    case .notStarted(let error): ("cannot start \(program): \(error.reason)", "Does \(program) work in a shell?")
    case .failed(let output): ("\(program) failed: \(firstLine(of: output))", nil)
    }
  }
}

extension ChefError.KeyProblem {
  fileprivate func words(_ origin: String) -> (message: String, help: String?) {
    let origin = Failure.visible(origin)
    return switch self {
    case .unreadable(let error):
      ("cannot read the key \(origin): \(error.reason)", "Check key: .file(\"PATH\"); paths are relative to the folder of the Deployfile.")
    case .encrypted:
      (
        "the key in \(origin) is encrypted, and nobody is asked for its passphrase",
        "Write an unencrypted copy: openssl rsa -in KEY -out NEW"
      )
    case .isPublic: ("\(origin) holds a public key or a certificate", "Requests are signed with the private key.")
    case .openSSH: ("the key in \(origin) is in OpenSSH's own format", "Convert a copy: ssh-keygen -p -m PEM -f COPY")
    case .notPEM: ("\(origin) holds no private key", "It begins with -----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----.")
    case .notRSA(let output):
      ("the key in \(origin) is no RSA key that openssl can use" + (output.isEmpty ? "" : ": \(firstLine(of: output))"), nil)
    case .tooShort: ("the key in \(origin) is too short to sign a request by version 1.0", "Use a key of 2048 bits, or signing: .v1_3.")
    }
  }
}

extension ChefError.ConnectionProblem {
  fileprivate func words(_ reason: String) -> (message: String, help: String?) {
    switch self {
    case .name: ("the server's name is not known: \(reason)", "Check the address, and the network or VPN.")
    case .connect: ("the server cannot be reached: \(reason)", "Check the address and its port, and the network or VPN.")
    case .timeout: ("the server did not answer in time: \(reason)", "Check the address, and the network or VPN.")
    case .untrusted:
      (
        "the server's certificate is not trusted: \(reason)",
        "Save the server's or its authority's certificate and add caFile: \"PATH\", or set SSL_CERT_FILE or CURL_CA_BUNDLE."
      )
    case .tls: ("no secure connection to the server: \(reason)", "Check that the port is one for https.")
    case .other: ("the request failed: \(reason)", nil)
    }
  }
}

private func firstLine(of output: String) -> String {
  Failure.visible(output.split(whereSeparator: \.isNewline).first.map(String.init) ?? "it says nothing")
}

/// The server's own words on one line.
private func oneLine(_ message: String) -> String {
  Failure.visible(message.split(whereSeparator: \.isWhitespace).joined(separator: " "))
}
