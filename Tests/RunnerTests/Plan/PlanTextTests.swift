import Foundation
import Tasks
import Testing

@testable import Runner

/// Every construct of a Deployfile, as people and as programs read its plan.
@Suite struct PlanTextTests {
  private static let token = Secret.environment("TOKEN")
  private static let previous = Captured("previous")

  static func whole(_ folder: ScratchFolder) throws -> Plan {
    try folder.write("x", to: "shop.whl")
    try folder.write("port {{ port }} of {{ host.name }}: {{ workers }}", to: "shop.conf")
    try folder.write("x", to: "public/index.html")
    let version = Parameter<String>("version"), tags = Parameter<[String]>("tag", default: ["a", "b"])
    let deploy = task("deploy", "Deploy", version, tags) { version, _ in
      confirm("Deploy \(version)?")
      local("make \(version)", named: "build")
      attempt {
        locked("shop") {
          hosts("web") {
            run("echo hello")
            run("drain \(host: .name)").once().named("drain")
            parallel(limit: 2) {
              upload("shop.whl", to: "/tmp/shop.whl", mode: 0o600)
              render("shop.conf", to: "/etc/shop.conf", values: ["workers": "4"])
              sync("public", to: "/srv/public", deleting: true)
              download("/var/log/shop.log", to: "logs/\(host: .name).log")
            }
            serially(by: [.count(1), .rest], pause: .milliseconds(1500), tolerating: .percent(50)) {
              capture("readlink current", as: previous)
              within("/srv") {
                sudo(as: "shop") {
                  with(["PORT": "\(host: .variable("port"))", "A": "x y"]) {
                    run("bin/warm --was \(previous) --token \(token)").timeout(.seconds(90)).retry(3, every: .milliseconds(250))
                  }
                }
              }
              when("test -f \(host: .name)") {
                restart("shop")
                reload(.signal(.hup, pidfile: "/run/shop.pid"))
              } else: {
                start(.unit("shop")).ignoringFailure()
                stop(.command("bin/stop"))
              }
              waitFor(.http("http://localhost:\(host: .variable("port"))/", contains: "\(version)"), within: .seconds(30))
              waitFor(.tcp("\(host: .address):80"), within: .seconds(120))
              waitFor(.command("true"), within: .seconds(1))
              perform("report") { _ in }
              run("first line\nsecond line").named("script")
            }
          }
        }
      } onFailure: {
        invoke("rollback", ["to": "1.0"])
      }
      always {
        hosts("db1") { serially { run("vacuum") } }
      } finally: {
        notify(.slack(token), "\(version) is live")
      }
    }
    let rollback = task("rollback", "Back", Parameter<String>("to")) { to in local("echo \(to)") }
    return try Fleet.plan(deploy, root: folder.path, others: [rollback], words: ["version": ["1.0 beta"]])
  }

