import Tasks
import TestSupport
import Testing

@testable import Runner

/// Words for ssh that are let through, and what becomes of them.
struct AcceptedArguments: CustomTestStringConvertible, Sendable {
  let text: String
  let words: [String]

  init(_ text: String, _ words: [String]) {
    self.text = text
    self.words = words
  }

  var testDescription: String { text }
}

@Suite struct SSHArgumentsTests {
  static let accepted = [
    AcceptedArguments("", []),
    AcceptedArguments("-4 -6 -C -k -x -T", ["-4", "-6", "-C", "-k", "-x", "-T"]),
    AcceptedArguments("-4Cx", ["-4", "-C", "-x"]),
    AcceptedArguments(
      "-F '/etc/my config' -i ~/.ssh/id -I /usr/lib/p11.so", ["-F", "/etc/my config", "-i", "~/.ssh/id", "-I", "/usr/lib/p11.so"]),
    AcceptedArguments("-Fconfig -CFconfig", ["-F", "config", "-C", "-F", "config"]),
    AcceptedArguments(
      "-c aes128-ctr -m hmac-sha2-256 -b 10.0.0.1 -B eth0", ["-c", "aes128-ctr", "-m", "hmac-sha2-256", "-b", "10.0.0.1", "-B", "eth0"]),
    AcceptedArguments("-l deploy -p 2222", ["-l", "deploy", "-p", "2222"]),
    AcceptedArguments("-J gate", ["-J", "gate"]),
    AcceptedArguments("-J me@gate:22,[2001:db8::1]:2222,2001:db8::2", ["-J", "me@gate:22,[2001:db8::1]:2222,2001:db8::2"]),
    AcceptedArguments("-o proxyjump=gate", ["-o", "ProxyJump=gate"]),
    AcceptedArguments(
      "-o 'IdentitiesOnly yes' -oPort=22 -o \"User = deploy\"", ["-o", "IdentitiesOnly=yes", "-o", "Port=22", "-o", "User=deploy"]),
    AcceptedArguments("-o ProxyCommand=\"ssh -W %h:%p gate\"", ["-o", "ProxyCommand=ssh -W %h:%p gate"]),
    AcceptedArguments("-o 'UserKnownHostsFile=~/.ssh/known /etc/known'", ["-o", "UserKnownHostsFile=~/.ssh/known /etc/known"]),
    AcceptedArguments("-o GlobalKnownHostsFile=/dev/null", ["-o", "GlobalKnownHostsFile=/dev/null"]),
    AcceptedArguments("-o UserKnownHostsFile=/srv/dev/known", ["-o", "UserKnownHostsFile=/srv/dev/known"]),
    // These are for the transport to say.
    AcceptedArguments("-A -a -o ForwardAgent=no", []),
    AcceptedArguments("-o StrictHostKeyChecking=yes -o StrictHostKeyChecking=ask -o StrictHostKeyChecking=accept-new", []),
    AcceptedArguments("-o ConnectTimeout=1 -o ServerAliveInterval=2 -o ServerAliveCountMax=3", []),
  ]

