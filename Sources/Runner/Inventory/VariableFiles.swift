import Tasks

/// The files in `group_vars` and `host_vars` beside an inventory.
///
/// JSON ones are read; YAML ones are refused rather than ignored.
struct VariableFiles {
  /// In the order in which Ansible looks for them; the first that exists is used.
  private static let extensions = ["", ".yml", ".yaml", ".json"]

  /// What paths, which are shown as they were given, are relative to.
  private let root: String
  private let trust: FileTrust
  private let groups: Folder?
  private let hosts: Folder?

  /// One listing for all lookups: most hosts have no file.
  private struct Folder {
    let path: String
    let names: Set<String>

    init?(_ path: String, root: String, _ trust: FileTrust) throws(InventoryError) {
      let full = PathText.joined(root, path)
      guard File.isFolder(full) else { return nil }
      do { try trust.check(full) } catch { throw .untrusted(error) }
      self.path = path
      do { names = Set(try FolderNames.read(full)) } catch { throw .file(path, .unreadable(error)) }
    }
  }

  /// The files beside an inventory file, or in an inventory folder.
  init(beside folder: String, root: String, _ trust: FileTrust) throws(InventoryError) {
    self.root = root
    self.trust = trust
    groups = try Folder(PathText.joined(folder, "group_vars"), root: root, trust)
    hosts = try Folder(PathText.joined(folder, "host_vars"), root: root, trust)
  }

  func variables(ofGroup name: String) throws(InventoryError) -> [String: GroupGraph.Variable] { try read(groups, name) }

  func variables(ofHost name: String) throws(InventoryError) -> [String: GroupGraph.Variable] { try read(hosts, name) }

  private func read(_ folder: Folder?, _ name: String) throws(InventoryError) -> [String: GroupGraph.Variable] {
    guard let folder, let found = Self.extensions.first(where: { folder.names.contains(name + $0) }) else { return [:] }
    var variables: [String: GroupGraph.Variable] = [:]
    for path in try files(PathText.joined(folder.path, name + found)) {
      for (key, value) in try read(path, of: name) { variables[key] = GroupGraph.Variable(value: value, place: Place(path)) }
    }
    return variables
  }

  /// The file itself, or the files of a folder, sorted.
  private func files(_ path: String) throws(InventoryError) -> [String] {
    let full = PathText.joined(root, path)
    guard File.isFolder(full) else { return [path] }
    let names: [String]
    do { names = try FolderNames.read(full) } catch { throw .file(path, .unreadable(error)) }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") && !name.hasSuffix("~") {
      let inner = PathText.joined(path, name), type = PathText.fileExtension(of: name)
      if File.isFolder(PathText.joined(root, inner)) {
        if type.isEmpty { found += try files(inner) }
      } else if Self.extensions.contains(type) {
        found.append(inner)
      }
    }
    return found
  }

  private func read(_ path: String, of name: String) throws(InventoryError) -> [(String, Value)] {
    do { try trust.check(PathText.joined(root, path)) } catch { throw .untrusted(error) }
    let bytes: [UInt8]
    do { bytes = try File.read(PathText.joined(root, path)) } catch { throw .file(path, .unreadable(error)) }
    // An empty file, or one of comments only, says nothing in YAML and in JSON.
    guard let text = InventoryKind.significant(bytes) else { return [] }
    if text.starts(with: "$ANSIBLE_VAULT".utf8) { throw .file(path, .unsupportedVariables(.vault, of: name)) }
    guard text.first == UInt8(ascii: "{") else { throw .file(path, .unsupportedVariables(.yaml, of: name)) }
    do {
      guard case .object(let members) = try JSON.parse(bytes) else { return [] }
      return members.map { ($0.key, $0.value) }
    } catch {
      throw .file(path, .json(error))
    }
  }
}
