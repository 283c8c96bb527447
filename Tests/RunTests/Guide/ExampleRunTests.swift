import Foundation
import TestSupport
import Testing

/// Every example does on this machine what its page says, and nothing else when something fails.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ExampleRunTests {
  @Test func canary() throws {
    let example = try Example("canary")
    let hosts = ["app1", "app2", "app3", "app4", "app5"]
    func live() -> [String] { hosts.flatMap { example.live($0) } }
    let first = try example.run("--yes", "deploy:local", "--release", "1", "--watch", "1")
    #expect(first.status == 0, "\(first)")
    #expect(live() == ["1", "1", "1", "1", "1"])

    // Nobody is there to say yes: the canary stays as it is, and so do the others.
    let second = try example.run("deploy:local", "--release", "2", "--watch", "1")
    #expect(second.status == 1, "\(second)")
    #expect(live() == ["2", "1", "1", "1", "1"])

    // What was never good is gone back from, and not to.
    try example.folder.write("hosts/app1/sick", "")
    let third = try example.run("--yes", "deploy:local", "--release", "3", "--watch", "1")
    #expect(third.status == 1, "\(third)")
    #expect(live() == ["1", "1", "1", "1", "1"])
    #expect(example.read("app1/restarts.log").split(separator: "\n").map { $0.split(separator: "-").last } == ["1", "2", "3", "1"])
    #expect(example.read("app2/restarts.log").split(separator: "\n").map { $0.split(separator: "-").last } == ["1"])
  }

  @Test func laterHostsTakeTheCanaryBackToo() throws {
    let example = try Example("canary")
    #expect(try example.run("--yes", "deploy:local", "--release", "1", "--watch", "1").status == 0)
    try example.folder.write("hosts/app3/sick", "")
    let ended = try example.run("--yes", "deploy:local", "--release", "2", "--watch", "1")
    #expect(ended.status == 1, "\(ended)")
    #expect(example.live("app1", "app2", "app3", "app4", "app5") == ["1", "1", "1", "1", "1"])
    #expect(example.read("app4/restarts.log").split(separator: "\n").count == 1)
  }

  @Test func maintenance() throws {
    let example = try Example("maintenance")
    let first = try example.run("upgrade:local", "--until", "14:30 UTC")
    #expect(first.status == 0, "\(first)")
    #expect(example.read("web1/data") == "converted\n")
    #expect(example.read("web2/data") == "")
    #expect(example.read("web2/restarts.log") == "restarted\n")

    try example.folder.write("hosts/web1/broken", "")
    let second = try example.run("upgrade:local")
    #expect(second.status == 1, "\(second)")
    #expect(["web1", "web2"].map { example.folder.exists("hosts/\($0)/shared/maintenance.html") } == [false, false])
    #expect(example.read("web2/restarts.log") == "restarted\n")

    #expect(try example.run("maintenance:on:local", "--until", "14:30 UTC").status == 0)
    #expect(example.read("web2/shared/maintenance.html").contains("web2 is back 14:30 UTC"))
    #expect(try example.run("maintenance:off:local").status == 0)
    #expect(!example.folder.exists("hosts/web2/shared/maintenance.html"))
  }

  @Test func migration() throws {
    let example = try Example("migration")
    let first = try example.run("deploy:local", "--release", "1")
    #expect(first.status == 0, "\(first)")
    let migrated = example.read("database")
    #expect(
      migrated.split(separator: "\n").filter { $0.hasPrefix("applied") } == [
        "applied migrations/001-customers.sql", "applied migrations/002-mail.sql",
      ])

    // One that fails: nothing has switched, and what was there before is as it was.
    try example.folder.write("app/migrations/003-orders.sql", "syntax error\n")
    let second = try example.run("deploy:local", "--release", "2")
    #expect(second.status == 1, "\(second)")
    #expect(example.live("app1", "app2") == ["1", "1"])
    #expect(example.read("database") == migrated)

    let third = try example.run("deploy:local", "--release", "3", "--no-migrate")
    #expect(third.status == 0, "\(third)")
    #expect(example.live("app1", "app2") == ["3", "3"])
    let pending = try example.run("pending:local")
    #expect(pending.output.contains("app1 | migrations/003-orders.sql\n"), "\(pending)")
    #expect(try example.run("rollback:local").status == 0)
    #expect(example.live("app1", "app2") == ["1", "1"])
    #expect(example.read("app2/restarts.log").split(separator: "\n").map { $0.split(separator: "-").last } == ["1", "3", "1"])
  }

  @Test func monorepo() throws {
    let example = try Example("monorepo")
    let first = try example.run("deploy:local", "--release", "1")
    #expect(first.status == 0, "\(first)")
    #expect(example.live("one/api", "two/worker", "one/web", "two/web") == ["1", "1", "1", "1"])
    #expect(example.live("two/api", "one/worker") == ["nothing", "nothing"])
    let second = try example.run("deploy:local", "--release", "2", "--part", "web")
    #expect(second.status == 0, "\(second)")
    #expect(example.live("one/api", "two/worker", "one/web", "two/web") == ["1", "1", "2", "2"])
    let back = try example.run("web:rollback:local")
    #expect(back.status == 0, "\(back)")
    #expect(example.live("one/api", "one/web", "two/web") == ["1", "1", "1"])
    #expect(example.read("two/web/restarts.log").split(separator: "\n").count == 3)
  }

  @Test func regions() throws {
    let example = try Example("regions")
    let hosts = ["ap1", "eu1", "eu2", "us1", "us2"]
    func live() -> [String] { hosts.flatMap { example.live($0) } }
    let first = try example.run("deploy:local", "--release", "1")
    #expect(first.status == 0, "\(first)")
    #expect(live() == ["1", "1", "1", "1", "1"])

    try example.folder.write("broken-eu", "")
    let second = try example.run("deploy:local", "--release", "2")
    #expect(second.status == 1, "\(second)")
    #expect(live() == ["1", "1", "1", "1", "1"])
    #expect(second.output.contains("ap answers"), "\(second)")
    #expect(!second.output.contains("us answers"), "\(second)")

    let third = try example.run("deploy:local", "--release", "3", "--region", "us")
    #expect(third.status == 0, "\(third)")
    #expect(live() == ["1", "1", "1", "3", "3"])
    let back = try example.run("rollback:local")
    #expect(back.status == 0, "\(back)")
    #expect(live() == ["1", "1", "1", "1", "1"])
  }

  @Test func secrets() throws {
    let example = try Example("secrets")
    let token = "t0ken-\(UInt64.random(in: .min ... .max))"
    let configured = try example.run("configure:local", "migrate:local", "announce:local", environment: ["API_TOKEN": token])
    #expect(configured.status == 0, "\(configured)")
    #expect(example.read("app2/app.env") == "HOST=app2\nDATABASE_PASSWORD=made-up-database-password\nAPI_TOKEN=\(token)\n")
    let mode = try FileManager.default.attributesOfItem(atPath: "\(example.folder.path)/hosts/app2/app.env")[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(example.read("app1/called.log") == "Authorization: Bearer \(token)\n")
    #expect(!example.folder.exists("hosts/app2/called.log"))
    #expect(configured.output.contains("app1 | Authorization: Bearer [secret]\n"), "\(configured)")
    for secret in [token, "made-up-database-password"] { #expect(!(configured.output + configured.errors).contains(secret)) }

    let missing = try example.run("configure:local")
    #expect(missing.status == 2, "\(missing)")
    #expect(try example.run("unseal:local", environment: ["API_TOKEN": token]).status == 2)
  }
}
