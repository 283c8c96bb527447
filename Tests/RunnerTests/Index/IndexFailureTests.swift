import Tasks
import Testing

@testable import Runner

/// What people read when an index does not tell what is needed of it.
@Suite struct IndexFailureTests {
  static let rows: [(problem: IndexProblem, text: String)] = [
    (
      .unreachable("Could not resolve host: pypi.example.com"),
      "the index https://pypi.example.com/simple cannot be reached: Could not resolve host: pypi.example.com\n  Is the address right, and can this machine reach it?"
    ),
    (
      .credentials(status: 401, given: false),
      "the index https://pypi.example.com/simple wants credentials (status 401)\n  Package(\"shop\", ..., credentials: ...) takes them."
    ),
    (
      .credentials(status: 403, given: true),
      "the index https://pypi.example.com/simple does not take the credentials (status 403)\n  Check the user and the password."
    ),
    (
      .malformedCredentials,
      "the credentials for https://pypi.example.com/simple are not user:password\n  Put both into the secret, with a colon."
    ),
    (
      .noPackage,
      "the index https://pypi.example.com/simple has no such package\n  Is the name right, and the address that of the index, mostly ending in /simple?"
    ),
    (.status(503), "the index https://pypi.example.com/simple answers with status 503\n  Try again later, or look at the index."),
    (
      .tooLarge,
      "the answer of https://pypi.example.com/simple is too large\n  A page of more than 64 MiB is not read; is this the right index?"
    ),
    (
      .notAnIndex(.contentType("text/plain")),
      "https://pypi.example.com/simple does not answer like an index: its page is text/plain\n  The address mostly ends in /simple."
    ),
    (
      .notAnIndex(.malformed),
      "https://pypi.example.com/simple does not answer like an index: its page is no sound JSON\n  The address mostly ends in /simple."
    ),
    (
      .noVersions,
      "the index https://pypi.example.com/simple lists no file of it that has a version\n  Has anything been uploaded, and is it the right index?"
    ),
    (.noCurl, "curl is not in PATH, and asks https://pypi.example.com/simple\n  Install curl."),
    (.badName, "this cannot be the name of a package\n  Names have letters, digits, \".\", \"_\" and \"-\"."),
  ]

  /// The password in the address is never told.
  @Test(arguments: rows) func tells(problem: IndexProblem, text: String) {
    let package = Package("shop", index: "https://deploy:hidden@pypi.example.com/simple")
    #expect(Failure(problem, of: package, needing: "--version latest").text == "error: --version latest of \"shop\": \(text)\n")
  }

  @Test func tellsOfABadAddress() {
    #expect(
      Failure(.badAddress, of: Package("shop", index: "pypi.org/simple"), needing: "version 1.0", at: "--version").text == """
        error: --version: version 1.0 of "shop": "pypi.org/simple" is no address of an index
          It begins with http:// or https://, for example https://pypi.org/simple.

        """)
  }

  static let missing: [(offers: [String], help: String)] = [
    (["1.0"], "The nearest is 1.0; the latest is 1.0. Nothing was touched."),
    (["1.0", "3.0"], "The nearest are 3.0 and 1.0; the latest is 3.0. Nothing was touched."),
    (["3.0rc1"], "The nearest is 3.0rc1; the latest is 3.0rc1. Nothing was touched."),
    ([], "none of its versions is in use. Nothing was touched."),
  ]

  @Test(arguments: missing) func tellsTheNearest(offers: [String], help: String) throws {
    let package = Package("shop", index: "https://pypi.example.com/simple")
    let wanted = WantedVersion(package: package, version: try #require(Version("2.0")), place: "Deployfile.swift:3")
    let failure = Failure(missing: wanted, among: Offers(offers.compactMap { Version($0) }.map { Offer($0) }))
    #expect(
      failure
        == Failure(
          "the index https://pypi.example.com/simple has no version 2.0 of \"shop\"", at: "Deployfile.swift:3", help: help, status: .invalid
        ))
  }
}
