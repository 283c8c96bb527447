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
        TEXT
        """)
  }

  @Test func json() throws {
    let folder = try ScratchFolder()
    #expect(
      JSON.text(PlanJSON.value(of: try Self.whole(folder)), pretty: true) == """
        JSON
        """)
  }

  @Test func manyBatches() throws {
    let hosts = (1...30).map { Host("h\($0)") }
    let plan = try Fleet.plan(hosts: hosts) {
      Tasks.hosts("all") { serially(by: [.count(1), .count(1), .count(1), .count(1)]) { run("x") } }
    }
    #expect(
      PlanText.text(of: plan) == """
        MANY
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
        VARIANTS
        """)
  }

  @Test func limited() throws {
    let plan = try Fleet.plan(limit: "web1:web2", jobs: 5) {
      hosts("web") { parallel(limit: 50) { run("a") } }
      hosts("db") { run("b") }
    }
    #expect(
      PlanText.text(of: plan) == """
        LIMITED
        """)
    #expect(plan.emptied == ["db"])
  }
}
