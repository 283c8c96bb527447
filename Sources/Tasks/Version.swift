/// A version of a package, read and ordered by the rules of PEP 440.
///
/// The normal form is what it prints: `Version("v1.4.0-RC.2")?.description == "1.4.0rc2"`.
///
///     Version("1.10") ?? fallback > Version("1.9") ?? fallback
public struct Version: Sendable, Hashable {
  package enum Stage: Int, Sendable, Hashable {
    case alpha, beta, candidate
    var letters: String { ["a", "b", "rc"][rawValue] }
  }

  package struct PreRelease: Sendable, Hashable {
    var stage: Stage
    var number: Int
  }

  /// A part of a local version: numbers sort after words.
  package enum LocalPart: Sendable, Hashable {
    case word(String)
    case number(Int)
  }

  package var epoch = 0
  package var release: [Int] = []
  package var pre: PreRelease?
  package var post: Int?
  package var dev: Int?
  package var local: [LocalPart] = []

  /// A version from its text, for example `1.4.2`, `2!1.0rc1.post2.dev3+build.5`; nothing when PEP 440 does not allow it.
  ///
  /// A number of more than 18 digits is refused, too.
  public init?(_ text: String) {
    do throws(VersionSyntaxError) { try self.init(parsing: text) } catch { return nil }
  }

  package init(parsing text: String) throws(VersionSyntaxError) {
    var reader = VersionReader(text.stripped)
    do { self = try reader.version() } catch { throw VersionSyntaxError(text, error) }
  }

  /// Whether it is an alpha, beta, release candidate or development release.
  public var isPreRelease: Bool { pre != nil || dev != nil }

  init() {}
}

extension Version: CustomStringConvertible {
  /// The normal form.
  public var description: String {
    var text = epoch == 0 ? "" : "\(epoch)!"
    text += release.map(String.init).joined(separator: ".")
    if let pre { text += pre.stage.letters + String(pre.number) }
    if let post { text += ".post\(post)" }
    if let dev { text += ".dev\(dev)" }
    if !local.isEmpty {
      text +=
        "+"
        + local.map { if case .number(let number) = $0 { String(number) } else if case .word(let word) = $0 { word } else { "" } }
        .joined(separator: ".")
    }
    return text
  }
}

extension Version: Comparable {
  /// Whether two versions are the same; final zeros of the release do not count.
  public static func == (left: Version, right: Version) -> Bool { compare(left, right) == 0 }

  /// Whether a version comes before another.
  public static func < (left: Version, right: Version) -> Bool { compare(left, right) < 0 }

  /// Equal versions hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    hasher.combine(significantRelease)
    hasher.combine(pre)
    hasher.combine(post)
    hasher.combine(dev)
    hasher.combine(local)
  }

  var significantRelease: ArraySlice<Int> {
    var release = release[...]
    while release.count > 1, release.last == 0 { release.removeLast() }
    return release
  }

  /// Where a version stands among those of the same release: dev releases first, then pre-releases, the final one, post-releases.
  private var rank: [Int] {
    let preRank = pre.map { [$0.stage.rawValue, $0.number] } ?? (post == nil && dev != nil ? [-1, 0] : [3, 0])
    return preRank + [post ?? -1, dev ?? Int.max]
  }

  private static func compare(_ left: Version, _ right: Version) -> Int {
    if left.epoch != right.epoch { return left.epoch < right.epoch ? -1 : 1 }
    let order = compare(left.significantRelease, right.significantRelease)
    if order != 0 { return order }
    let rank = compare(left.rank[...], right.rank[...])
    return rank != 0 ? rank : compare(left.local, right.local)
  }

  private static func compare(_ left: ArraySlice<Int>, _ right: ArraySlice<Int>) -> Int {
    for (a, b) in zip(left, right) where a != b { return a < b ? -1 : 1 }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }

  private static func compare(_ left: [LocalPart], _ right: [LocalPart]) -> Int {
    for (a, b) in zip(left, right) where a != b {
      switch (a, b) {
      case (.number(let a), .number(let b)): return a < b ? -1 : 1
      case (.word(let a), .word(let b)): return a < b ? -1 : 1
      case (.word, .number): return -1
      case (.number, .word): return 1
      }
    }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }
}
