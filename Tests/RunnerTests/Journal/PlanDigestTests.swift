import Tasks
import Testing

@testable import Runner

/// A plan, and whether it is another one than `a` on `web1` and `web2`.
struct DigestRow: CustomTestStringConvertible, Sendable {
  let id: String
  let isSame: Bool
  let plan: @Sendable () throws -> Plan

  init(_ id: String, isSame: Bool = false, _ plan: @escaping @Sendable () throws -> Plan) {
    self.id = id
    self.isSame = isSame
    self.plan = plan
  }

  var testDescription: String { id }
}

@Suite struct PlanDigestTests {
  private static let usual = ["web1", "web2"].map { Host($0, roles: ["web"], variables: ["port": 1]) }

  /// The plan of steps on hosts.
  private static func plan(_ hosts: [Host] = usual, jobs: Int? = nil, @Steps _ steps: @escaping @Sendable () -> [Step]) throws -> Plan {
    try Fleet.plan(jobs: jobs, hosts: hosts) { Tasks.hosts("all") { steps() } }
  }

  private static func changed(_ change: (inout Host) -> Void) -> [Host] {
    var hosts = usual
    change(&hosts[1])
    return hosts
  }

  static let rows = [
    DigestRow("the same", isSame: true) { try plan { run("a") } },
    DigestRow("what is live now", isSame: true) {
      var plan = try Self.plan { run("a") }
      plan.live["shop"] = LiveMemory(entries: ["web1": LiveMemory.Entry(version: "1", since: "2")])
      return plan
    },
    DigestRow("a variable that nothing uses", isSame: true) { try plan(changed { $0.variables["note"] = "x" }) { run("a") } },
    DigestRow("a role that nothing uses", isSame: true) { try plan(changed { $0.roles.append("x") }) { run("a") } },
    DigestRow("a command") { try plan { run("a ") } },
    DigestRow("a name") { try plan { run("a").named("x") } },
    DigestRow("a step more") {
      try plan {
        run("a")
        run("a")
      }
    },
    DigestRow("a limit of time") { try plan { run("a").timeout(.seconds(9)) } },
    DigestRow("attempts") { try plan { run("a").retry(2) } },
    DigestRow("once") { try plan { run("a").once() } },
    DigestRow("a failure that is ignored") { try plan { run("a").ignoringFailure() } },
    DigestRow("what may be done twice") { try plan { run("a").idempotent() } },
    DigestRow("a folder") { try plan { within("/x") { run("a") } } },
    DigestRow("a variable") { try plan { with(["x": "y"]) { run("a") } } },
    DigestRow("a user") { try plan { sudo { run("a") } } },
    DigestRow("at the end") { try plan { run("a").atTheEnd() } },
    DigestRow("a capture") { try plan { capture("a", as: Captured("x")) } },
    DigestRow("a condition") { try plan { when("t") { run("a") } } },
    DigestRow("the fan-out") { try plan(jobs: 1) { run("a") } },
    DigestRow("a host more") { try plan(usual + [Host("web3")]) { run("a") } },
    DigestRow("a host less") { try plan([usual[0]]) { run("a") } },
    DigestRow("hosts in another order") { try plan(usual.reversed()) { run("a") } },
    DigestRow("an address") { try plan(changed { $0.address = "10.0.0.9" }) { run("a") } },
    DigestRow("a port") { try plan(changed { $0.port = 2222 }) { run("a") } },
    DigestRow("a login user") { try plan(changed { $0.user = "x" }) { run("a") } },
    DigestRow("this machine in place of a host") { try plan(changed { $0.variables["ansible_connection"] = "local" }) { run("a") } },
    DigestRow("batches") { try Fleet.plan(hosts: usual) { hosts("all") { serially { run("a") } } } },
    DigestRow("a lock") { try Fleet.plan(hosts: usual) { locked("l") { hosts("all") { run("a") } } } },
    DigestRow("a message") {
      try Fleet.plan(hosts: usual) {
        hosts("all") { run("a") }
        notify(.command("true"), "x")
      }
    },
    DigestRow("a plan more") { try plan { run("a") } },
  ]

