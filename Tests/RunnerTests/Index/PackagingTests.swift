import Foundation
import Tasks
import Testing

@testable import Runner

/// A Python with `packaging` and `pypiserver`.
enum TestPython {
  static let path = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
  static let isAvailable = path != nil
  static let reason = "PUSHBUTTON_TEST_PYTHON is not a Python with packaging and pypiserver"

  static func script(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Support/\(name)").standardizedFileURL.path
  }
}

/// Thousands of versions and specifiers, as the library that pip uses sees them.
@Suite("like packaging", .enabled(if: TestPython.isAvailable, Comment(rawValue: TestPython.reason))) struct PackagingTests {
  static let versions = [
    "1.0a.", "1.0a-", "1.0a--1", "1.0post--dev1", "1.0post-dev1", "1.0rc-1", "1.0-rc.-1", "1.0+\u{212a}", "1.0po\u{17f}t1", "1.0.dev.",
    "1.0dev+a",
    "1.0-1-1", "1.0r", "1.0rc", "1.0-r.c", "\u{a0}1.0\u{85}", "\u{1c}1.0\u{1f}", "1.0\r\n", "1.0\u{301}", "v", "v.1", "vv1", "1!v1", "1!!1",
    "000!1", "1.0+0a", "1.0+a_b-c.d", "1.0+", "1.0+a.", "1.0+-a", "١", "1.0.0.0.0.0", "1.0 \u{0}", "\u{0}1", "", " ", "1.0alph",
    "1.0preview.2",
    "1.0previewa", "1e5", "0x1", "-1", "+1", "1.-1", "1_0", "1.0*", "1.*",
  ]
  static let specifiers = [
    "", ",", " , ", "===foo", "=== 1.0", "===1.0;", "===1.0)", "===1 0", "====1.0", "==", ">=", "1.0", "=1.0", "=>1.0", "=<1.0",
    "<>1.0",
    "~>1.0", "^1.0", "==*", "==.*", "==1.*", "== 1.*", "==1 .*", "==1.*.*", "==1.0a1.*", "==1.0.post1.*", "==1.0.dev1.*", "==1.0+a.*",
    "==v1.*",
    "==1!2.*", ">=1.*", "~=1.*", "===1.*", "~=1", "~=1.0", "~=1.0a1", "~=1!1", "~=1.0+a", ">=1.0+a", ">1.0+a", "<=1.0+a", "<1.0+a",
    "==1.0+a", "!=1.0+a",
    ">1.0", ">1.0.post1", ">1.0.dev1", ">1.0a1", ">1.0.post1.dev1", "<1.0", "<1.0.post1", "<1.0a1", "<1.0.dev1", "<0", "<0.dev0", "<=1.0",
    "==1.0",
    "==1.0.0", "!=1.0", "!=1.*", "!=1.0a1", ">=1.0a1", ">=1.0,<2", ">=1,<2.0a1", ">=1.0a1,!=1.0", "==1.0a1,==1.0", "===1.0A1", "===1.0a1",
    "==1.0;",
    ">= 1.0 , < 2 ", ">=1.0<2", "v>=1", ">=v1.0", ">=1.0.", "==1..0", "==1.0.*.", "~=2.2.post3", "~=1.4.5a4", "~=2.2.0.0",
  ]

  @Test func everyAnswerIsTheSame() throws {
    let picked: Value = [
      "versions": .array(Self.versions.map(Value.string)), "specifiers": .array(Self.specifiers.map(Value.string)),
    ]
    let result = try TestProgram.run(
      [TestPython.path ?? "", TestPython.script("version_oracle.py"), "20261122", "2400"], folder: "/tmp", input: JSON.bytes(picked))
    try #require(result.status == 0, "\(String(decoding: result.errorOutput, as: UTF8.self))")
    var differences: [String] = []
    var cases = 0
    for line in result.output.split(separator: UInt8(ascii: "\n")) {
      let answer = try JSON.parse(Array(line))
      cases += 1
      switch answer["kind"] {
      case .string("version"): differences += compareVersion(answer)
      case .string("order"): differences += compareOrder(answer)
      default: differences += compareSpecifiers(answer)
      }
    }
    #expect(cases >= 4900)
    #expect(differences.prefix(25) == [])
  }

  private func compareVersion(_ answer: Value) -> [String] {
    let text = answer["text"]?.plainText ?? ""
    let version = Version(text)
    let normal: Value = version.map { .string($0.description) } ?? .null
    return normal == answer["normal"] && .bool(version?.isPreRelease ?? false) == answer["pre"] ? [] : ["\(text): \(normal), not \(answer)"]
  }

  private func compareOrder(_ answer: Value) -> [String] {
    guard let texts = answer["texts"]?.strings, case .array(let ranks)? = answer["ranks"] else { return ["no order"] }
    let versions = texts.compactMap { Version($0) }
    guard versions.count == ranks.count else { return ["refused one of \(texts)"] }
    var differences: [String] = []
    for (one, left) in zip(versions, ranks) {
      for (other, right) in zip(versions, ranks) {
        guard case .int(let left) = left, case .int(let right) = right else { continue }
        if (one < other) != (left < right) || (one == other) != (left == right) { differences.append("\(one) and \(other)") }
        if one == other, one.hashValue != other.hashValue { differences.append("hashes of \(one) and \(other)") }
      }
    }
    return differences
  }

  private func compareSpecifiers(_ answer: Value) -> [String] {
    let text = answer["text"]?.plainText ?? ""
    guard let specifiers = VersionSpecifiers(text) else { return answer["valid"] == false ? [] : ["\(text) is valid"] }
    if answer["valid"] == false { return ["\(text) is not valid"] }
    let versions = (answer["versions"]?.strings ?? []).compactMap { Version($0) }
    guard case .array(let contains)? = answer["contains"], versions.count == contains.count else { return ["refused one of \(answer)"] }
    var differences: [String] = []
    for (version, isContained) in zip(versions, contains) where .bool(specifiers.contains(version)) != isContained {
      differences.append("\(text) contains \(version): \(isContained)")
    }
    let filtered = specifiers.filter(versions).map(\.description)
    if filtered != answer["filter"]?.strings {
      differences.append("\(text) filters \(versions): \(filtered), not \(answer["filter"] ?? .null)")
    }
    return differences
  }
}
