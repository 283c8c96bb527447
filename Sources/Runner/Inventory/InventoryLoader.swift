import Tasks

/// Turns the source of an environment into its hosts and groups.
package struct InventoryLoader: Sendable {
  /// What Ansible, too, leaves out of an inventory folder.
  private static let ignoredNames: Set = ["group_vars", "host_vars", "vars_plugins"]
  private static let ignoredExtensions = [
    ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry",
  ]

  private let root: String
  private let run: ProgramRunner
  private let trust: FileTrust

  /// A loader for paths relative to the Deployfile's folder.
  package init(root: String, trust: FileTrust = FileTrust(), run: @escaping ProgramRunner) {
    self.root = root
    self.trust = trust
    self.run = run
  }

  package func load(_ source: InventorySource) async throws(InventoryError) -> Inventory {
    switch source.kind {
    case .hosts(let hosts): return try Inventory(hosts)
    case .chef(let source): return try await ChefInventory.load(source, root: root, trust)
    case .ansible(let path):
      // A list with commas and a plugin's name are sources for Ansible as well, so only plain paths are looked at.
      if !path.contains(","), !File.exists(absolute(path)) { throw .file(path, .unreadable(SystemError("open", path, code: ENOENT))) }
      if !path.contains(",") { try check(path) }
      var graph = GroupGraph()
      try await program.ansible(path.contains(",") ? path : absolute(path), into: &graph)
      graph.reconcile()
      let inventory = try graph.inventory(nil)
      return Inventory(hosts: inventory.hosts, groups: inventory.groups, declared: Array(inventory.hosts.indices))
    case .path(let path):
      var graph = GroupGraph()
      try await read(path, of: path, into: &graph)
      graph.reconcile()
      let full = absolute(path)
      return try graph.inventory(VariableFiles(beside: File.isFolder(full) ? path : PathText.folder(of: path), root: root, trust))
    }
  }

  private var program: InventoryProgram { InventoryProgram(run: run, folder: root) }

  private func absolute(_ path: String) -> String { PathText.joined(root, path) }

  private func check(_ path: String) throws(InventoryError) {
    do { try trust.check(absolute(path)) } catch { throw .untrusted(error) }
  }

  private func read(_ path: String, of source: String, into graph: inout GroupGraph) async throws(InventoryError) {
    try check(path)
    if File.isFolder(absolute(path)) { return try await readFolder(path, of: source, into: &graph) }
    let bytes: [UInt8]
    do { bytes = try File.read(absolute(path)) } catch { throw .file(path, .unreadable(error)) }
    switch try InventoryKind.detect(path, bytes, isExecutable: File.isExecutable(absolute(path))) {
    case .ini: try INIReader.read(bytes, file: path, into: &graph)
    case .json:
      let value: Value
      do { value = try JSON.parse(bytes) } catch { throw .file(path, .json(error)) }
      graph = try DynamicInventory(value, at: Place(path), into: graph).graph
    case .program: try await program.read(absolute(path), into: &graph)
    case .unsupported(let format): throw .file(path, .unsupported(format, source: source))
    }
  }

  /// Ansible reads the files of a folder one after the other into the same inventory.
  private func readFolder(_ path: String, of source: String, into graph: inout GroupGraph) async throws(InventoryError) {
    let names: [String]
    do { names = try FolderNames.read(absolute(path)) } catch { throw .file(path, .unreadable(error)) }
    let inventories = names.filter { name in
      !name.hasPrefix(".") && !Self.ignoredNames.contains(name) && !Self.ignoredExtensions.contains { name.hasSuffix($0) }
    }
    guard !inventories.isEmpty else { throw .file(path, .emptyFolder) }
    for name in inventories { try await read(PathText.joined(path, name), of: source, into: &graph) }
  }
}