  @Test func text() throws {
    let folder = try ScratchFolder()
    #expect(
      PlanText.text(of: try Self.whole(folder)) == """
        plan of deploy:test --version='1.0 beta' --tag='a b'
          5 hosts, at most 32 at once; 10 s to connect, one attempt; up to 5 more, after about 1 s, 2 s, 4 s, 8 s, 16 s, if the server drops the connection
          ask: Deploy 1.0 beta?
          [1] on this machine: build: make '1.0 beta'
          attempt:
            holding the lock "shop":
              hosts web: web[1-4]
                in parallel, at most 32 at once
                  [2] echo hello
                  [3] drain: drain web1  (once, on web1)
                in parallel, at most 2 at once
                  [4] upload shop.whl to /tmp/shop.whl
                  [5] render shop.conf to /etc/shop.conf
                  [6] sync public to /srv/public, deleting what is not there
                  [7] download (by host)
                        web1: /var/log/shop.log to logs/web1.log
                        web2: /var/log/shop.log to logs/web2.log
                        web3: /var/log/shop.log to logs/web3.log
                        web4: /var/log/shop.log to logs/web4.log
                one batch after the other, 1.5 s between batches; 2 failed hosts tolerated, one more stops it
                  batch 1: web1
                  batch 2: web[2-4]
                  [8] capture readlink current as previous
                  [9] bin/warm --was "$previous" --token [secret]  (in /srv, with A='x y', with PORT=<port>, as shop, at most 1 min 30 s, 3 attempts, 0.25 s apart)
                  [10] when (by host)
                        web1: test -f web1
                        web2: test -f web2
                        web3: test -f web3
                        web4: test -f web4
                    [11] systemctl restart -- shop, then active for 3 s without a restart, within 30 s
                    [12] reload: signal HUP to the process in /run/shop.pid
                  else
                    [13] systemctl start -- shop, then active for 3 s without a restart, within 30 s  (failure ignored)
                    [14] bin/stop
                  [15] wait until (by host)
                        web1: http://localhost:8001/ contains 1.0 beta, within 30 s, asking every 1 s
                        web2: http://localhost:8002/ contains 1.0 beta, within 30 s, asking every 1 s
                        web3: http://localhost:8003/ contains 1.0 beta, within 30 s, asking every 1 s
                        web4: http://localhost:8004/ contains 1.0 beta, within 30 s, asking every 1 s
                  [16] wait until (by host)
                        web1: web1:80 accepts connections, within 2 min, asking every 1 s
                        web2: web2:80 accepts connections, within 2 min, asking every 1 s
                        web3: 10.0.0.3:80 accepts connections, within 2 min, asking every 1 s
                        web4: web4:80 accepts connections, within 2 min, asking every 1 s
                  [17] wait until true, within 1 s, asking every 1 s
                  [18] report: Swift code
                  [19] script: first line
                        second line
          if that fails:
            task rollback:
              [20] on this machine: echo 1.0
          do:
            hosts db1: db1
              one batch after the other; a failed host stops it
                batch 1: db1
                [21] vacuum
          finally, whatever happens:
            notify slack: 1.0 beta is live

        """)
  }

  @Test func json() throws {
    let folder = try ScratchFolder()
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let expected = try String(contentsOf: tests.appending(path: "Contract/expected/every-construct.json"), encoding: .utf8)
    #expect(JSON.text(PlanJSON.value(of: try Self.whole(folder)), pretty: true) + "\n" == expected)
  }

  @Test func manyBatches() throws {
    let hosts = (1...30).map { Host("h\($0)") }
    let plan = try Fleet.plan(hosts: hosts) {
      Tasks.hosts("all") { serially(by: [.count(1), .count(1), .count(1), .count(1)]) { run("x") } }
    }
    #expect(
      PlanText.text(of: plan) == """
        plan of t:test
          30 hosts, at most 32 at once; 10 s to connect, one attempt; up to 5 more, after about 1 s, 2 s, 4 s, 8 s, 16 s, if the server drops the connection
          hosts all: h[1-30]
            one batch after the other; a failed host stops it
              batch 1: h1
              batch 2: h2
              batch 3: h3
              batch 4: h4
              batch 5: h5
              batch 6: h6
              batch 7: h7
              batch 8: h8
              batch 9: h9
              batch 10: h10
              batches 11 to 30: 20 of 1 host: h[11-30]
              [1] x

        """)
  }

  @Test func nothingToDo() throws {
    #expect(PlanText.text(of: try Fleet.plan {}) == "plan of t:test\n")
    #expect(PlanText.text(of: try Fleet.plan { locked("x") {} }) == "plan of t:test\n  holding the lock \"x\":\n    nothing\n")
  }

  @Test func variants() throws {
    let plan = try Fleet.plan { hosts("web") { run("listen \(host: .variable("port"))") } }
    #expect(
      PlanText.text(of: plan) == """
        plan of t:test
          4 hosts, at most 32 at once; 10 s to connect, one attempt; up to 5 more, after about 1 s, 2 s, 4 s, 8 s, 16 s, if the server drops the connection
          hosts web: web[1-4]
            in parallel, at most 32 at once
              [1] (by host)
                    web1: listen 8001
                    web2: listen 8002
                    web3: listen 8003
                    web4: listen 8004

        """)
  }

  /// As many as people read; and what going back does not undo.
  @Test func manyVariantsAndIrreversibleSteps() throws {
    let plan = try Fleet.plan {
      hosts("web") {
        run("bin/migrate \(host: .name)").named("migrate").irreversible()
      }
    }
    #expect(
      PlanText.text(of: plan).split(separator: "\n").dropFirst(4).joined(separator: "\n") == """
              [1] migrate: (by host)  (cannot be undone)
                    web1: bin/migrate web1
                    web2: bin/migrate web2
                    web3: bin/migrate web3
                    web4: bin/migrate web4
        """)
    #expect(JSON.text(PlanJSON.value(of: plan), pretty: false).contains("\"irreversible\":true"))
  }

  /// Plans are compared by their text: what it does not show counts, too.
  @Test func whatIsNotShownIsToldApart() throws {
    func text(port: String) throws -> String {
      let fleet = (1...12).map { Host("web\($0)", variables: ["port": .string($0 == 12 ? port : "80")]) }
      return PlanText.text(of: try Fleet.plan(hosts: fleet) { hosts("all") { run("listen \(host: .name):\(host: .variable("port"))") } })
    }
    let text80 = try text(port: "80")
    #expect(text80.contains("web4: listen web4:80\n"))
    #expect(!text80.contains("web5:"))
    #expect(text80.contains(#/and 8 more \(digest [0-9a-f]{8}\); --plan --json has them all/#))
    #expect(try text(port: "81") != text80)
    #expect(try text(port: "80") == text80)
  }

  /// Headings stand out, and what going back does not undo.
  @Test func colours() throws {
    let plan = try Fleet.plan { hosts("web") { run("drop").irreversible() } }
    let lines = PlanText.text(of: plan, Palette(isOn: true)).split(separator: "\n")
    #expect(lines.first == "\u{1B}[1mplan of t:test\u{1B}[0m")
    #expect(lines.contains("  \u{1B}[1mhosts web: web[1-4]\u{1B}[0m"))
    #expect(lines.last == "      \u{1B}[33m[1] drop  (cannot be undone)\u{1B}[0m")
  }

  @Test func limited() throws {
    let plan = try Fleet.plan(limit: "web1:web2", jobs: 5) {
      hosts("web") { parallel(limit: 50) { run("a") } }
      hosts("db") { run("b") }
    }
    #expect(
      PlanText.text(of: plan) == """
        plan of t:test
          2 hosts, at most 5 at once; 10 s to connect, one attempt; up to 5 more, after about 1 s, 2 s, 4 s, 8 s, 16 s, if the server drops the connection
          hosts web: web[1-2]
            in parallel, at most 5 at once
              [1] a
          hosts db: none of them is within --limit, skipped

        """)
    #expect(plan.emptied == ["db"])
  }
}
