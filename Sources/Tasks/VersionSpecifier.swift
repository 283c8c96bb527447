/// One condition on a version, for example `>=1.4`.
package struct VersionSpecifier: Sendable, Hashable {
  package typealias Operator = VersionSpecifiers.Operator

  package let symbol: Operator
  /// The version as it was written.
  package let text: String
  /// Nothing only for `===`, which compares texts.
  package let version: Version?
  /// Whether `.*` follows the version.
  package let isWildcard: Bool

  package init(parsing text: String) throws(VersionSyntaxError) {
    // Longer operators come before those that they begin with.
    guard let symbol = Operator.allCases.first(where: { text.utf8.starts(with: $0.rawValue.utf8) }) else {
      throw VersionSyntaxError(text, .noOperator)
    }
    self.symbol = symbol
    let written = String(decoding: text.utf8.dropFirst(symbol.rawValue.utf8.count), as: UTF8.self).stripped
    self.text = written
    if symbol == .identical {
      version = Version(written)
      isWildcard = false
      if written.isEmpty { throw VersionSyntaxError(text, .empty) }
      guard let scalar = written.unicodeScalars.first(where: { $0.isSpace || $0 == ";" || $0 == ")" }) else { return }
      throw VersionSyntaxError(text, .forbidden(String(scalar)))
    }
    isWildcard = written.utf8.count > 2 && written.utf8.reversed().starts(with: ".*".utf8.reversed())
    if isWildcard, symbol != .equal, symbol != .different { throw VersionSyntaxError(text, .wildcardNotAllowed(symbol)) }
    do { version = try Self.version(written, after: symbol, isWildcard: isWildcard) } catch { throw VersionSyntaxError(text, error) }
  }

  private static func version(
    _ written: String, after symbol: Operator, isWildcard: Bool
  ) throws(VersionSyntaxError.Problem) -> Version {
    var reader = VersionReader(isWildcard ? String(decoding: written.utf8.dropLast(2), as: UTF8.self) : written)
    let version = try reader.version()
    if isWildcard, version.isPreRelease || version.post != nil || !version.local.isEmpty { throw .wildcardAfterSuffix }
    if !version.local.isEmpty, symbol != .equal, symbol != .different { throw .localNotAllowed(symbol) }
    if symbol == .compatible, version.release.count < 2 { throw .compatibleNeedsTwoNumbers }
    return version
  }

  package func contains(_ candidate: Version) -> Bool {
    guard symbol != .identical, let version else { return candidate.description == text.lowercased() }
    switch symbol {
    case .equal, .identical: return isEqual(candidate, version)
    case .different: return !isEqual(candidate, version)
    case .atLeast: return candidate >= version
    case .atMost: return candidate <= version || candidate.public == version
    case .compatible: return candidate >= version && candidate < version.nextPrefix(dropping: 1)
    case .below: return candidate < (version.isPreRelease ? version : version.firstDevelopment)
    case .above:
      guard candidate > version, candidate.public != version else { return false }
      // Post-releases of a version are not above it, unless it is one itself.
      return version.dev != nil || version.post != nil || !candidate.isOfSameRelease(as: version) || candidate.pre != version.pre
    }
  }

  private func isEqual(_ candidate: Version, _ version: Version) -> Bool {
    if isWildcard { return candidate >= version.firstDevelopment && candidate < version.nextPrefix(dropping: 0) }
    return candidate == version || (version.local.isEmpty && candidate.public == version)
  }

  /// Whether the condition asks for pre-releases by naming one.
  package var namesPreRelease: Bool { symbol != .different && !isWildcard && version?.isPreRelease == true }

  /// Whether only one version can be meant.
  package var isExact: Bool { symbol == .identical || symbol == .equal && !isWildcard }
}

extension VersionSpecifier: CustomStringConvertible {
  package var description: String { symbol.rawValue + text }
}

extension Version {
  /// The version without its local part.
  fileprivate var `public`: Version {
    var version = self
    version.local = []
    return version
  }

  /// What comes before all others of the same release, or of the same post-release.
  fileprivate var firstDevelopment: Version {
    var version = self.public
    version.dev = 0
    return version
  }

  /// The first version that no longer begins like this one: 1.5.dev0 for 1.4, and for 1.4.2 when its last number is dropped.
  fileprivate func nextPrefix(dropping count: Int) -> Version {
    var next = Version()
    next.epoch = epoch
    next.release = release.dropLast(count)
    next.release[next.release.count - 1] += 1
    next.dev = 0
    return next
  }

  fileprivate func isOfSameRelease(as other: Version) -> Bool {
    epoch == other.epoch && significantRelease == other.significantRelease
  }
}
