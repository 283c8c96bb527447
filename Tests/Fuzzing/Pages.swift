import Runner
import TestSupport

extension Fuzzed {
  static let page = Fuzzed(
    "page",
    samples: [
      "<!DOCTYPE html><html><head><meta name=\"pypi:repository-version\" content=\"1.0\"></head><body><a href=\"/p/shop-1.4.2-py3-none-any.whl#sha256=0\" data-requires-python=\"&gt;=3.8\">shop</a><br/></body></html>",
      "<a href='shop-1.0.tar.gz' data-yanked='bad &amp; old'>x</a>\n<A HREF=shop-2.0.zip>y</A><a>no</a><!-- <a href=\"z\"> --><script>'<a href=\"w\">'</script>",
      "<a href=\"../../shop%2D1.0%2Blocal-py3-none-any.whl?x=y#z\" data-yanked>a&#65;&#x42;&nbsp;</a>",
    ],
    tokens: [
      "<a ", "<A", "</a>", "<", ">", "/", "href=", "href", "=", "\"", "'", "data-yanked", "data-yanked=\"x\"",
      "data-requires-python='&gt;=3'", "shop-1.0.tar.gz",
      "shop-1.0-py3-none-any.whl", "shop-1.0a1.zip", "sh_op-1.zip", "<!--", "-->", "<script>", "</script>", "<style", "</style", "<meta ",
      "name=\"pypi:repository-version\"",
      " content=\"2.0\"", "&amp;", "&#65;", "&#x110000;", "&#xD800;", "&lt", "&", ";", "%2F", "%", "%ZZ", "?", "#", "é", "\n", " ", "\u{0}",
    ],
    shapes: [
      Shape("files") { "<a href=\"shop-1.\($0).tar.gz\">shop</a>\n" }, Shape("open tags", repeating: "<"),
      Shape("open comments", repeating: "<!--"),
      Shape("scripts that end nowhere", repeating: "<script>"), Shape("anchors that end nowhere", repeating: "<a href="),
      Shape("open quotes", repeating: "<a href=\""),
      Shape("attributes", "<a ", ">") { "k\($0)=\"1\" " }, Shape("entities", "<a href=\"", repeating: "&amp;", "\">"),
      Shape("no entities", "<a href=\"", repeating: "&", "\">"),
      Shape("a long name", "<a href=\"", repeating: "x", ".zip\">"), Shape("dashes", "<a href=\"", repeating: "-", ".zip\">"),
      Shape("names and dashes", "<a href=\"", repeating: "shop-", "1.zip\">"),
      Shape("percent", "<a href=\"", repeating: "%2D", ".zip\">"), Shape("a long text", "<a href=\"\">", repeating: "x "),
      Shape("slashes", "<a href=\"", repeating: "/", "\">"),
      Shape("one version again and again", repeating: "<a href=shop-1.0.zip data-yanked>"),
      Shape("blanks", "<a href=\"x\">", repeating: " "), Shape("ends", repeating: "</a>"),
    ],
    parse: { bytes in _ = result(page: bytes).map { Offers($0, of: "shop").latest } },
    check: { bytes, _ in
      let result = Fuzzed.result(page: bytes)
      if result != Fuzzed.result(page: bytes) { return "two answers" }
      guard case .success(let page) = result else { return nil }
      let offers = Offers(page, of: "shop")
      if offers != Offers(page, of: "Shop") { return "other offers" }
      if offers.all.count > page.files.count { return "more offers than files" }
      if case .success(let again) = Fuzzed.result(page: written(page)), again == page { return nil }
      return "another page: \(page.files) and \(Fuzzed.result(page: written(page)))"
    })

  private static func result(page bytes: [UInt8]) -> Result<IndexPage, IndexProblem> {
    do throws(IndexProblem) { return .success(try IndexPage(bytes, contentType: "text/html")) } catch { return .failure(error) }
  }

  /// The page as an index would write it.
  private static func written(_ page: IndexPage) -> [UInt8] {
    let lines = page.files.map { file in
      var line = "<a href=\"x/\(file.name.pathPart)#sha256=0\""
      if file.isYanked { line += " data-yanked=\"\(escaped(file.yankedReason ?? ""))\"" }
      if let python = file.requiresPython { line += " data-requires-python=\"\(escaped(python))\"" }
      // Without a name in its address, a file is called what the page calls it.
      return line + ">\(file.name.isEmpty ? "" : "other")</a>"
    }
    return Array(lines.joined(separator: "<br/>\n").utf8)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
