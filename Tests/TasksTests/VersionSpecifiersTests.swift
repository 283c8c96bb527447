import Testing

@testable import Tasks

/// PEP 440's specifiers, with the answers of `packaging` 26.3.
@Suite struct VersionSpecifiersTests {
  static let versions = [
    "0.9", "1.0.dev1", "1.0a1", "1.0rc1", "1.0", "1.0+abc", "1.0.post1.dev1", "1.0.post1", "1.0.post2", "1.0.1", "1.1a1", "1.4", "1.4.2",
    "2.0.dev1", "2.0rc1", "2.0", "1!0.1",
  ]

  /// What `filter` leaves.
  static let rows: [(text: String, left: String)] = [
    ("", "0.9 1.0 1.0+abc 1.0.post1 1.0.post2 1.0.1 1.4 1.4.2 2.0 1!0.1"),
    ("==1.0", "1.0 1.0+abc"), ("==1.0.0", "1.0 1.0+abc"), ("==1.0+abc", "1.0+abc"), ("==1.0+x", ""), ("===1.0", "1.0"),
    ("===1.0+ABC", "1.0+abc"), ("===1.00", ""), ("==1.0.*", "1.0 1.0+abc 1.0.post1 1.0.post2 1.0.1"), ("==1.1.*", "1.1a1"),
    ("!=1.0,<1.1", "0.9 1.0.post1 1.0.post2 1.0.1"), ("!=1.*", "0.9 2.0 1!0.1"), ("==1!0.*", "1!0.1"),
    ("~=1.0", "1.0 1.0+abc 1.0.post1 1.0.post2 1.0.1 1.4 1.4.2"), ("~=1.0.0", "1.0 1.0+abc 1.0.post1 1.0.post2 1.0.1"),
    ("~=1.4.0", "1.4 1.4.2"), ("~=1.0rc1", "1.0rc1 1.0 1.0+abc 1.0.post1.dev1 1.0.post1 1.0.post2 1.0.1 1.1a1 1.4 1.4.2"),
    (">1.0,<2", "1.0.1 1.4 1.4.2"), (">1.0.post1,<1.1", "1.0.post2 1.0.1"),
    (">1.0rc1,<1.0.1", "1.0 1.0+abc 1.0.post1.dev1 1.0.post1 1.0.post2"),
    (">=1.0,<1.0.1", "1.0 1.0+abc 1.0.post1 1.0.post2"), ("<=1.0", "0.9 1.0 1.0+abc"), ("<1.0", "0.9"),
    ("<1.0rc1", "0.9 1.0.dev1 1.0a1"), (">=2.0rc1", "2.0rc1 2.0 1!0.1"), (">1.4.2,<2.0", ""), (">=1.1a1,<1.1", ""),
    (">=1.1a1,<1.1rc1", "1.1a1"),
    (">=1!0", "1!0.1"), (" >= 1.4 , < 2.0 ", "1.4 1.4.2"), (">=3", "1!0.1"), ("<0", ""),
  ]

  @Test(arguments: rows) func filters(text: String, left: String) throws {
    let specifiers = try #require(VersionSpecifiers(text))
    #expect(specifiers.filter(Self.versions.compactMap { Version($0) }).map(\.description).joined(separator: " ") == left)
  }

  static let refused: [(text: String, problem: VersionSyntaxError.Problem)] = [
    ("1.0", .noOperator), ("=1.0", .noOperator), ("=>1", .noOperator), ("^1", .noOperator), ("lates", .noOperator),
    (">=", .empty), (">=x", .noRelease), (">=1.0,<", .empty), (">=1.0x", .unexpected("x")), ("==1!", .noRelease),
    (">=1.0+a", .localNotAllowed(.atLeast)), ("~=1.0+a", .localNotAllowed(.compatible)), ("<1.*", .wildcardNotAllowed(.below)),
    ("~=1.*", .wildcardNotAllowed(.compatible)), ("==1.0a1.*", .wildcardAfterSuffix), ("==1.0+a.*", .wildcardAfterSuffix),
    ("==1.0 .*", .unexpected(" ")), ("~=1", .compatibleNeedsTwoNumbers), ("===", .empty), ("=== ", .empty), ("===1;", .forbidden(";")),
    ("===a b", .forbidden(" ")),
    (">=1.0<2", .unexpected("<2")), ("==1.0+", .noLocalPart), ("==*", .noRelease), ("==.*", .noRelease),
    (">=1234567890123456789", .numberTooLarge("1234567890123456789")),
  ]

  @Test(arguments: refused) func refuses(text: String, problem: VersionSyntaxError.Problem) {
    let error = #expect(throws: VersionSyntaxError.self) { try VersionSpecifiers(parsing: text) }
    #expect(error?.problem == problem)
  }

  @Test func countingOnDoesNotOverflow() {
    let largest = String(repeating: "9", count: 18)
    for text in ["==\(largest).*", "~=\(largest).1", ">\(largest).post\(largest)", "<1.dev\(largest)"] {
      #expect(VersionSpecifiers(text)?.contains(Version("1") ?? Version()) == false)
    }
  }

  @Test func containsTakesPreReleases() {
    #expect(VersionSpecifiers(">=1.0")?.contains(Version("1.1a1") ?? Version()) == true)
    #expect(VersionSpecifiers(">=1.0a1, <2 ")?.description == ">=1.0a1,<2")
  }
}
