/// Conditions on versions, read and applied by the rules of PEP 440.
///
/// Every condition must hold. The operators are `==` and `!=` (also with a wildcard: `==1.4.*`), `~=`, `<=`, `>=`, `<`, `>` and `===`.
///
///     let wanted = VersionSpecifiers(">=1.4,<2")
///     wanted?.contains(version)
public struct VersionSpecifiers: Sendable, Hashable {
  package enum Operator: String, Sendable, Hashable, CaseIterable {
    case identical = "==="
    case compatible = "~="
    case equal = "=="
    case different = "!="
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
  }

  /// The conditions in the order in which they were written.
  package let all: [VersionSpecifier]

  /// Specifiers from their text, separated by commas; nothing when PEP 440 does not allow it.
  ///
  /// No specifier at all allows every version.
  public init?(_ text: String) {
    do throws(VersionSyntaxError) { try self.init(parsing: text) } catch { return nil }
  }

  package init(all: [VersionSpecifier]) { self.all = all }

  package init(parsing text: String) throws(VersionSyntaxError) {
    var all: [VersionSpecifier] = []
    for part in text.unicodeScalars.split(separator: ",") {
      let part = String(String.UnicodeScalarView(part)).stripped
      if !part.isEmpty { all.append(try VersionSpecifier(parsing: part)) }
    }
    self.all = all
  }

  /// Whether every condition holds for a version; a pre-release counts like any other.
  public func contains(_ version: Version) -> Bool { all.allSatisfy { $0.contains(version) } }

  /// The versions for which every condition holds, in their order.
  ///
  /// Pre-releases are among them only if a condition names one (`>=2.0rc1`), or if no other version is left.
  public func filter(_ versions: [Version]) -> [Version] {
    let matching = versions.filter(contains)
    if all.contains(where: \.namesPreRelease) { return matching }
    let final = matching.filter { !$0.isPreRelease }
    return final.isEmpty ? matching : final
  }
}

extension VersionSpecifiers: CustomStringConvertible {
  /// The conditions as they were written, without white space around them.
  public var description: String { all.map(\.description).joined(separator: ",") }
}