  @Test(arguments: accepted) func letsThrough(row: AcceptedArguments) throws { #expect(try SSHArguments(row.text).words == row.words) }

  @Test func saysWhatTheTransportMustKnow() throws {
    let arguments = try SSHArguments(
      "-A -o StrictHostKeyChecking=accept-new -o ConnectTimeout=7 -o ConnectTimeout=9 -J me@gate:22,inner -o ProxyJump=none")
    #expect(arguments.forwardsAgent)
    #expect(arguments.acceptsNewHostKeys)
    #expect(arguments.numbers == ["connecttimeout": 7])
    #expect(arguments.firstJump == "me@gate:22")
    #expect(try SSHArguments("-o ProxyCommand='nc %h %p'").proxyCommand == "nc %h %p")
    #expect(try SSHArguments("-o ForwardAgent=yes -a").forwardsAgent == false)
    #expect(try SSHArguments("-o ForwardAgent=yes").forwardsAgent)
  }

  static let refused: [(text: String, problem: SSHArgumentProblem)] = [
    ("web2", .bareWord("web2")), ("-C web2", .bareWord("web2")), ("--", .bareWord("--")), ("-", .bareWord("-")), ("''", .bareWord("")),
    ("-4 -- -C", .bareWord("--")), ("ssh://gate", .bareWord("ssh://gate")),
    ("'-C", .unclosed), ("-C \\", .unclosed), ("-i '/k\u{301}", .unclosed), ("-C\r\n-4", .controlCharacter),
    ("-i /k\u{1B}[2J", .controlCharacter),
    ("-i /k\u{0}", .controlCharacter),
    ("-Z", .unknownOption("-Z")), ("-\u{301}", .bareWord("-\u{301}")), ("-é", .unknownOption("-é")), ("-4Z", .unknownOption("-Z")),
    ("-o", .missingValue("-o")), ("-F", .missingValue("-F")), ("-F ''", .missingValue("-F")), ("-o Port", .missingValue("Port")),
    ("-o Port=", .missingValue("Port")), ("-o =22", .unknownSetting("=22")), ("-o Frob=1", .unknownSetting("Frob")),
    ("-p 0", .value("-p", "0", .port)), ("-p x", .value("-p", "x", .port)), ("-l -x", .value("-l", "-x", .user)),
    ("-l 'a$HOME'", .value("-l", "a$HOME", .user)), ("-i -C", .value("-i", "-C", .path)), ("-J a,b,", .value("-J", "a,b,", .jump)),
    ("-J ssh://gate", .value("-J", "ssh://gate", .jump)), ("-J gate:0", .value("-J", "gate:0", .jump)),
    ("-J -oProxyCommand=x", .value("-J", "-oProxyCommand=x", .jump)), ("-J 'a;b'", .value("-J", "a;b", .jump)),
    ("-o HostName=-x", .value("HostName", "-x", .address)), ("-o IdentitiesOnly=maybe", .value("IdentitiesOnly", "maybe", .yesNo)),
    ("-o ForwardAgent=/tmp/agent", .value("ForwardAgent", "/tmp/agent", .yesNo)),
    ("-o ConnectTimeout=0", .value("ConnectTimeout", "0", .seconds)),
    ("-o ServerAliveInterval=0", .value("ServerAliveInterval", "0", .seconds)),
    ("-o StrictHostKeyChecking=perhaps", .value("StrictHostKeyChecking", "perhaps", .strictness)),
    ("-o 'UserKnownHostsFile=${HOME}/x'", .value("UserKnownHostsFile", "${HOME}/x", .knownHosts)),
  ]

  @Test(arguments: refused) func refuses(text: String, problem: SSHArgumentProblem) {
    #expect(throws: problem) { try SSHArguments(text) }
  }

  @Test(arguments: [
    ("fnNstGVQ", SSHOption.Refusal.breaksSteps), ("e", .breaksSteps), ("MSO", .sharesConnections), ("DLRWwXYgK", .forwards),
    ("vqEy", .hidesMessages),
  ])
  func refusesLetters(letters: String, refusal: SSHOption.Refusal) {
    for letter in letters {
      #expect(throws: SSHArgumentProblem.refused("-\(letter)", refusal)) { try SSHArguments("-\(letter) x") }
      #expect(throws: SSHArgumentProblem.refused("-\(letter)", refusal)) { try SSHArguments("-4\(letter)") }
    }
  }

  static let settings: [(settings: String, refusal: SSHOption.Refusal)] = [
    ("RemoteCommand ForkAfterAuthentication SessionType StdinNull RequestTTY LocalCommand PermitLocalCommand EscapeChar", .breaksSteps),
    ("ControlMaster ControlPath ControlPersist", .sharesConnections),
    ("LocalForward RemoteForward DynamicForward ForwardX11 Tunnel ClearAllForwardings ExitOnForwardFailure", .forwards),
    ("LogLevel VisualHostKey IgnoreUnknown", .hidesMessages),
    ("BatchMode UpdateHostKeys AddKeysToAgent NumberOfPasswordPrompts", .asks),
    ("NoHostAuthenticationForLocalhost KnownHostsCommand VerifyHostKeyDNS", .weakensHostKeys),
    ("ConnectionAttempts Include", .isOurs),
  ]

  @Test(arguments: settings) func refusesSettings(settings: String, refusal: SSHOption.Refusal) {
    for name in settings.split(separator: " ").map(String.init) {
      for spelling in [name, name.lowercased(), name.uppercased()] {
        for text in ["-o \(spelling)=x", "-o\(spelling)=x", "-o '\(spelling) x'", "-4o \(spelling)=x"] {
          #expect(throws: SSHArgumentProblem.refused(spelling, refusal)) { try SSHArguments(text) }
        }
      }
    }
  }

  @Test(arguments: [
    "StrictHostKeyChecking=no", "StrictHostKeyChecking=off", "StrictHostKeyChecking=false", "StrictHostKeyChecking=NO",
    "UserKnownHostsFile=/dev/null", "UserKnownHostsFile=none", "UserKnownHostsFile=None", "UserKnownHostsFile=/dev/./null",
    "UserKnownHostsFile=//dev//null", "UserKnownHostsFile=/x/../dev/null", "UserKnownHostsFile=../../dev/null",
    "UserKnownHostsFile=~/.ssh/known /dev/null", "UserKnownHostsFile=\"/dev/null\"", "UserKnownHostsFile=/proc/self/fd/3",
    "UserKnownHostsFile=/dev/stderr", "ProxyCommand=ssh -o StrictHostKeyChecking=no -W %h:%p gate",
    "ProxyCommand=ssh -oStrictHostKeyChecking=off -W %h:%p gate", "ProxyCommand=ssh -o 'stricthostkeychecking no' -W %h:%p gate",
    "ProxyCommand=ssh -o UserKnownHostsFile=/dev/null -W %h:%p gate",
  ])
  func refusesWhatLetsOthersPretendToBeTheHost(setting: String) {
    let quoted = shellQuoted(setting)
    #expect(throws: SSHArgumentProblem.refused(setting, .weakensHostKeys)) { try SSHArguments("-o \(quoted)") }
    #expect(throws: SSHArgumentProblem.refused(setting, .weakensHostKeys)) { try SSHArguments("-C -o\(quoted) -4") }
  }

  static let words: [(text: String, words: [String]?)] = [
    ("", []), ("  ", []), ("a", ["a"]), ("a b\tc\nd", ["a", "b", "c", "d"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a'b'\"c\"", ["abc"]),
    ("''", [""]),
    ("a \"\" b", ["a", "", "b"]), ("a\\ b", ["a b"]), ("\"a\\\"b\"", ["a\"b"]), ("\"a\\nb\"", ["a\\nb"]), ("'a\\b'", ["a\\b"]),
    ("\"\\$x \\` \\\\\"", ["$x ` \\"]),
    ("-o ProxyCommand=\"ssh -W %h:%p gate\"", ["-o", "ProxyCommand=ssh -W %h:%p gate"]), ("a\\", nil), ("\"open", nil), ("'open", nil),
    // A mark makes no other character of a quote, and a line's end of Windows is a character and an end.
    ("'\u{301}a'", ["\u{301}a"]), ("\"a\\\\\"\r\nb", ["a\\\r", "b"]), ("a\u{301} b", ["a\u{301}", "b"]), ("\\\u{301}", ["\u{301}"]),
    ("\"a\\", nil), ("# x", ["#", "x"]), ("'a\u{301}' b", ["a\u{301}", "b"]), ("'\u{301}a b", nil),
  ]

  @Test(arguments: words) func shellWordsSplit(text: String, words: [String]?) { #expect(shellWords(text) == words) }

  /// Whatever an inventory holds: what gets through is options and their values, and none of them is what it must not be.
  @Test func noTextGetsWordsThroughThatAreNotKnown() {
    var random = SeededGenerator(seed: 8)
    let pieces = [
      "-", "-o", "-F", "-J", "-i", "-l", "-p", "-4", "-C", "-A", "--", " ", " ", " ", "\t", "\n", "'", "\"", "\\", "=", "gate", "a", "22",
      "/k",
      "ProxyJump=", "StrictHostKeyChecking=", "no", "accept-new", "yes", "UserKnownHostsFile", "/dev/null", "ControlMaster=",
      "RemoteCommand=",
      "Port=", "User=", "$HOME", "\u{1B}", "\r", "\u{0}", "é", "\u{301}", "\u{202E}", "%h", ",", ":", "@", "[::1]", ";", "`", "-N", "-f",
      "-M",
    ]
    var passed = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      guard let words = try? SSHArguments(text).words else { continue }
      passed += 1
      var rest = words[...]
      while let option = rest.popFirst() {
        guard option.count == 2, option.first == "-", let letter = option.last, let kind = SSHOption.letters[letter] else {
          Issue.record("\(text.debugDescription) gave the word \(option.debugDescription)")
          break
        }
        guard kind != .flag else { continue }
        let value = rest.popFirst() ?? ""
        #expect(!value.isEmpty && !value.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\t" && $0 != "\n" })
        if kind == .setting {
          let name = value.prefix { $0 != "=" }
          #expect(SSHOption.settings[name.lowercased()]?.spelling == String(name))
        } else {
          #expect(kind.accepts(value))
        }
      }
    }
    #expect(passed > 500)
  }

  @Test(arguments: [
    "-oProxyCommand=touch X", "-l", "a$HOME", "a;b", "a\nb", "a b", "ssh://a", "", "a@b@c", "u@a", "ä", "\u{202E}a", "a\u{0}", "a`id`",
    "a'", "a\"",
    "a\\", "[::1", "::1]", "[a]", "-", ".", "a.", "a%b", "a/b", "a:22",
  ])
  func neitherAnAddressNorAUser(text: String) {
    #expect(throws: InventoryError.HostProblem.address(text)) { try SSHDestination(Host("web1", address: text)) }
    guard text != ".", text != "a." else { return }
    #expect(throws: InventoryError.HostProblem.user(text)) { try SSHDestination(Host("web1", user: text)) }
  }

  /// The parts of a destination, from texts made of what ssh, shells and terminals read otherwise.
  @Test func noPartOfADestinationHoldsWhatOthersRead() {
    var random = SeededGenerator(seed: 9)
    let pieces = [
      "a", "web1", "10.0.0.1", "::1", "fe80::1%eth0", "-", "-oProxyCommand=x", "$", "$HOME", "\\", "'", "\"", "`", " ", "\t", "\n", "\r\n",
      "\u{0}",
      "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{2028}", "\u{202E}", "\u{301}", "é", "@", ":", ";", "|", "~", "/", ".", "[", "]", "%", "{{ x }}",
    ]
    func text() -> String { (0..<Int.random(in: 1...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined() }
    var passed = 0
    for _ in 0..<20_000 {
      func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
      let host = Host(
        "a", address: maybe(text()), port: maybe(Int.random(in: -2...70_000, using: &random)), user: maybe(text()),
        variables: ["ansible_ssh_private_key_file": .string(maybe(text()) ?? "")])
      guard let destination = try? SSHDestination(host) else { continue }
      passed += 1
      for part in [destination.address, destination.user ?? "u", "\(destination.port ?? 1)", destination.key ?? "k"] {
        #expect(part.utf8.first != UInt8(ascii: "-"))
        for scalar in part.unicodeScalars {
          #expect(!["$", "\\", "'", "\"", "`", "\t", "\n", "\r"].contains(scalar), "\(part.debugDescription)")
          #expect(![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory))
          // The path of a key may have blanks.
          if part != destination.key { #expect(scalar.isASCII && scalar != " ") }
        }
      }
    }
    #expect(passed > 500)
  }
}