  @Test(arguments: rows) func whatMakesAnother(row: DigestRow) throws {
    let base = try Self.plan { run("a") }
    var plans = [try row.plan()]
    if row.id == "a plan more" { plans.append(base) }
    #expect((PlanDigest.text(of: plans) == PlanDigest.text(of: [base])) == row.isSame)
  }

  /// Steps whose plans look the same, and a change of a variable that makes them others.
  static let hidden: [(id: String, steps: @Sendable () -> [Step])] = [
    ("behind a description", { [run("a \(host: .variable("port"))").shown(as: "x")] }),
    ("in a folder", { within("/\(host: .variable("port"))") { run("a") } }),
    ("in a variable", { with(["x": "\(host: .variable("port"))"]) { run("a") } }),
    ("in a template", { [render("t", to: "/t")] }),
    ("in a folder of a transfer", { within("/\(host: .variable("port"))") { upload("t", to: "t") } }),
  ]

  @Test(arguments: hidden.indices) func whatAPlanDoesNotShow(index: Int) throws {
    let (id, steps) = Self.hidden[index]
    let scratch = try ScratchFolder()
    try scratch.write("{{ port }}", to: "t")
    let root = scratch.path
    let plans = try [Self.usual, Self.changed { $0.variables["port"] = 2 }].map { hosts in
      try Fleet.plan(root: root, hosts: hosts) { Tasks.hosts("all") { steps() } }
    }
    #expect(PlanText.text(of: plans[0]) == PlanText.text(of: plans[1]), "\(id)")
    #expect(PlanDigest.text(of: [plans[0]]) != PlanDigest.text(of: [plans[1]]), "\(id)")
  }

  @Test func aTemplateThatWasChanged() throws {
    let scratch = try ScratchFolder()
    let root = scratch.path
    let digests = try ["one", "other"].map { text in
      try scratch.write(text, to: "t")
      return PlanDigest.text(of: [try Fleet.plan(root: root, hosts: Self.usual) { hosts("all") { render("t", to: "/t") } }])
    }
    #expect(digests[0] != digests[1])
  }

  @Test func theModeOfAFile() throws {
    let scratch = try ScratchFolder()
    try scratch.write("", to: "t")
    let root = scratch.path
    let digests = try [nil, 0o600, 0o644].map { mode in
      PlanDigest.text(of: [try Fleet.plan(root: root, hosts: Self.usual) { hosts("all") { upload("t", to: "/t", mode: mode) } }])
    }
    #expect(Set(digests).count == 3)
  }

  @Test func plansThatWereMerged() throws {
    let one = try Self.plan { run("a") }, other = try Self.plan { run("b") }
    #expect(PlanDigest.text(of: [one, other]) != PlanDigest.text(of: [other, one]))
    #expect(PlanDigest.text(of: []) != PlanDigest.text(of: [one]))
  }
}

@Suite struct PlanChangeTests {
  static let rows: [(old: String, new: String, lines: [String])] = [
    ("a\nb\n", "a\nb\n", ["something that a plan does not show, such as the address of a host or code of the Deployfile"]),
    ("a\nb\nc\n", "a\nx\nc\n", ["- b", "+ x"]),
    ("a\n  b\n", "a\n", ["-   b"]),
    ("", "a\n", ["+ a"]),
    ("a\n", "", ["- a"]),
    ("a\nb\n", "b\na\n", ["something that a plan does not show, such as the address of a host or code of the Deployfile"]),
    (
      (1...8).map { "o\($0)\n" }.joined(), (1...8).map { "n\($0)\n" }.joined(),
      (1...8).map { "- o\($0)" } + ["+ n1", "+ n2", "and 6 more"]
    ),
  ]

  @Test(arguments: rows.indices) func theLinesThatDiffer(index: Int) {
    let row = Self.rows[index]
    #expect(PlanChange.lines(from: row.old, to: row.new) == row.lines)
  }
}
