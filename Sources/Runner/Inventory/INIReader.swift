import Tasks

/// Reads Ansible's INI inventories into a graph, with the rules of `ansible.plugins.inventory.ini`.
struct INIReader {
  private enum Section {
    case hosts
    case variables
    case children
  }

  /// A group that is used before it is declared.
  private struct Pending {
    var name: String
    var line: Int
    /// Groups that have it as a child; none when only its variables are set.
    var parents: [Int]
    var isChild: Bool
  }

  private let file: String
  private var graph: GroupGraph
  private var group = GroupGraph.ungrouped
  private var section = Section.hosts
  /// In the order in which they are used first; nothing where one has been declared since.
  private var pending: [Pending?] = []
  private var pendingIndex: [String: Int] = [:]

  private init(file: String, graph: GroupGraph) {
    self.file = file
    self.graph = graph
  }

  /// Adds what the file says to the graph.
  static func read(_ bytes: [UInt8], file: String, into graph: inout GroupGraph) throws(InventoryError) {
    var reader = INIReader(file: file, graph: graph)
    for line in try INILines.read(bytes, file: file) { try reader.read(line) }
    try reader.finish()
    graph = reader.graph
  }

  private mutating func read(_ line: INILines.Line) throws(InventoryError) {
    let place = Place(file, line: line.number)
    if let header = INIHeader(line.text) { return try open(header, at: place) }
    guard !(line.text.hasPrefix("[") && line.text.hasSuffix("]")) else { throw .text(place, .malformedSection(line.text)) }
    switch section {
    case .hosts: try readHost(line.text, at: place)
    case .variables:
      guard let (key, value) = assignment(line.text) else { throw .text(place, .noAssignment(line.text)) }
      try graph.set(trimmed(key), to: PythonLiteral.value(trimmed(value)), ofGroup: group, at: place)
    case .children: try readChild(line.text, at: place)
    }
  }

  private mutating func open(_ header: INIHeader, at place: Place) throws(InventoryError) {
    switch header.kind {
    case nil, "hosts": section = .hosts
    case "children": section = .children
    case "vars": section = .variables
    case .some(let kind): throw .text(place, .unknownSection(group: header.group, kind: kind))
    }
    let isNew = graph.group(header.group) == nil
    let waiting = pendingIndex[header.group]
    group = graph.addGroup(header.group)
    if section == .variables {
      if isNew, waiting == nil { wait(for: Pending(name: header.group, line: place.line ?? 0, parents: [], isChild: false)) }
    } else if let waiting {
      let parents = pending[waiting]?.parents ?? []
      pending[waiting] = nil
      pendingIndex[header.group] = nil
      for parent in parents { try graph.addChild(group, to: parent, at: place) }
    }
  }

  private mutating func readHost(_ text: String, at place: Place) throws(InventoryError) {
    let words = try ShellWords.split(text, at: place)
    guard let pattern = words.first, !pattern.isEmpty else { throw .text(place, .emptyHostName) }
    var variables: [(String, Value)] = []
    for word in words.dropFirst() {
      guard let (key, value) = assignment(word) else { throw .text(place, .noAssignment(word)) }
      variables.append((String(key), PythonLiteral.value(String(value))))
    }
    let (hosts, port) = HostPort.split(pattern)
    guard port != nil || !pattern.hasSuffix(":") else { throw .text(place, .danglingColon(pattern)) }
    for name in try HostRange.expand(hosts, at: place) {
      guard !name.isEmpty else { throw .text(place, .emptyHostName) }
      graph.addHost(name, to: group, port: port, at: place)
      for (key, value) in variables { try graph.set(key, to: value, for: name, at: place) }
    }
    guard graph.hosts.count <= HostRange.limit else { throw .file(file, .tooManyHosts(limit: HostRange.limit)) }
  }

  private mutating func readChild(_ text: String, at place: Place) throws(InventoryError) {
    guard let name = INIHeader.groupName(text) else { throw .text(place, .malformedGroupName(text)) }
    if let child = graph.group(name) {
      try graph.addChild(child, to: group, at: place)
    } else if let waiting = pendingIndex[name] {
      pending[waiting]?.parents.append(group)
    } else {
      wait(for: Pending(name: name, line: place.line ?? 0, parents: [group], isChild: true))
    }
  }

  private mutating func wait(for group: Pending) {
    pendingIndex[group.name] = pending.count
    pending.append(group)
  }

  private func finish() throws(InventoryError) {
    guard let first = pending.lazy.compactMap({ $0 }).first else { return }
    let known = graph.groups.map(\.name).filter { pendingIndex[$0] == nil }
    let use = first.isChild ? first.parents.last.map { InventoryError.GroupUse.child(of: graph.groups[$0].name) } : nil
    throw .undefinedGroup(Place(file, line: first.line), name: first.name, use: use ?? .variables, known: known)
  }

  private func assignment(_ text: String) -> (Substring, Substring)? {
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return (text[..<equals], text[text.utf8.index(after: equals)...])
  }

  private func trimmed(_ text: Substring) -> String { INILines.trimmed(text) }
}
