import Foundation
import Tasks
import TestSupport
import Testing

@testable import Runner

/// Secrets as they are.
@Suite struct MaskerTests {
  static let rows: [(secrets: [String], text: String, masked: String)] = [
    ([], "abc", "abc"), (["abc"], "x abc y abcabc", "x [secret] y [secret][secret]"),
    (["abc", "abcdef"], "abcdef abc", "[secret] [secret]"),
    (["ab"], "ab", "ab"), ([""], "x", "x"), (["one line\ntwo line\n"], "two line, one line", "[secret], [secret]"),
    (["ab\nlonger"], "ab longer", "ab [secret]"), (["ab\r\nlonger\r\n"], "ab longer", "ab [secret]"),
    (["s€cret"], "a s€cret", "a [secret]"),
    // What two occurrences have in common must not save the rest of either.
    (["abca"], "abcabca x", "[secret] x"), (["abcd", "cdef"], "abcdef", "[secret]"), (["abcd", "bc-"], "abc- abcd", "a[secret] [secret]"),
    (["abc\u{301}"], "abc\u{301}", "[secret]"), (["abc"], "abc\u{301}", "[secret]\u{301}"),
  ]

  @Test(arguments: rows) func hides(secrets: [String], text: String, masked: String) {
    #expect(Masker(secrets).mask(text) == masked)
  }

  @Test("what has been hidden stays as it is", arguments: ["secret", "[secret]", "cre"]) func again(secret: String) {
    let masker = Masker([secret])
    let masked = masker.mask("a \(secret) [secret] b")
    #expect(masker.mask(masked) == masked)
    #expect(!masked.replacing("[secret]", with: "").contains(secret))
  }

  @Test func aSecretNeedNotBeText() {
    var stream = StreamMasker(Masker([Secret.environment("S"): [0xFF, 0xFE, 0x61, 0x62]]))
    #expect(Array(stream.feed([0x30, 0xFF, 0xFE, 0x61, 0x62, 0xFF]) + stream.finish()) == Array("0[secret]".utf8) + [0xFF])
    #expect(Masker([Secret.environment("S"): [0xFF, 0x61, 0x62]]).mask("x \u{FFFD}ab") == "x [secret]")
  }
}

/// Secrets in the forms that programs write them in; the programs here are not ours.
@Suite struct SecretFormTests {
  static let secrets = ["hunter2", "c4n4ry'\"$x\\y z", "a+b/c=d?e&f<g>h", "pässwörd €🚀~!*()", "tab\tand`tick`", "x_y-z.0"]

  @Test("base64, at every place of a longer text, in both alphabets", arguments: secrets) func base64(secret: String) {
    let masker = Masker([secret])
    for before in 0..<7 {
      for after in 0..<4 {
        let bytes = Data(repeating: 0x55, count: before) + Data(secret.utf8) + Data(repeating: 0xAA, count: after)
        let text = bytes.base64EncodedString()
        let forAddresses = text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        for text in [text, forAddresses] {
          // All that stays has at least one bit of a neighbour in it.
          let start = (8 * before + 5) / 6
          let end = after > 0 ? 8 * (before + secret.utf8.count) / 6 : text.utf8.count
          #expect(masker.mask(text) == text.prefix(start) + "[secret]" + text.dropFirst(end), "\(text)")
        }
      }
    }
  }

  @Test("base64 in lines, as openssl and base64 print it", arguments: [64, 76]) func base64Lines(width: Int) {
    let secret = (0..<9).map { "line \($0) of a long secret" }.joined(separator: " ")
    let text = Data((secret + "\n").utf8).base64EncodedString()
    let lines = stride(from: 0, to: text.count, by: width).map { String(text.dropFirst($0).prefix(width)) }
    #expect(lines.map(Masker([secret]).mask) == Array(repeating: "[secret]", count: lines.count))
  }

