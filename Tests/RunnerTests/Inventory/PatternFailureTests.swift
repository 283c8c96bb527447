import Tasks
import Testing

@testable import Runner

@Suite struct PatternFailureTests {
  static let rows: [(Pattern, String)] = [
    ("", "the pattern \"\" names no host\n  Write \"all\" for every host."),
    (",", "the pattern \",\" names no host\n  Write \"all\" for every host."),
    (" : ", "the pattern \" : \" names no host\n  Write \"all\" for every host."),
    ("wbe", "\"wbe\" matches no role and no host of the inventory\n  Did you mean \"web\"?"),
    (
      "web:!web4.example.com",
      "\"!web4.example.com\" matches no role and no host of the inventory (in the pattern \"web:!web4.example.com\")\n  Did you mean \"web1.example.com\", \"web2.example.com\" or \"web3.example.com\"?"
    ),
    (
      "web,db:api",
      "\"db:api\" matches no role and no host of the inventory (in the pattern \"web,db:api\")\n  In a pattern with commas, only commas separate terms."
    ),
    ("localhost", "\"localhost\" matches no role and no host of the inventory\n  To use it, list it: localhost ansible_connection=local"),
    ("quite-unknown", "\"quite-unknown\" matches no role and no host of the inventory\n  Roles and hosts: run --hosts"),
    ("zz*", "\"zz*\" matches no role and no host of the inventory\n  Roles and hosts: run --hosts"),
    (
      "web:!~zz.*",
      "\"!~zz.*\" matches no role and no host of the inventory (in the pattern \"web:!~zz.*\")\n  Roles and hosts: run --hosts"
    ),
    ("~(web", "\"~(web\" is no regular expression\n  With colons in a regular expression, separate terms by commas."),
    ("web[7]", "\"web[7]\" asks for host 7 of 3\n  The first host is 0, the last is -1."),
    ("web[-4]", "\"web[-4]\" asks for host -4 of 3\n  The first host is 0, the last is -1."),
    ("web[3:]", "\"web[3:]\" begins after the last of 3 hosts\n  The first host is 0, the last is -1."),
    ("web[2:1]", "\"web[2:1]\" ends before it begins\n  Write the smaller number first."),
    ("web[0-1]", "[0-1] in \"web[0-1]\" could be a slice or a set of characters\n  Write [0:1] for a slice, or ~name[0-1] for characters."),
    ("web[1", "a bracket in \"web[1\" has no partner\n  " + brackets),
    ("web]", "a bracket in \"web]\" has no partner\n  " + brackets),
    ("web:!", "\"!\" has no name after its sign (in the pattern \"web:!\")\n  " + signs),
    ("web:&!db", "\"&!db\" has no name after its sign (in the pattern \"web:&!db\")\n  " + signs),
    ("empty", "the role \"empty\" has no hosts\n  Roles and hosts: run --hosts"),
    (
      "main",
      "\"main\" is both a host and a role with other hosts\n  Rename one of them, or say which in Swift: .role(\"main\") or .host(\"main\")"
    ),
    (.role("wbe"), "there is no role \"wbe\" in the inventory\n  Did you mean \"web\"?"),
    (
      .role("web") && !.host("web4.example.com"),
      "there is no host \"web4.example.com\" in the inventory (in the pattern \"web:!web4.example.com\")\n  Did you mean \"web1.example.com\", \"web2.example.com\" or \"web3.example.com\"?"
    ),
    (.role("empty"), "the role \"empty\" has no hosts\n  Roles and hosts: run --hosts"),
  ]

  private static let brackets = "Write web[0] for one host of a role, web[0:3] for some of them."
  private static let signs = "A sign stands in front of a name, for example web:!web3."

  private static func inventory() throws -> Inventory {
    var graph = GroupGraph()
    try INIReader.read(
      Array("[web]\nweb[1:3].example.com\n[db]\ndb1\n[empty]\n[main]\nm1\nm2\n[solo]\nsolo\n[hosts]\nmain\n".utf8), file: "hosts",
      into: &graph)
    graph.reconcile()
    return try graph.inventory(nil)
  }

  @Test(arguments: rows) func tells(pattern: Pattern, text: String) throws {
    let inventory = try Self.inventory()
    do throws(PatternError) {
      let hosts = try inventory.hosts(matching: pattern)
      Issue.record("selected \(hosts.map(\.name))")
    } catch {
      #expect(Failure(error).text == "error: \(text)\n")
    }
  }

  @Test(
    arguments: [
      (.role("main"), ["m1", "m2"]), (.host("main"), ["main"]), ("solo", ["solo"]), ("db:!empty", ["db1"]), ("web:&db", []),
      ("web:!web", []),
      (.all && !.role("empty") && .role("db"), ["db1"]), (.role("db") || .role("solo"), ["db1", "solo"]), ("db:solo" && !"solo", ["db1"]),
      (!(.role("web") || .role("main") || .role("hosts")), ["db1", "solo"]), (.role("web") && "web[0]", ["web1.example.com"]),
    ] as [(Pattern, [String])])
  func selects(pattern: Pattern, names: [String]) throws {
    #expect(try Self.inventory().hosts(matching: pattern).map(\.name) == names)
  }

  @Test func tellsThatThereAreNoHosts() throws {
    var graph = GroupGraph()
    graph.addGroup("web")
    graph.reconcile()
    let inventory = try graph.inventory(nil)
    #expect(throws: PatternError.term("all", pattern: "all", .emptyInventory)) { try inventory.hosts(matching: .all) }
  }
}
