/// Something that the sources can say to a person, with interpolations as gaps.
struct Message {
  enum Part {
    /// It needs an entry of its own in the catalogue.
    case whole
    /// It stands within other messages, and anywhere in the catalogue.
    case piece
  }

  var part: Part
  var text: String
  var file: String
  var line: Int

  var place: String { "\(file):\(line)" }

  /// With all gaps alike, and what differs around them gone, so that messages of sources and catalogue can be compared.
  var normal: String { Self.normal(text) }

  static func normal(_ text: String) -> String {
    text.replacing(/<[a-zA-Z][^<>]*>/, with: "▢").replacing(/\s+/, with: " ").replacing(/^ | $/, with: "")
      .replacing(/[ :,(]*▢[ :,()▢]*▢[ )]*|[ :,(]*▢[ )]*/, with: "▢")
  }

  /// What stands between the gaps.
  var pieces: [String] { normal.split(separator: SwiftTokens.gap).map(String.init).filter(Self.hasWords) }

  static func hasWords(_ text: String) -> Bool { text.contains(/[A-Za-z]{2}/) }

  /// As an entry of the catalogue could name it.
  var suggestion: String { "- `\(text.replacing("▢", with: "<...>"))`" }
}
