import Runner
import Tasks
import TestSupport

extension Fuzzed {
  private static let inventory: Inventory = {
    let text = "lone\n[web]\nw[1:9]\nodd-name.example.com\n[db]\nd1\nd2\n[empty]\n[eu:children]\nweb\ndb\n[v6]\n2001:db8::5\n"
    do throws(InventoryError) { return try Inventory(ini: Array(text.utf8), file: "hosts") } catch {
      preconditionFailure(Failure(error).text)
    }
  }()

  static let pattern = Fuzzed(
    "pattern",
    samples: [
      "web:&eu:!w3", "all", "w*", "web[0]", "web[1:3],db", "~w[0-9]+", "*,!db", "[2001:db8::5]", "w1 w2", "web[-1]:d[12]", "~(w|d)\\d",
      "!web", "&eu",
    ],
    tokens: [
      "web", "db", "eu", "all", "ungrouped", "empty", "w1", "d1", "lone", "odd-name.example.com", ":", ",", " ", "&", "!", "*", "?", "[",
      "]", "[0]", "[-1]",
      "[1:2]", "[0-9]", "[a-", "[!a]", "~", "~w.", "(", ")", "+", "|", "\\", "\\d", "\\p{L}", "{2}", "{", "^", "$", "2001:db8::5", "[::1]",
      "é", "\u{301}",
      "\u{1b}", "99999999999999999999", "(?i)", "(?<n>", "\\1", ".", "-", "\n",
    ],
    shapes: [
      Shape("terms", repeating: "web:"), Shape("terms with commas", repeating: "w1,"), Shape("exclusions", "all", repeating: ":!w1"),
      Shape("stars", repeating: "*"), Shape("stars and letters", repeating: "*a"), Shape("open brackets", repeating: "[!"),
      Shape("sets", repeating: "[a-z]"), Shape("one set", "[", repeating: "a-z", "]"), Shape("an unknown word", repeating: "x"),
      Shape("colons", repeating: ":"),
      Shape("brackets", "web", repeating: "[0]"), Shape("digits", "web[", repeating: "9", "]"),
      Shape("a regular expression", "~", repeating: "a"),
      Shape("blanks", "web", repeating: " "), Shape("marks", repeating: "&"), Shape("unknown words", repeating: "nothing:"),
    ],
    parse: { bytes in _ = result(pattern: bytes) },
    check: { bytes, _ in
      let text = String(decoding: bytes, as: UTF8.self)
      let result = Fuzzed.result(pattern: bytes)
      if result != Fuzzed.result(pattern: bytes) { return "two answers" }
      switch result {
      case .failure(let error):
        let words = Failure(error).text
        return words.utf8.count > 4000 ? "an error of \(words.utf8.count) bytes" : nil
      case .success(let hosts):
        if Set(hosts.map(\.name)).count != hosts.count { return "a host twice" }
        // A pattern in Swift means the same as its parts.
        let both = try? inventory.hosts(matching: Pattern(text) && .all),
          neither = try? inventory.hosts(matching: Pattern(text) && !Pattern(text))
        if both != hosts { return "and all: \(both.map { "\($0.map(\.name))" } ?? "an error")" }
        if let neither, !neither.isEmpty { return "and not itself: \(neither.map(\.name))" }
        let rest = try? inventory.hosts(matching: !Pattern(text))
        return rest.map { $0.count + hosts.count == inventory.hosts.count } ?? true ? nil : "it and its opposite are not all"
      }
    })

  private static func result(pattern bytes: [UInt8]) -> Result<[Host], PatternError> {
    do throws(PatternError) {
      return .success(try inventory.hosts(matching: Pattern(String(decoding: bytes, as: UTF8.self))))
    } catch {
      _ = Failure(error).text
      return .failure(error)
    }
  }
}
