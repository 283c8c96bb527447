import Tasks

/// Finds the inventories of an Ansible project, which stay where they are.
struct AnsibleFinder {
  let root: String
  private var unread: [String] = []
  private var environments: [FoundEnvironment] = []
  private var files: [String] = []

  init(root: String) { self.root = root }

  /// What Ansible is told in its configuration, or what stands where projects have it.
  static func find(in root: String) async -> Found? {
    var finder = AnsibleFinder(root: root)
    await finder.find()
    guard !finder.files.isEmpty else { return nil }
    return Found(origin: .ansible, files: finder.files, environments: finder.environments, unread: finder.unread)
  }

  private mutating func find() async {
    if File.exists(path("ansible.cfg")) {
      files.append("ansible.cfg")
      let configured = Self.inventories(in: (try? File.read(path("ansible.cfg"))) ?? [])
      for name in configured { await add(name, of: "ansible.cfg") }
      if !configured.isEmpty { return }
    }
    for name in ["hosts", "hosts.ini", "hosts.yml", "hosts.yaml", "inventory.ini", "inventory.yml", "inventory.yaml", "inventory.json"]
    where isFile(name) { await add(name, of: nil) }
    for folder in ["inventory", "inventories", "environments"] {
      if isFile(folder) { await add(folder, of: nil) } else if File.isFolder(path(folder)) { await search(folder) }
    }
  }

  /// Each file of a folder, and each folder in it that holds hosts, is an environment of its own.
  private mutating func search(_ folder: String) async {
    for name in ((try? FolderNames.read(path(folder))) ?? []) {
      let inside = "\(folder)/\(name)"
      if name.hasPrefix(".") || ["group_vars", "host_vars"].contains(name) || Self.isOther(name) { continue }
      guard File.isFolder(path(inside)) else {
        await add(inside, of: nil)
        continue
      }
      let hosts = ["hosts", "hosts.ini", "hosts.yml", "hosts.yaml", "inventory", "inventory.ini", "inventory.yml"]
      if let file = hosts.first(where: { isFile("\(inside)/\($0)") }) { await add("\(inside)/\(file)", of: nil) }
    }
  }

  private mutating func add(_ name: String, of configuration: String?) async {
    guard File.exists(path(name)), !name.contains(",") else {
      return unread.append(BeginningWords.noInventory(name, in: configuration ?? root))
    }
    if !files.contains(name) { files.append(name) }
    let title = Self.environmentName(name)
    if let format = unreadable(name) {
      environments.append(FoundEnvironment(name: title, source: .ansible(name)))
      return unread.append(BeginningWords.onlyAnsible(name, format))
    }
    // No program is started for this.
    if isProgram(name) {
      environments.append(FoundEnvironment(name: title, source: .path(name)))
      return unread.append(BeginningWords.program(name))
    }
    let refuse: ProgramRunner = { argv, _ throws(SystemError) in throw SystemError("start", argv.first ?? "", code: EPERM) }
    do throws(InventoryError) {
      let inventory = try await InventoryLoader(root: root, trust: FileTrust(isOff: true), run: refuse).load(.path(name))
      environments.append(
        FoundEnvironment(
          name: title, source: .path(name), roles: inventory.roles, hostCount: inventory.hosts.count,
          isCovered: inventory.hosts.allSatisfy { !$0.roles.isEmpty }))
    } catch {
      environments.append(FoundEnvironment(name: title, source: .ansible(name)))
      unread.append(BeginningWords.unread(Failure(error), leftTo: name))
    }
  }

  // MARK: What a file is

  private func path(_ name: String) -> String { PathText.joined(root, name) }

  private func isFile(_ name: String) -> Bool { File.exists(path(name)) && !File.isFolder(path(name)) }

  private func kinds(_ name: String) -> [InventoryKind] {
    let names = File.isFolder(path(name)) ? ((try? FolderNames.read(path(name))) ?? []).map { "\(name)/\($0)" } : [name]
    return names.filter(isFile).compactMap { name in
      guard let bytes = try? File.read(path(name)) else { return nil }
      return try? InventoryKind.detect(name, bytes, isExecutable: File.isExecutable(path(name)))
    }
  }

  private func unreadable(_ name: String) -> InventoryError.Format? {
    kinds(name).lazy.compactMap { if case .unsupported(let format) = $0 { format } else { nil } }.first
  }

  private func isProgram(_ name: String) -> Bool { kinds(name).contains(.program) }

  /// What lies beside inventories.
  private static func isOther(_ name: String) -> Bool {
    [".md", ".txt", ".rst", ".cfg", ".retry", ".bak", ".orig", ".swp", "~"].contains { name.hasSuffix($0) }
  }

  /// `inventory = hosts,other` of `[defaults]`.
  static func inventories(in bytes: [UInt8]) -> [String] {
    var section = ""
    var found: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let line = line.drop { $0.isWhitespace }
      if line.hasPrefix("[") { section = line.dropFirst().prefix { $0 != "]" }.trimmingSuffix(while: \.isWhitespace).description }
      let parts = line.split(separator: "=", maxSplits: 1)
      guard section == "defaults", parts.count == 2, ["inventory", "hostfile"].contains(parts[0].trimmingSuffix(while: \.isWhitespace))
      else { continue }
      let value = parts[1].prefix { $0 != ";" && $0 != "#" }
      found = value.split(separator: ",").map { $0.drop { $0 == " " || $0 == "\t" }.trimmingSuffix(while: \.isWhitespace).description }
        .filter { !$0.isEmpty }.map { $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0 }.map {
          $0.hasSuffix("/") ? String($0.dropLast()) : $0
        }
    }
    return found
  }

  /// A file is named after what it is for, unless its name only says that it is an inventory.
  static func environmentName(_ path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    let usual = ["hosts", "inventory", "inventories", "environments", "ansible", ".", ".."]
    for part in parts.reversed() {
      let name = part.lastIndex(of: ".").map { $0 > part.startIndex ? String(part[..<$0]) : part } ?? part
      if !usual.contains(name) { return name }
    }
    return "production"
  }
}
