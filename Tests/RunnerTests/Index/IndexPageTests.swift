import Tasks
import Testing

@testable import Runner

/// Pages of indexes, sound and hostile.
@Suite struct IndexPageTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let id: String
    let type: String
    let text: String
    /// One word for each file: name, `!` when yanked, `(reason)`, `[python]`.
    let files: [String]
    var testDescription: String { id }

    init(_ id: String, _ text: String, _ files: [String], type: String = "text/html") {
      self.id = id
      self.type = type
      self.text = text
      self.files = files
    }
  }

  static let json = "application/vnd.pypi.simple.v1+json"

  static let rows = [
    Row("plain", #"<a href="a/b/shop-1.0.tar.gz">shop-1.0.tar.gz</a>"#, ["shop-1.0.tar.gz"]),
    Row("pypi's own type", #"<a href="x.whl">x</a>"#, ["x.whl"], type: "application/vnd.pypi.simple.v1+html"),
    Row("type with charset", #"<a href="x.whl">x</a>"#, ["x.whl"], type: "Text/HTML; charset=UTF-8"),
    Row("fragment and query", #"<a href="x.whl?y=/z#sha256=/0">x</a>"#, ["x.whl"]),
    Row("percent", #"<a href="x-1%2B2%2f%zz%2.whl">x</a>"#, ["x-1+2/%zz%2.whl"]),
    Row("quotes", "<a href='x.whl'>x</a><a href=y.whl>y</a><a href = \"z.whl\" >z</a>", ["x.whl", "y.whl", "z.whl"]),
    Row("case", "<A HREF=x.whl DATA-YANKED>x</A>", ["x.whl!"]),
    Row("yanked without a reason", #"<a href="x.whl" data-yanked="">x</a>"#, ["x.whl!"]),
    Row(
      "yanked with a reason", #"<a data-yanked="a &quot;b&quot; &amp;amp; &#60;c&#x3E;" href="x.whl">x</a>"#, [#"x.whl!(a "b" &amp; <c>)"#]),
    Row("python", #"<a href="x.whl" data-requires-python="&gt;=3.8">x</a>"#, ["x.whl[>=3.8]"]),
    Row("python left as it is", #"<a href="x.whl" data-requires-python=">=3.8">x</a>"#, ["x.whl[>=3.8]"]),
    Row("first attribute counts", #"<a href="x.whl" href="y.whl">x</a>"#, ["x.whl"]),
    Row("folder: its text", #"<a href="/d/"> x.whl </a>"#, ["x.whl"]),
    Row("no address", "<a name=x>x</a><a>y</a>", []),
    Row("comment", "<!-- <a href=x.whl> --><a href=y.whl>y</a>", ["y.whl"]),
    Row("open comment", "<!-- <a href=x.whl>", []),
    Row("script", "<script>'<a href=x.whl>'</script><style><a href=y.whl></style ><a href=z.whl>", ["z.whl"]),
    Row("open script", "<script><a href=x.whl>", []),
    Row("other tags", "<abbr href=x.whl><address href=y.whl><link href=z.whl><a\nhref=a.whl>", ["a.whl"]),
    Row("cut in a tag", #"<a href="x.whl"#, ["x.whl"]),
    Row("cut behind a name", "<a href", [""]),
    Row("cut behind =", "<a href=", [""]),
    Row("a lone <", "a < b <a href=x.whl>x</a> <", ["x.whl"]),
    Row("empty", "", []),
    Row(
      "entities that are none", "<a href=x.whl data-yanked='x&amp;y&copy;&;&#;&#xD800;&#99999999999;&amp'>",
      ["x.whl!(x&y&copy;&;&#;&#xD800;&#99999999999;&amp)"]),
    Row("not UTF-8", "<a href='\u{fffd}.whl'>x</a>", ["\u{fffd}.whl"]),
    Row("files", #"{"meta": {"api-version": "1.0"}, "files": [{"filename": "x.whl"}]}"#, ["x.whl"], type: json),
    Row(
      "yanked", #"{"files": [{"filename": "x", "yanked": true}, {"filename": "y", "yanked": "r"}, {"filename": "z", "yanked": false}]}"#,
      ["x!", "y!(r)", "z"], type: json),
    Row("yanked is empty", #"{"files": [{"filename": "x", "yanked": ""}, {"filename": "y", "yanked": null}]}"#, ["x", "y"], type: json),
    Row("python in JSON", #"{"files": [{"filename": "x", "requires-python": ">=3"}]}"#, ["x[>=3]"], type: json),
    Row(
      "odd members", #"{"files": [1, null, {}, {"filename": 2}, {"filename": "x", "yanked": 3, "requires-python": []}]}"#, ["x"], type: json
    ),
    Row("application/json", #"{"files": []}"#, [], type: "application/json"),
  ]

  @Test(arguments: rows) func reads(row: Row) throws {
    let page = try IndexPage(Array(row.text.utf8), contentType: row.type)
    let files = page.files.map { file in
      file.name + (file.isYanked ? "!" : "") + (file.yankedReason.map { "(\($0))" } ?? "") + (file.requiresPython.map { "[\($0)]" } ?? "")
    }
    #expect(files == row.files)
  }

  static let refused: [(type: String, text: String, reason: IndexProblem.Reason)] = [
    ("text/plain", "", .contentType("text/plain")), ("", "", .contentType("")), ("a\u{1b}[31m", "", .contentType("a\\x1b[31m")),
    (json, "", .malformed), (json, "[", .malformed), (json, "[]", .noFiles), (json, #"{"files": {}}"#, .noFiles),
    (json, #"{"meta": {"api-version": "2.0"}, "files": []}"#, .laterVersion("2.0")),
    ("text/html", #"<meta content="2.1" name="pypi:repository-version">"#, .laterVersion("2.1")),
    (json, String(repeating: "[", count: 100_000), .malformed),
  ]

  @Test(arguments: refused) func refuses(type: String, text: String, reason: IndexProblem.Reason) {
    #expect(throws: IndexProblem.notAnIndex(reason)) { try IndexPage(Array(text.utf8), contentType: type) }
  }

  /// Whatever bytes come, reading ends, and nothing but a refusal is thrown.
  @Test(arguments: [1, 2, 3, 4]) func mutationsAreReadOrRefused(seed: UInt64) {
    var chance = Chance(state: seed)
    let texts = Self.rows.map { (Array($0.text.utf8), $0.type) } + Self.refused.dropLast().map { (Array($0.text.utf8), $0.type) }
    let pieces = ["<", ">", "\"", "'", "&", ";", "<!--", "-->", "</script", "<a href=", "%", "\\u", "{", "[", "\0", "\u{e9}", "#x"].map {
      Array($0.utf8)
    }
    for _ in 0..<1500 {
      var (bytes, type) = texts[Int(chance.next() % UInt64(texts.count))]
      for _ in 0...(chance.next() % 6) {
        let place = Int(chance.next() % UInt64(bytes.count + 1))
        switch chance.next() % 4 {
        case 0: bytes.insert(contentsOf: pieces[Int(chance.next() % UInt64(pieces.count))], at: place)
        case 1: bytes.insert(UInt8(truncatingIfNeeded: chance.next()), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int(chance.next() % 8)))
        default: bytes = Array(bytes[..<place])
        }
      }
      if let page = try? IndexPage(bytes, contentType: chance.next() % 5 == 0 ? Self.json : type) {
        _ = Offers(page, of: "shop").newest(.latest)
      }
    }
  }

  /// The same numbers for the same seed (splitmix64).
  struct Chance {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }
}
