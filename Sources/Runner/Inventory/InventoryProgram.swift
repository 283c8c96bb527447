import Tasks

/// Starts a program in a folder, to its end; connected to the process engine by whoever loads inventories.
package typealias ProgramRunner =
  @Sendable (_ argv: [String], _ folder: String) async throws(SystemError) -> (status: Int32, output: [UInt8], errorOutput: [UInt8])

/// Asks programs for inventories.
struct InventoryProgram {
  /// How many `--host` questions run at once: enough to hide their start-up time, few enough for a small machine.
  private static let jobs = 8

  private static let env = "/usr/bin/env"

  let run: ProgramRunner
  let folder: String

  /// What an inventory program beside the Deployfile prints for `--list`, and for `--host` where `_meta` is missing.
  func read(_ path: String, into graph: inout GroupGraph) async throws(InventoryError) {
    let place = Place(path)
    var inventory = try DynamicInventory(try await json([path, "--list"]), at: place, into: graph)
    if !inventory.hasHostVariables {
      for (host, variables) in try await variables(of: inventory.hosts, from: path) {
        try inventory.setVariables(variables, of: host, path: [host])
      }
    }
    graph = inventory.graph
  }

  /// What `ansible-inventory` makes of a source.
  ///
  /// Its own way of failing is a warning and an empty inventory, hence the variable.
  func ansible(_ path: String, into graph: inout GroupGraph) async throws(InventoryError) {
    let argv = [Self.env, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED=true", "ansible-inventory", "-i", path, "--list"]
    var value = try await json(argv, shown: Array(argv.dropFirst(2)))
    // Groups come sorted by name; only the children of `all` tell their order.
    if case .object(let groups) = value { value = .object(groups.filter { $0.key == "all" } + groups.filter { $0.key != "all" }) }
    graph = try DynamicInventory(value, at: Place(path), into: graph).graph
  }

  private func json(_ argv: [String], shown: [String]? = nil) async throws(InventoryError) -> Value {
    let shown = shown ?? argv
    let result: (status: Int32, output: [UInt8], errorOutput: [UInt8])
    do { result = try await run(argv, folder) } catch { throw .program(shown, error.code == ENOENT ? .missing : .notStarted(error)) }
    // 127 is how `env` says that it has not found the program.
    if result.status == 127, argv.first == Self.env { throw .program(shown, .missing) }
    guard result.status == 0 else {
      throw .program(shown, .status(result.status, errorOutput: String(decoding: result.errorOutput, as: UTF8.self)))
    }
    // A host without variables may print nothing.
    if InventoryKind.significant(result.output) == nil, argv.contains("--host") { return [:] }
    do { return try JSON.parse(result.output) } catch { throw .program(shown, .json(error)) }
  }

  private func variables(of hosts: [String], from path: String) async throws(InventoryError) -> [(String, Value)] {
    let results = await withTaskGroup(of: (Int, Result<Value, InventoryError>).self) { tasks in
      var results = [Result<Value, InventoryError>](repeating: .success(.null), count: hosts.count)
      var next = 0, failed = false
      while next < min(Self.jobs, hosts.count) {
        start(next, &tasks)
        next += 1
      }
      while let (index, result) = await tasks.next() {
        results[index] = result
        if case .failure = result { failed = true }
        guard next < hosts.count, !failed else { continue }
        start(next, &tasks)
        next += 1
      }
      return results
    }
    var found: [(String, Value)] = []
    for (host, result) in zip(hosts, results) { found.append((host, try result.get())) }
    return found

    func start(_ index: Int, _ tasks: inout TaskGroup<(Int, Result<Value, InventoryError>)>) {
      tasks.addTask {
        do throws(InventoryError) {
          return (index, .success(try await json([path, "--host", hosts[index]])))
        } catch {
          return (index, .failure(error))
        }
      }
    }
  }
}
