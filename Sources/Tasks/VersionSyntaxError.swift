/// Why a text is no version, or no part of specifiers.
package struct VersionSyntaxError: Error, Sendable, Equatable {
  package enum Problem: Error, Sendable, Equatable {
    case empty
    /// Where the first number of the release should stand.
    case noRelease
    /// A number that is larger than any real one: `Version` keeps 18 digits.
    case numberTooLarge(String)
    /// What is left behind a sound beginning.
    case unexpected(String)
    case noLocalPart
    case noOperator
    case localNotAllowed(VersionSpecifiers.Operator)
    case wildcardNotAllowed(VersionSpecifiers.Operator)
    /// `.*` behind something that is no plain release.
    case wildcardAfterSuffix
    /// `~=1` has no part that may vary.
    case compatibleNeedsTwoNumbers
    case forbidden(String)
  }

  /// The version, or the one specifier of several.
  package var text: String
  package var problem: Problem

  package init(_ text: String, _ problem: Problem) {
    self.text = text
    self.problem = problem
  }
}
