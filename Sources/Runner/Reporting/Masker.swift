import Tasks

/// Hides the values of secrets in whatever is shown, as they are and in the forms that programs write them in.
///
/// It looks for bytes: a secret with a combining mark behind it is the same secret, and one of thousands of lines must not slow a run.
package struct Masker: Sendable {
  /// Nothing when there is nothing to hide.
  let finder: WordFinder?

  /// A secret of several lines is hidden line by line; a line of one or two characters would hide too much else.
  package init(_ secrets: [Secret: [UInt8]]) { self.init(values: Array(secrets.values)) }

  /// Hides these words.
  package init(words: [String]) { self.init(values: words.map { Array($0.utf8) }) }

  private init(values: [[UInt8]]) {
    var words = values.reduce(into: Set<[UInt8]>()) { $0.formUnion(SecretForms.words(of: $1)) }
    // What has been hidden stays as it is, however often it comes by, even if "secret" is one.
    if !words.isEmpty { words.insert(Self.mask) }
    self.init(finding: words)
  }

  /// Hides exactly these bytes.
  init(finding words: some Collection<[UInt8]>) { finder = words.isEmpty ? nil : WordFinder(words) }

  package func mask(_ text: String) -> String {
    guard let finder else { return text }
    var text = text
    var isFound = false
    text.withUTF8 { bytes in _ = finder.scan(bytes, WordFinder.start) { _, _ in isFound = true } }
    guard isFound else { return text }
    return String(decoding: mask(Array(text.utf8)), as: UTF8.self)
  }

  package func mask(_ bytes: [UInt8]) -> [UInt8] {
    var stream = StreamMasker(self)
    return Array(stream.feed(bytes[...]) + stream.finish())
  }

  static let mask = Array("[secret]".utf8)
}
