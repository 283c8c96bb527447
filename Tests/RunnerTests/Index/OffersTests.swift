import Tasks
import Testing

@testable import Runner

/// From names of files to versions, and from words to one of them.
@Suite struct OffersTests {
  static let names: [(file: String, package: String, version: String?)] = [
    ("shop-1.4.2-py3-none-any.whl", "shop", "1.4.2"), ("Shop-1.4.2-1-py3-none-any.whl", "shop", "1.4.2"),
    ("shop-1.4.2-1b-py2.py3-none-any.whl", "shop", "1.4.2"), ("shop-1.4.2-x-py3-none-any.whl", "shop", nil),
    ("my_shop-1.0-py3-none-any.whl", "my-shop", "1.0"), ("my.shop-1.0-py3-none-any.whl", "my-shop", "1.0"),
    ("my__shop-1.0-py3-none-any.whl", "my-shop", nil), ("shop-1.0+abc.1-py3-none-any.whl", "shop", "1.0+abc.1"),
    ("shop-1.0-py3-none.whl", "shop", nil), ("shop-x-py3-none-any.whl", "shop", nil), ("shops-1.0-py3-none-any.whl", "shop", nil),
    ("shop-1.4.2.tar.gz", "shop", "1.4.2"), ("SHOP-v1.4.2.zip", "shop", "1.4.2"), ("shop-1.0-1.tar.gz", "shop", "1.0.post1"),
    ("my-shop-1.0.tar.gz", "my-shop", "1.0"), ("my_shop-1.0.tgz", "my-shop", "1.0"), ("my.Shop-1.0.tar.bz2", "my-shop", "1.0"),
    ("my-shop-1.0.tar.gz", "my", nil), ("shop-1.0.tar.xz", "shop", "1.0"), ("shop-1.0.tar.gz.asc", "shop", nil),
    ("shop-1.0.egg", "shop", nil),
    ("shop--1.0.tar.gz", "shop", nil), ("my-.-shop-1.0.tar.gz", "my-shop", "1.0"), ("my-shop-x-1.0.tar.gz", "my-shop", nil),
    ("shop-1.0.exe", "shop", nil), ("shop-.tar.gz", "shop", nil), ("-1.0.tar.gz", "shop", nil), ("shop.tar.gz", "shop", nil),
    (".tar.gz", "shop", nil), (".whl", "shop", nil), ("", "shop", nil), ("shop-2.0RC1.tar.gz", "shop", "2.0rc1"),
  ]

  @Test(arguments: names) func readsNames(file: String, package: String, version: String?) {
    #expect(DistributionName.version(in: file, of: package)?.description == version)
  }

