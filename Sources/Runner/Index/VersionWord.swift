import Tasks

/// What may be typed for a version: itself, `latest`, or specifiers.
package enum VersionWord: Sendable, Equatable {
  case exact(Version)
  case latest
  case specifiers(VersionSpecifiers)

  /// A word that begins with one of these is meant as specifiers.
  private static let signs: [Unicode.Scalar] = ["<", ">", "=", "!", "~", "^"]

  package init(parsing text: String) throws(VersionSyntaxError) {
    let isSpecifier = text.unicodeScalars.first { $0 != " " }.map { Self.signs.contains($0) } ?? false
    if text == "latest" {
      self = .latest
    } else if isSpecifier {
      self = .specifiers(try VersionSpecifiers(parsing: text))
    } else {
      self = .exact(try Version(parsing: text))
    }
  }

  /// The same as specifiers; `latest` is none at all.
  var specifiers: VersionSpecifiers {
    switch self {
    case .exact(let version): VersionSpecifiers("==\(version)") ?? Self.none
    case .latest: Self.none
    case .specifiers(let specifiers): specifiers
    }
  }

  private static let none = VersionSpecifiers(all: [])

  /// Whether it names one version, which then may be a withdrawn one.
  var isExact: Bool { specifiers.all.contains(where: \.isExact) }
}
