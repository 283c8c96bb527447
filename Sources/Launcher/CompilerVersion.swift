/// How compilers and modules name a release.
enum CompilerVersion {
  /// `Swift version 6.3.1 (swift-6.3.1-RELEASE)`, wherever it stands among bytes that need not be text.
  ///
  /// What comes before it differs: Apple's compilers put their own name there, some releases the driver's version.
  static func find(in bytes: [UInt8]) -> String? {
    let mark = Array("Swift version ".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }) else { return nil }
    let ends = Array("\n\"\0".utf8)
    let rest = bytes[start...].prefix { !ends.contains($0) }
    return String(decoding: rest.firstIndex(of: UInt8(ascii: ")")).map { rest[...$0] } ?? rest, as: UTF8.self)
  }

  /// The number in it: `6.3.1`.
  static func number(_ version: String) -> String {
    String(version.split(separator: " ").dropFirst(2).first ?? "")
  }
}
