import Tasks
import Testing

@testable import Runner

/// A host, and the words between our options and the host.
struct ArgumentsRow: CustomTestStringConvertible, Sendable {
  let host: Host
  let log: String?
  let words: [String]

  init(_ host: Host, log: String? = "l", _ words: [String]) {
    self.host = host
    self.log = log
    self.words = words
  }

  var testDescription: String { words.joined(separator: " ") }
}

@Suite struct SSHTransportTests {
  static let transport = SSHTransport(
    connectTimeout: .milliseconds(9500),
    environment: [
      "A=1", "LC_ALL=de", "LANG=de", "SSH_ASKPASS=x", "DISPLAY=:0", "LANGUAGE=de", "SSH_AUTH_SOCK=/s", "SSH_ASKPASS_REQUIRE=force",
      "WAYLAND_DISPLAY=w",
    ])

  static let guards =
    ["ssh", "-T"]
    + options([
      "BatchMode=yes", "IgnoreUnknown=SessionType,StdinNull,ForkAfterAuthentication", "RemoteCommand=none", "SessionType=default",
      "StdinNull=no", "ForkAfterAuthentication=no", "ClearAllForwardings=yes", "ExitOnForwardFailure=no", "PermitLocalCommand=no",
      "ForwardX11=no", "Tunnel=no", "VisualHostKey=no", "UpdateHostKeys=no", "ConnectionAttempts=1", "ControlMaster=no",
      "ControlPath=none",
    ])
  static let strict = options(["ForwardAgent=no", "StrictHostKeyChecking=yes", "LogLevel=DEBUG1"]) + ["-E", "l"]
  static let timing = options(["ConnectTimeout=10", "ServerAliveInterval=15", "ServerAliveCountMax=3"])

  static func options(_ settings: [String]) -> [String] { settings.flatMap { ["-o", $0] } }

  static let rows = [
    ArgumentsRow(Host("web1"), strict + timing),
    ArgumentsRow(Host("web1", port: 2222), strict + ["-p", "2222"] + timing),
    ArgumentsRow(Host("web1", user: "deploy"), strict + ["-l", "deploy"] + timing),
    ArgumentsRow(Host("web1", variables: ["ansible_ssh_private_key_file": "/k y"]), strict + ["-i", "/k y"] + timing),
    ArgumentsRow(Host("web1", variables: ["ansible_ssh_private_key_file": ""]), strict + timing),
    ArgumentsRow(
      Host("web1", variables: ["ansible_ssh_common_args": "-o ProxyCommand='ssh -W %h:%p gate' -C", "ansible_ssh_extra_args": "-4"]),
      strict + ["-o", "ProxyCommand=ssh -W %h:%p gate", "-C", "-4"] + timing),
    ArgumentsRow(
      Host(
        "web1", address: "10.0.0.1", port: 1, user: "u", variables: ["ansible_ssh_private_key_file": "k", "ansible_ssh_common_args": "-C"]),
      strict + ["-p", "1", "-l", "u", "-i", "k", "-C"] + timing),
    // What an inventory may decide: how long, whose agent, and whether new keys are taken down.
    ArgumentsRow(
      Host("web1", variables: ["ansible_ssh_common_args": "-oConnectTimeout=3 -o serveraliveinterval=1 -o 'ServerAliveCountMax 2'"]),
      strict + options(["ConnectTimeout=3", "ServerAliveInterval=1", "ServerAliveCountMax=2"])),
    ArgumentsRow(
      Host("web1", variables: ["ansible_ssh_common_args": "-A", "ansible_ssh_extra_args": "-o StrictHostKeyChecking=accept-new"]),
      options(["ForwardAgent=yes", "StrictHostKeyChecking=accept-new", "LogLevel=DEBUG1"]) + ["-E", "l"] + timing),
    ArgumentsRow(Host("web1", variables: ["ansible_ssh_common_args": "-o StrictHostKeyChecking=yes"]), strict + timing),
    ArgumentsRow(
      Host("web1"), log: nil, options(["ForwardAgent=no", "StrictHostKeyChecking=yes", "LogLevel=INFO"]) + timing),
  ]

  @Test(arguments: rows) func namesTheHost(row: ArgumentsRow) throws {
    #expect(Self.transport.arguments(for: try SSHDestination(row.host), log: row.log) == Self.guards + row.words)
  }

  @Test func newHostKeysAreAcceptedOnRequest() throws {
    let transport = SSHTransport(connectTimeout: .seconds(10), environment: [], hostKeys: .acceptNew)
    let words = Self.options(["ForwardAgent=no", "StrictHostKeyChecking=accept-new", "LogLevel=DEBUG1"]) + ["-E", "l"] + Self.timing
    #expect(transport.arguments(for: try SSHDestination(Host("web1")), log: "l") == Self.guards + words)
  }

  @Test func startsAShell() throws {
    let child = try Self.transport.start(on: Host("web1", address: "10.0.0.1"), ready: "READY", log: "l")
    let command = "exec /bin/sh -c 'echo READY; IFS= read -r s && eval \"$s\"'"
    #expect(child.argv == Self.guards + Self.strict + Self.timing + ["--", "10.0.0.1", command])
    #expect(child.environment == ["A=1", "SSH_AUTH_SOCK=/s"])
  }

  @Test func aHostThatNoInventoryWouldLetThroughIsNotHandedOver() {
    for host in [
      Host("a", address: "-oProxyCommand=x"), Host("a", user: "-l"), Host("a", port: 0),
      Host("a", variables: ["ansible_ssh_private_key_file": "-x"]), Host("a", variables: ["ansible_ssh_extra_args": "-f"]),
    ] {
      #expect(throws: InventoryError.HostProblem.self) { try Self.transport.start(on: host, ready: "READY", log: "l") }
    }
  }

  @Test func theTimesOfAnInventoryStandInTheReasons() throws {
    let host = Host("a", variables: ["ansible_ssh_extra_args": "-o ConnectTimeout=1 -o ServerAliveInterval=1 -o ServerAliveCountMax=2"])
    func words(_ log: String, wasReady: Bool) -> String {
      Self.transport.problem(on: host, exit: .exited(255), log: log, noise: "", wasReady: wasReady).words
    }
    #expect(words(RecordedLog.frozen, wasReady: true) == "no answer for 2 s")
    #expect(words(RecordedLog.timedOut, wasReady: false) == "no connection within 1 s (127.0.0.1:56107)")
  }

  @Test func theLoginShellSeesNothingThatShellsReadDifferently() {
    let bootstrap = RemoteShell.bootstrap(ready: "READY")
    #expect(!bootstrap.contains { "'\\!\n".contains($0) })
  }
}
