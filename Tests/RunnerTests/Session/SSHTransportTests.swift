import Tasks
import Testing

@testable import Runner

/// A host, and the words between our options and the host.
struct ArgumentsRow: CustomTestStringConvertible, Sendable {
  let host: Host
  let log: String?
  let words: [String]

  init(_ host: Host, log: String? = nil, _ words: [String]) {
    self.host = host
    self.log = log
    self.words = words
  }

  var testDescription: String { words.joined(separator: " ") }
}

@Suite struct SSHTransportTests {
  static let transport = SSHTransport(
    connectTimeout: .milliseconds(9500),
    environment: ["A=1", "LC_ALL=de", "LANG=de", "SSH_ASKPASS=x", "DISPLAY=:0", "LANGUAGE=de", "SSH_AUTH_SOCK=/s"])

  static let guards = [
    "ssh", "-T", "-o", "BatchMode=yes", "-o", "IgnoreUnknown=SessionType,StdinNull,ForkAfterAuthentication", "-o", "RemoteCommand=none",
    "-o", "SessionType=default", "-o", "StdinNull=no", "-o",
    "ForkAfterAuthentication=no", "-o", "ClearAllForwardings=yes", "-o", "ExitOnForwardFailure=no", "-o", "PermitLocalCommand=no", "-o",
    "ForwardAgent=no", "-o", "ForwardX11=no", "-o", "Tunnel=no",
    "-o", "VisualHostKey=no", "-o", "UpdateHostKeys=no", "-o", "ControlMaster=no", "-o", "ControlPath=none", "-o", "LogLevel=INFO", "-o",
    "ConnectTimeout=10", "-o", "ConnectionAttempts=1", "-o",
    "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3",
  ]

  static let rows = [
    ArgumentsRow(Host("web1"), []),
    ArgumentsRow(Host("web1"), log: "/tmp/log", ["-E", "/tmp/log"]),
    ArgumentsRow(Host("web1", port: 2222), ["-p", "2222"]),
    ArgumentsRow(Host("web1", user: "deploy"), ["-l", "deploy"]),
    ArgumentsRow(Host("web1", variables: ["ansible_ssh_private_key_file": "/k y"]), ["-i", "/k y"]),
    ArgumentsRow(Host("web1", variables: ["ansible_ssh_private_key_file": ""]), []),
    ArgumentsRow(
      Host("web1", variables: ["ansible_ssh_common_args": "-o ProxyCommand='ssh -W %h:%p gate' -C", "ansible_ssh_extra_args": "-4"]),
      ["-o", "ProxyCommand=ssh -W %h:%p gate", "-C", "-4"]),
    ArgumentsRow(
      Host(
        "web1", address: "10.0.0.1", port: 1, user: "u", variables: ["ansible_ssh_private_key_file": "k", "ansible_ssh_common_args": "-C"]),
      log: "l",
      ["-E", "l", "-p", "1", "-l", "u", "-i", "k", "-C"]),
  ]

  @Test(arguments: rows) func namesTheHost(row: ArgumentsRow) {
    #expect(Self.transport.arguments(for: row.host, log: row.log) == Self.guards + row.words)
  }

  @Test func startsAShell() {
    let child = Self.transport.start(on: Host("web1", address: "10.0.0.1"), ready: "READY", log: "/l")
    #expect(child.argv == Self.guards + ["-E", "/l", "--", "10.0.0.1", "exec /bin/sh -c 'echo READY; IFS= read -r s && eval \"$s\"'"])
    #expect(child.environment == ["A=1", "SSH_AUTH_SOCK=/s"])
  }

  @Test func theLoginShellSeesNothingThatShellsReadDifferently() {
    let bootstrap = RemoteShell.bootstrap(ready: "READY")
    #expect(!bootstrap.contains { "'\\!\n".contains($0) })
  }

  static let reasons: [(exit: ChildExit, log: String, noise: String, reason: String)] = [
    (
      .exited(255), "Warning: Permanently added 'a' to the list.\r\nssh: connect to host a port 22: Connection refused\r\n", "",
      "ssh: connect to host a port 22: Connection refused"
    ),
    (.exited(255), "", "", "ssh ended without a message (status 255)"),
    (.exited(255), "Warning: Permanently added 'a'\n", "banner\nbye \n", "ssh ended without a message (status 255): bye"),
    (
      .exited(1), "", "This account is not available.\n",
      "the login shell ended before the first command (status 1): This account is not available."
    ),
    (.exited(127), "Authenticated to a\n", "", "the login shell ended before the first command (status 127)"),
    (.signalled(9), "", "", "ssh was ended by signal 9"),
  ]

  @Test(arguments: reasons) func explains(exit: ChildExit, log: String, noise: String, reason: String) {
    #expect(Self.transport.reason(exit: exit, log: log, noise: noise) == reason)
  }

  static let words: [(text: String, words: [String])] = [
    ("", []), ("  ", []), ("a", ["a"]), ("a b\tc\nd", ["a", "b", "c", "d"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a'b'\"c\"", ["abc"]),
    ("''", [""]),
    ("a \"\" b", ["a", "", "b"]), ("a\\ b", ["a b"]), ("\"a\\\"b\"", ["a\"b"]), ("\"a\\nb\"", ["a\\nb"]), ("'a\\b'", ["a\\b"]),
    ("\"\\$x \\` \\\\\"", ["$x ` \\"]),
    ("-o ProxyCommand=\"ssh -W %h:%p gate\"", ["-o", "ProxyCommand=ssh -W %h:%p gate"]), ("a\\", ["a"]), ("\"open", ["open"]),
    ("# x", ["#", "x"]),
    // A mark makes no other character of a quote, and a line's end of Windows is a character and an end.
    ("'\u{301}a'", ["\u{301}a"]), ("\"a\\\\\"\r\nb", ["a\\\r", "b"]), ("a\u{301} b", ["a\u{301}", "b"]), ("\\\u{301}", ["\u{301}"]),
  ]

  @Test(arguments: words) func shellWordsSplit(text: String, words: [String]) { #expect(shellWords(text) == words) }
}
