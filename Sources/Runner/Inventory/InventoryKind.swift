/// What an inventory file is, by its name and its first bytes.
enum InventoryKind: Equatable {
  case ini
  case json
  case program
  case unsupported(InventoryError.Format)

  static func detect(_ path: String, _ bytes: [UInt8], isExecutable: Bool) throws(InventoryError) -> InventoryKind {
    if isExecutable, bytes.starts(with: "#!".utf8) || bytes.prefix(4096).contains(0) { return .program }
    // Executable by chance (a shared folder, say) but text: Ansible, too, reads it in the end.
    if bytes.starts(with: "#!".utf8) { throw .file(path, .notExecutable) }
    switch PathText.fileExtension(of: path) {
    case ".yml", ".yaml": return .unsupported(.yaml)
    case ".toml": return .unsupported(.toml)
    case ".json": return .json
    default: break
    }
    guard let text = significant(bytes) else { throw .file(path, .empty) }
    if text.starts(with: "$ANSIBLE_VAULT".utf8) { return .unsupported(.vault) }
    if text.first == UInt8(ascii: "{") { return .json }
    return isYAML(text) ? .unsupported(.yaml) : .ini
  }

  /// The text from its first line on that is neither empty nor a comment.
  static func significant(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    while true {
      rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
      guard let first = rest.first else { return nil }
      guard first == UInt8(ascii: "#") || first == UInt8(ascii: ";") else { return rest }
      rest = rest.drop { $0 != 0x0A && $0 != 0x0D }
    }
  }

  /// `---`, or a first line `name:`, which no INI inventory can begin with.
  private static func isYAML(_ text: ArraySlice<UInt8>) -> Bool {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard !line.starts(with: "---".utf8) else { return true }
    let code = line.prefix { $0 != UInt8(ascii: "#") }
    guard let last = code.last(where: { $0 != 0x20 && $0 != 0x09 }), last == UInt8(ascii: ":") else { return false }
    return !code.contains(UInt8(ascii: "["))
  }
}
