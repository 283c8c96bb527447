import Tasks

/// Hides the values of secrets in whatever is shown.
package struct Masker: Sendable {
  private let values: [String]

  /// A secret of several lines is hidden line by line; a line of one or two characters would hide too much else.
  package init(_ secrets: [Secret: [UInt8]]) {
    values = Set(secrets.values.flatMap { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init) })
      .filter { $0.count > 2 }
      .sorted { ($0.count, $0) > ($1.count, $1) }
  }

  /// What is hidden, as bytes.
  package var words: [[UInt8]] { values.map { Array($0.utf8) } }

  package func mask(_ text: String) -> String {
    values.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "[secret]") : $0 }
  }
}