  @Test(arguments: secrets) func percentEncoded(secret: String) {
    let unreserved = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    for allowed in [unreserved, unreserved.union(.init(charactersIn: "!*'()")), unreserved.union(.init(charactersIn: "/"))] {
      let text = secret.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
      for text in [text, text.replacing(#/%../#) { $0.output.lowercased() }, text.replacing("%20", with: "+")] {
        #expect(Masker([secret]).mask("?q=\(text)&x") == "?q=[secret]&x", "\(text)")
      }
    }
    #expect(Masker([secret]).mask("/\(secret.pathPart)/") == "/[secret]/")
  }

  @Test(arguments: secrets) func shellQuoted(secret: String) {
    let once = Tasks.shellQuoted(secret)
    for text in [once, Tasks.shellQuoted(once)] {
      #expect(!Masker([secret]).mask(text).contains(secret.prefix(4)), "\(text)")
      #expect(Masker([secret]).mask(text).contains("[secret]"))
    }
  }

  @Test("as bash quotes it, and traces it", arguments: secrets) func bash(secret: String) throws {
    let script = "printf '%q\\n' \"$S\"; set -x; : \"$S\"; s=$S"
    let ended = try Started(["/bin/bash", "-c", script], environment: ["S": secret, "LC_ALL": "C.UTF-8"]).end()
    // A tab has its own quotes there: what is before it and behind it is short and plain.
    guard !secret.contains("\t") else { return }
    let masked = Masker([secret]).mask(ended.output + ended.errors)
    #expect(masked.split(separator: "[secret]", omittingEmptySubsequences: false).count == 4, "\(masked)")
  }

  @Test(arguments: secrets) func json(secret: String) throws {
    let encoder = JSONEncoder()
    let slashed = String(decoding: try encoder.encode(secret), as: UTF8.self)
    encoder.outputFormatting = .withoutEscapingSlashes
    let python = try Started(
      ["/usr/bin/env", "python3", "-c", "import json, os; print(json.dumps(os.environ['S']))"],
      environment: ["S": secret, "LC_ALL": "C.UTF-8"])
    let texts = [slashed, String(decoding: try encoder.encode(secret), as: UTF8.self), JSON.text(.string(secret)), python.end().output]
    for text in texts {
      #expect(Masker([secret]).mask(text).trimmingCharacters(in: .newlines) == "\"[secret]\"", "\(text)")
    }
    // Go
    let numbered = secret.reduce(into: "") { text, character in
      switch character {
      case "<", ">", "&": text += "\\u00" + String(character.unicodeScalars.first?.value ?? 0, radix: 16)
      case "\"", "\\": text += "\\\(character)"
      case "\t": text += "\\t"
      default: text.append(character)
      }
    }
    #expect(Masker([secret]).mask(numbered) == "[secret]", "\(numbered)")
  }

  @Test(arguments: secrets) func markup(secret: String) throws {
    let script = """
      import html, os
      from xml.sax import saxutils
      s = os.environ['S']
      print(html.escape(s), html.escape(s, quote=False), saxutils.escape(s), saxutils.escape(s, {'"': '&quot;', "'": '&apos;'}), sep='\\n')
      """
    let ended = try Started(["/usr/bin/env", "python3", "-c", script], environment: ["S": secret, "LC_ALL": "C.UTF-8"]).end()
    #expect(Masker([secret]).mask(ended.output) == String(repeating: "[secret]\n", count: 4), "\(ended)")
    let report = JUnitText.text(
      name: "n", duration: 0, suites: [.init(name: "s", timestamp: .now(), cases: [.init(name: secret, host: "h", result: .passed)])])
    guard !secret.contains("\t") || secret == secret.safe else { return }
    #expect(Masker([secret]).mask(report).contains("name=\"[secret]\""), "\(report)")
  }

  @Test("what would be too short in another form is not hidden there") func short() {
    for form in ["YWI", "%61", "ab"] { #expect(Masker(["ab"]).mask("x\(form)x") == "x\(form)x") }
  }
}

/// Where a stream is cut makes no difference.
@Suite struct StreamMaskerTests {
  /// All occurrences, by trying every word at every place; what overlaps is hidden as one.
  private static func reference(_ words: [[UInt8]], _ bytes: [UInt8]) -> [UInt8] {
    var cover = [Int](repeating: 0, count: bytes.count)
    var ranges = words.flatMap { word in
      bytes.indices.compactMap { bytes[$0...].starts(with: word) ? $0..<($0 + word.count) : nil }
    }.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }[...]
    var number = 0
    while var range = ranges.popFirst() {
      while let next = ranges.first, next.lowerBound < range.upperBound {
        range = range.lowerBound..<max(range.upperBound, next.upperBound)
        ranges.removeFirst()
      }
      number += 1
      for index in range { cover[index] = number }
    }
    var masked: [UInt8] = []
    for index in bytes.indices {
      if cover[index] == 0 { masked.append(bytes[index]) } else if index == 0 || cover[index - 1] != cover[index] { masked += Masker.mask }
    }
    return masked
  }

  private static func random(_ letters: [UInt8], _ count: Range<Int>, _ generator: inout SeededGenerator) -> [UInt8] {
    (0..<Int.random(in: count, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? 0 }
  }

  @Test("any text, any words, any cuts", arguments: 0..<40) func cuts(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<50 {
      let letters = Array("ab\n%c".utf8.prefix(Int.random(in: 1...5, using: &generator)))
      let words = (0..<Int.random(in: 1...4, using: &generator)).map { _ in Self.random(letters.filter { $0 != 10 }, 3..<9, &generator) }
        .filter { $0.count > 2 }
      let bytes = Self.random(letters, 0..<200, &generator)
      let masker = Masker(finding: words)
      let expected = Self.reference(words, bytes)
      var rest = bytes[...]
      var stream = StreamMasker(masker)
      var masked: [UInt8] = []
      while !rest.isEmpty {
        let count = Int.random(in: 0...min(rest.count, 30), using: &generator)
        masked += stream.feed(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      masked += stream.finish()
      #expect(masked == expected, "\(words.map { String(decoding: $0, as: UTF8.self) }) in \(String(decoding: bytes, as: UTF8.self))")
      var again = stream
      #expect(Array(again.feed(bytes[...]) + again.finish()) == expected)
      #expect(masker.mask(String(decoding: bytes, as: UTF8.self)) == String(decoding: expected, as: UTF8.self))
    }
  }

  @Test func onlyWhatMayBeASecretWaits() {
    var stream = StreamMasker(Masker(["secret"]))
    #expect(Array(stream.feed(Array("a se".utf8)[...])) == Array("a ".utf8))
    #expect(Array(stream.feed(Array("nd secre".utf8)[...])) == Array("send ".utf8))
    #expect(Array(stream.feed(Array("t".utf8)[...])) == Array("[secret]".utf8))
    #expect(stream.finish().isEmpty)
  }

  @Test("bytes that are no text, and no secret, come out as they went in") func exact() {
    var generator = SeededGenerator(seed: 1)
    let bytes = (0..<100_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    var stream = StreamMasker(Masker(["a secret", "another"]))
    var masked: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 777) { masked += stream.feed(bytes[start..<min(start + 777, bytes.count)]) }
    #expect(masked + stream.finish() == bytes)
  }
}

extension Masker {
  fileprivate init(_ secrets: [String]) {
    self.init(Dictionary(uniqueKeysWithValues: secrets.enumerated().map { (Secret.environment("S\($0)"), Array($1.utf8)) }))
  }
}