  @Test(arguments: [("Shop", "shop"), ("my__shop.-web", "my-shop-web"), ("A.B_c-D", "a-b-c-d"), ("", "")])
  func normalizesNames(name: String, normal: String) { #expect(DistributionName.normal(name) == normal) }

  private static func offers(_ words: String) -> Offers {
    Offers(
      words.split(separator: " ").compactMap { word in
        Version(String(word.hasSuffix("!") ? word.dropLast() : word)).map { Offer($0, isYanked: word.hasSuffix("!")) }
      })
  }

  static let choices: [(offers: String, word: String, chosen: String?)] = [
    ("1.0 1.2 1.1", "latest", "1.2"), ("1.0 2.0rc1", "latest", "1.0"), ("1.0 2.0!", "latest", "1.0"),
    ("1.0a1 1.0a2 1.0.dev1", "latest", "1.0a2"),
    // pip: a withdrawn final release still keeps pre-releases out.
    ("1.0! 2.0rc1", "latest", nil), ("1.0!", "latest", nil), ("1.0 1.0.post1", "latest", "1.0.post1"), ("2026.1 1!0.1", "latest", "1!0.1"),
    ("1.0 1.9 2.0", ">=1,<2", "1.9"), ("1.0 1.9! 2.0", ">=1,<2", "1.0"), ("1.0 1.9 2.0rc1", ">=2", nil), ("1.0 2.0rc1", ">=1.5", "2.0rc1"),
    ("1.0 2.0rc1", ">=1.0,>=0a1", "2.0rc1"), ("1.0 1.1!", "==1.1", "1.1"), ("1.0 1.1!", "===1.1", "1.1"), ("1.0 1.1!", "==1.1.*", nil),
    ("1.0 1.1!", ">=1.1", nil), ("1.1!", "~=1.1", nil), ("1.0 1.0+a", "==1.0", "1.0+a"), ("1.4.1 1.4.9 1.5", "~=1.4.1", "1.4.9"),
    ("1.0", "!=1.0", nil),
  ]

  @Test(arguments: choices) func chooses(offers: String, word: String, chosen: String?) throws {
    #expect(Self.offers(offers).newest(try VersionWord(parsing: word))?.description == chosen)
  }

  @Test func oneGoodFileIsEnough() {
    let page = IndexPage(files: [
      .init(name: "shop-1.0.tar.gz", isYanked: true, yankedReason: "bad\u{1b}[31m\n"), .init(name: "shop-1.0.0-py3-none-any.whl"),
      .init(name: "shop-1.1.tar.gz", isYanked: true, yankedReason: "bad\u{1b}[31m\n"),
    ])
    let offers = Offers(page, of: "Shop")
    #expect(offers.all.map(\.isYanked) == [true, false])
    #expect(offers.all.first?.yankedReason == "bad\\x1b[31m\\x0a")
  }

  static let nearest: [(offers: String, version: String, near: String)] = [
    ("1.0 1.1 1.2 1.4 1.5 1.6", "1.3", "1.5 1.4 1.2 1.1"), ("1.0 1.1", "2.0", "1.1 1.0"), ("1.0 1.1 1.2", "0.1", "1.1 1.0"),
    ("1.0! 1.1", "1.0.1", "1.1"), ("1.0!", "2", ""),
  ]

  @Test(arguments: nearest) func isNear(offers: String, version: String, near: String) throws {
    let version = try #require(Version(version))
    #expect(Self.offers(offers).nearest(to: version).map(\.description).joined(separator: " ") == near)
  }

  @Test func asTable() {
    var all = Self.offers("2.0rc1 1.9! 1.10 1.0").all
    all[2].yankedReason = "breaks"
    all[3].requiresPython = ">=3.8"
    #expect(
      OffersText.lines(of: Offers(all), limit: 4) == [
        "  2.0rc1  pre-release", "  1.10    latest", "  1.9     yanked: breaks", "  1.0     Python >=3.8",
      ])
    #expect(OffersText.lines(of: Offers(all), limit: 1) == ["  2.0rc1  pre-release", "  and 3 older"])
  }

  static let addresses: [(index: String, page: String?, credentials: String?)] = [
    ("https://pypi.org/simple", "https://pypi.org/simple/my-shop/", nil),
    ("https://pypi.org/simple/", "https://pypi.org/simple/my-shop/", nil),
    ("http://u:p%40@host:80/s", "http://host:80/s/my-shop/", "u:p@"), ("https://u@host/s", "https://host/s/my-shop/", "u:"),
    ("https://a:b@c@host", "https://host/my-shop/", "a:b@c"), ("https://host/a@b", "https://host/a@b/my-shop/", nil),
    ("ftp://host", nil, nil), ("pypi.org/simple", nil, nil),
    ("https://host/a b", nil, nil), ("https://host/\nurl = x", nil, nil), ("", nil, nil), ("https://", nil, nil), ("file:///etc", nil, nil),
  ]

  @Test(arguments: addresses) func hasAnAddress(index: String, page: String?, credentials: String?) {
    let address = try? IndexAddress(of: Package("My_Shop", index: index))
    #expect(address?.page == page)
    #expect(address?.credentials == credentials)
  }

  @Test(arguments: ["", "a/b", "a b", "../x", "é", "a?b"]) func hasAName(name: String) {
    #expect(throws: IndexProblem.badName) { try IndexAddress(of: Package(name, index: "https://pypi.org/simple")) }
  }
}
