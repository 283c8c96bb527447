/// How compilers and modules name a release.
enum CompilerVersion {
  /// `Swift version 6.3.1 (swift-6.3.1-RELEASE)`, wherever it stands in a text.
  ///
  /// What comes before it differs: Apple's compilers put their own name there, some releases the driver's version.
  static func find(in text: String) -> String? {
    guard let start = text.firstRange(of: "Swift version ")?.lowerBound else { return nil }
    let rest = text[start...].prefix { $0 != "\n" && $0 != "\"" && $0 != "\0" }
    return rest.firstIndex(of: ")").map { String(rest[...$0]) } ?? String(rest)
  }

  /// The number in it: `6.3.1`.
  static func number(_ version: String) -> String {
    String(version.split(separator: " ").dropFirst(2).first ?? "")
  }
}
