/// The Swift of a page as one function that a compiler can look at.
///
/// A block sees what the blocks before it have declared. What is no declaration is a fragment: it stands in the builder that it would
/// stand in, so that a step outside `hosts` is found, and has the values that a task's closure would have.
enum SwiftBlocks {
  /// What fragments use and pages need not declare: the parameters of a task, and values from around it.
  static let names = """
    import Tasks
    func declared(@Declarations _ block: () -> [Declaration]) {}
    func staged(@Stages _ block: () -> [Stage]) {}
    func phased(@Phases _ block: () -> [Phase]) {}
    func stepped(@Steps _ block: () -> [Step]) {}
    func fragment(_ body: (_ version: Version, _ release: String) -> Void) {}
    let version = Parameter<Version>("version")
    let release = Parameter<String>("release")
    let shop = PythonApp("shop", root: "/srv/shop", index: "https://pypi.example.com/simple")
    let site = ReleaseFolder("site", root: "/srv/site")
    let (token, slack, webhook, hook) = (Secret.prompt("a"), Secret.prompt("b"), Secret.prompt("c"), Secret.prompt("d"))
    let (archive, folder) = ("shop.tar", "/srv")

    """

  static func source(of page: Page, number: Int) -> String {
    var types = "import Tasks\n"
    var body = ""
    let blocks = page.blocks(of: "swift")
    for block in blocks {
      body += "do {\n"
      for chunk in chunks(of: block) {
        let place = "#sourceLocation(file: \"\(page.path)\", line: \(chunk.line))\n"
        switch Kind(chunk.text) {
        case .type: types += "\(place)fileprivate \(chunk.text)\n#sourceLocation()\n"
        case .declaration: body += "\(place)\(chunk.text)\n#sourceLocation()\n"
        case .fragment(let builder): body += "\(place)fragment { version, release in \(builder) { \(chunk.text)\n} }\n#sourceLocation()\n"
        }
      }
    }
    return types + "func page\(number)() {\n\(body)\(String(repeating: "}\n", count: blocks.count))}\n"
  }

  private enum Kind {
    case type, declaration, fragment(String)

    init(_ text: String) {
      let words = text.split(whereSeparator: { !($0.isLetter || $0 == "@" || $0 == "/" || $0 == ".") })
      // What a loop or a question holds says what it is.
      let isNested = ["for", "if"].contains(words.first)
      let inner = isNested ? text.split(separator: "\n").dropFirst().first.map(String.init) ?? "" : text
      switch words.first {
      case "enum", "struct", "extension": self = .type
      case "let", "func", "@Steps", "@Phases", "@Stages", "//", "///": self = .declaration
      default: self = .fragment(Self.builder(of: inner))
      }
    }

    private static func builder(of text: String) -> String {
      let name = text.drop { $0 == " " }.prefix { $0.isLetter || $0 == "." }
      switch name {
      case "environment", "task": return "declared"
      case _ where name.hasSuffix(".tasks"): return "declared"
      case "hosts", "local", "notify", "confirm", "invoke", "locked", "attempt", "always", "versions": return "staged"
      case "parallel", "serially", "ask": return "phased"
      default: return "stepped"
      }
    }
  }

  /// The declarations and statements that begin at the left edge.
  private static func chunks(of block: Page.Block) -> [(line: Int, text: String)] {
    var chunks: [(line: Int, text: String)] = []
    for (index, line) in block.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where line != "import Tasks" {
      let isComment = chunks.last.map { $0.text.hasPrefix("//") && !$0.text.contains("\n") } ?? false
      if let first = line.first, first != " ", first != "}", first != ")", !(isComment && line.hasPrefix("//")) {
        chunks.append((block.line + index, String(line)))
      } else if !chunks.isEmpty {
        chunks[chunks.count - 1].text += "\n\(line)"
      }
    }
    return chunks
  }
}
