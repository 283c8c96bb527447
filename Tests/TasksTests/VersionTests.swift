import Testing

@testable import Tasks

/// PEP 440, with the answers of `packaging` 26.2.
@Suite struct VersionTests {
  static let valid: [(text: String, normal: String)] = [
    ("0", "0"), ("0.0", "0.0"), ("1", "1"), ("1.0", "1.0"), ("01.002", "1.2"), ("1.0.0", "1.0.0"), ("2026.11.22", "2026.11.22"),
    ("1.2.3.4.5.6", "1.2.3.4.5.6"), ("v1.0", "1.0"), ("V1.0", "1.0"), ("1!2.0", "1!2.0"), ("0!1.0", "1.0"), ("1.0a1", "1.0a1"),
    ("1.0.a1", "1.0a1"), ("1.0-a1", "1.0a1"), ("1.0_a1", "1.0a1"), ("1.0alpha1", "1.0a1"), ("1.0ALPHA1", "1.0a1"), ("1.0a", "1.0a0"),
    ("1.0a.1", "1.0a1"), ("1.0a-1", "1.0a1"), ("1.0a_1", "1.0a1"), ("1.0b2", "1.0b2"), ("1.0beta2", "1.0b2"), ("1.0-beta.2", "1.0b2"),
    ("1.0c1", "1.0rc1"), ("1.0rc1", "1.0rc1"), ("1.0RC1", "1.0rc1"), ("1.0pre1", "1.0rc1"), ("1.0preview1", "1.0rc1"),
    ("1.0-preview-1", "1.0rc1"), ("1.0rc", "1.0rc0"), ("1.0rc01", "1.0rc1"), ("1.0.post1", "1.0.post1"), ("1.0-post1", "1.0.post1"),
    ("1.0post1", "1.0.post1"), ("1.0_post_1", "1.0.post1"), ("1.0.post", "1.0.post0"), ("1.0-1", "1.0.post1"), ("1.0-01", "1.0.post1"),
    ("1.0.rev1", "1.0.post1"), ("1.0-r4", "1.0.post4"), ("1.0r", "1.0.post0"), ("1.0.dev1", "1.0.dev1"), ("1.0dev1", "1.0.dev1"),
    ("1.0-dev-1", "1.0.dev1"), ("1.0_dev", "1.0.dev0"), ("1.0.dev", "1.0.dev0"), ("1.0.DEV2", "1.0.dev2"), ("1.0a1.dev2", "1.0a1.dev2"),
    ("1.0a1.post3", "1.0a1.post3"), ("1.0a1.post3.dev4", "1.0a1.post3.dev4"), ("1.0rc1-1", "1.0rc1.post1"), ("1.0rc-1", "1.0rc1"),
    ("1!1.0rc1.post2.dev3+build.5", "1!1.0rc1.post2.dev3+build.5"), ("1.0+local", "1.0+local"), ("1.0+LOCAL", "1.0+local"),
    ("1.0+ubuntu-1", "1.0+ubuntu.1"), ("1.0+ubuntu_1.2", "1.0+ubuntu.1.2"), ("1.0+001", "1.0+1"), ("1.0+a.01b", "1.0+a.01b"),
    ("1.0+0", "1.0+0"), ("1.0-1+x", "1.0.post1+x"), (" 1.0 ", "1.0"), ("\t1.0\n", "1.0"), ("1.0a1 ", "1.0a1"),
  ]

  static let invalid = [
    "", " ", "v", "latest", "1.", ".1", "1..0", "1.0.", "1.0-", "1.0_", "1.0+", "1.0+a..b", "1.0+a+b", "1.0+.a", "1.0+a!", "1!", "!1.0",
    "1!!1", "-1", "1 0", "1. 0", "1.0 a1", "1.0x1", "1.0a1b2", "1.0.post1a1", "1.0.dev1.post1", "1.0.dev1a1", "1.0--1", "1,0",
    "1.0a1.", "vv1", "1.0١", "１.0", "1.0é", "1.0.post1.post2", "1.0-1-1", "v 1.0",
  ]

  /// Each one comes before the next.
  static let ordered = [
    "0!0.dev1", "0.1", "1.dev0", "1.0.dev456", "1.0a1.dev1", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
    "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0rc1.post1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+abc.10",
    "1.0+5", "1.0+5.a", "1.0+5.0", "1.0.post0.dev1", "1.0.post0", "1.0.post456.dev34", "1.0.post456", "1.0.post456+x", "1.0.1.dev1",
    "1.0.15", "1.1.dev1", "1.1", "1.9", "1.10", "2", "2026.1", "1!0.1", "1!1",
  ]

  static let equal = [
    ("1", "1.0.0"), ("1.0", "v1.0.0.0"), ("1.0a", "1.0.alpha0"), ("1.0-1", "1.0.post1"), ("0!1.2", "1.2"), ("1.0+A-1", "1.0+a.01"),
    ("0", "0.0"),
    ("1.0rc1", "1.0-preview_1"),
  ]

  @Test(arguments: valid) func normalises(text: String, normal: String) {
    #expect(Version(text)?.description == normal)
    #expect(Version(normal)?.description == normal)
    #expect(Version(normal) == Version(text))
  }

  @Test(arguments: invalid) func refuses(text: String) { #expect(Version(text) == nil) }

  @Test func orders() {
    let versions = Self.ordered.compactMap { Version($0) }
    #expect(versions.count == Self.ordered.count)
    for (low, left) in versions.enumerated() {
      for (high, right) in versions.enumerated() {
        #expect((left < right) == (low < high), "\(left) \(right)")
        #expect((left == right) == (low == high), "\(left) \(right)")
      }
    }
  }

  @Test(arguments: equal) func equalVersionsHashAlike(one: String, other: String) throws {
    let versions = [try #require(Version(one)), try #require(Version(other))]
    #expect(versions[0] == versions[1])
    #expect(Set(versions).count == 1)
  }

  @Test func numbersThatNoMachineHoldsAreRefused() { #expect(Version("1.99999999999999999999") == nil) }
}
