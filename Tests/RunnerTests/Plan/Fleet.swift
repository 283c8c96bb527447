import Tasks

@testable import Runner

/// Plans on hosts that exist only here.
enum Fleet {
  static let hosts = [
    Host("web1", roles: ["web"], variables: ["port": 8001, "note": "a b"]), Host("web2", roles: ["web"], variables: ["port": 8002]),
    Host("web3", address: "10.0.0.3", roles: ["web"], variables: ["port": 8003, "list": [1, 2]]),
    Host("web4", roles: ["web"], variables: ["port": 8004]), Host("db1", roles: ["db"]),
  ]

  /// The plan of a task of these stages.
  static func plan(
    limit: Pattern? = nil, jobs: Int? = nil, root: String = "/nowhere", others: [TaskDefinition] = [], hosts: [Host]? = Fleet.hosts,
    words: [String: [String]] = [:], @Stages _ stages: @escaping @Sendable () -> [Stage]
  ) throws(Failure) -> Plan {
    try plan(task("t", "T") { stages() }, limit: limit, jobs: jobs, root: root, others: others, hosts: hosts, words: words)
  }

  static func plan(
    _ task: TaskDefinition, limit: Pattern? = nil, jobs: Int? = nil, root: String = "/nowhere", others: [TaskDefinition] = [],
    hosts: [Host]? = Fleet.hosts, words: [String: [String]] = [:]
  ) throws(Failure) -> Plan {
    let inventory: Inventory?
    do throws(InventoryError) { inventory = try hosts.map { hosts throws(InventoryError) in try Inventory(hosts) } } catch {
      throw Failure(error)
    }
    let deployfile = Deployfile {
      environment("test", inventory: "unused")
      task
      others
    }
    var planner = Planner(deployfile: deployfile, inventory: inventory, environment: "test", limit: limit, jobs: jobs, root: root)
    do throws(PlanError) { return try planner.plan(task, words: words) } catch { throw Failure(error) }
  }
}
