import Foundation
import TestSupport
import Testing

/// `run --shell HOST`: a login on one host.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct LoginTests {
  static let deployfile = #"""
    let token = Secret.environment("LOGIN_TOKEN")
    let uses = task("uses", "Uses a secret") { hosts("web") { run("true \(token)") } }
    """#

  private static let inventory = """
    [web]
    web1 ansible_host=10.0.0.1 ansible_port=2222 ansible_user=deploy ansible_ssh_private_key_file=/keys/web
    web2 ansible_ssh_common_args='-o ProxyJump=gate -A -o ConnectTimeout=3'
    [here]
    near ansible_connection=local
    """

  private func bench(_ behaviour: String = "exec /bin/sh -c \"$command\"") throws -> Bench {
    let bench = try Bench(Self.deployfile, ssh: behaviour, inventory: Self.inventory)
    // Compiled now: that it takes a while is told on a terminal.
    #expect(try bench.run("--list").status == 0)
    return bench
  }

  private static func options(_ settings: [String]) -> String { settings.map { " [-o] [\($0)]" }.joined() }

  private static let guards = options([
    "IgnoreUnknown=SessionType,StdinNull,ForkAfterAuthentication", "RemoteCommand=none", "SessionType=default", "StdinNull=no",
    "ForkAfterAuthentication=no", "ClearAllForwardings=yes", "ExitOnForwardFailure=no", "PermitLocalCommand=no", "ForwardX11=no",
    "Tunnel=no", "VisualHostKey=no", "UpdateHostKeys=no", "ConnectionAttempts=1", "ControlMaster=no", "ControlPath=none",
  ])

  @Test func sshGetsTheHostsOwnConnectionAndTheTerminal() throws {
    let bench = try bench(
      #"""
      printf 'token %s, language %s\n' "${LOGIN_TOKEN-none}" "$LC_TIME"
      grep -E '^Sig(Blk|Ign):' /proc/self/status >"$D/signals"
      stty size >/dev/null && printf 'your word? ' && read -r word && echo "got $word"
      exit 7
      """#)
    let started = try bench.terminal(
      ["--shell", "web1"], answers: [("your word? ", "hello\n")], environment: ["LOGIN_TOKEN": "t0ken", "LC_TIME": "de_DE.UTF-8"])
    let ended = started.end()
    #expect(ended.status == 7, "\(ended)")
    #expect(ended.output.replacing("\r\n", with: "\n") == "token none, language de_DE.UTF-8\nyour word? hello\ngot hello\n")
    #expect(
      bench.ssh?.calls == [
        "CALL [-t]\(Self.guards)"
          + Self.options(["ForwardAgent=no", "StrictHostKeyChecking=yes", "LogLevel=INFO"])
          + " [-p] [2222] [-l] [deploy] [-i] [/keys/web]"
          + Self.options(["ConnectTimeout=10", "ServerAliveInterval=15", "ServerAliveCountMax=3"]) + " [--] [10.0.0.1]"
      ])
    for line in bench.marks.read("signals").split(separator: "\n") {
      let set = try #require(UInt64(line.split(separator: "\t").last ?? "", radix: 16))
      // Those from 32 on are the C library's own.
      #expect(set & 0x7fff_ffff == 0, "\(line)")
    }
    #expect(bench.marks.lines("signals") == 2)
  }

  @Test func whatTheInventoryAndThePersonSayOfSSH() throws {
    let bench = try bench("exit 0")
    #expect(try bench.terminal(["--shell", "web:!web1", "-v", "--accept-new-host-keys"]).end().status == 0)
    #expect(
      bench.ssh?.calls == [
        "CALL [-t]\(Self.guards)"
          + Self.options(["ForwardAgent=yes", "StrictHostKeyChecking=accept-new", "LogLevel=DEBUG1", "ProxyJump=gate"])
          + Self.options(["ConnectTimeout=3", "ServerAliveInterval=15", "ServerAliveCountMax=3"]) + " [--] [web2]"
      ])
  }

  @Test func aLocalHostIsTheOwnShellInTheDeployfilesFolder() throws {
    let bench = try bench()
    let ended = try bench.terminal(
      ["--shell", "near"], answers: [("", "echo \"at $(pwd -P) by $0\"; exit 5\n")],
      environment: ["SHELL": "/bin/sh", "PS1": "$ ", "ENV": ""]
    ).end()
    #expect(ended.status == 5, "\(ended)")
    let folder = URL(fileURLWithPath: bench.project.folder.path).resolvingSymlinksInPath().path
    #expect(ended.output.contains("at \(folder) by -sh\r\n"), "\(ended.output.debugDescription)")
    #expect(bench.ssh?.calls == [])
  }

  static let errors = [
    ("wbe1", "\"wbe1\" matches no role and no host of the inventory\n  Did you mean \"web1\"?"),
    ("web", "the pattern \"web\" selects 2 hosts: web[1-2]\n  Name one of them."),
    ("web1:&here", "the pattern \"web1:&here\" selects no host\n  Name one host; run --hosts shows them."),
    ("", "the pattern \"\" names no host\n  Write \"all\" for every host."),
  ]

  @Test(arguments: errors) func whatIsNotOneHost(pattern: String, text: String) throws {
    let bench = try bench()
    let ended = try bench.terminal(["--shell=\(pattern)"]).end()
    #expect(ended.status == 2)
    #expect(ended.output.replacing("\r\n", with: "\n").hasPrefix("error: \(text)"), "\(ended)")
    #expect(bench.ssh?.calls == [])
  }

  @Test func withoutATerminal() throws {
    let bench = try bench()
    #expect(
      try bench.run("--shell", "web1")
        == Ended(status: 2, output: "", errors: "error: --shell needs a terminal\n  For a command: run --on HOST -- COMMAND\n"))
    #expect(bench.ssh?.calls == [])
  }

  @Test func whatCannotBeStarted() throws {
    let bench = try bench()
    let none = try bench.terminal(["--shell", "near"], environment: ["SHELL": "/no/such/shell"]).end()
    #expect(none.status == 2)
    #expect(none.output.replacing("\r\n", with: "\n") == "error: /no/such/shell: cannot be started: No such file or directory\n")
  }
}
