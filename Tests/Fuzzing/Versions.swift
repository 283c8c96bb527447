import Runner
import Tasks
import TestSupport

extension Fuzzed {
  private static let others = [
    "0", "1", "1.0", "1.0.1", "1.0a1", "1.0.dev0", "1.0.post1", "1!0.5", "1.0+x.1", "2", "1.0rc1", "1.0+2", "1.0.post1.dev2",
  ].compactMap { Version($0) }

  static let version = Fuzzed(
    "version",
    samples: [
      "1.4.2", "v1.0", "1!2.0rc1.post3.dev4+local.5", "1.0-alpha_2", "2.0.0.0", ">=1.4,<2", "==1.4.*", "~=1.4.2", "!=1.0+x", "===foo",
      "<= 1.0 , > 0", "1.0-1",
    ],
    tokens: [
      "0", "1", "2", "10", "007", "999999999999999999", "9999999999999999999", ".", "..", "-", "_", "+", "!", "a", "b", "c", "rc", "alpha",
      "beta", "pre", "preview",
      "post", "rev", "r", "dev", "v", "V", "*", ".*", " ", "\t", "\n", ",", ">=", "<=", "==", "===", "~=", "!=", "<", ">", "=", "local",
      "x", "é", "\u{301}", ";", ")",
    ],
    shapes: [
      Shape("numbers", "1", repeating: ".1"), Shape("zeros", "1", repeating: ".0"), Shape("one number", repeating: "9"),
      Shape("leading zeros", repeating: "0", "1"),
      Shape("local parts", "1+a", repeating: ".1"), Shape("one local part", "1+", repeating: "a"), Shape("separators", "1", repeating: "-"),
      Shape("specifiers", repeating: ">=1.0,"), Shape("commas", repeating: ","), Shape("blanks", repeating: " ", "1"),
      Shape("operators", repeating: "="),
      Shape("a text", "===", repeating: "x"), Shape("words", "1", repeating: "rc"), Shape("letters", repeating: "a"),
    ],
    parse: { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if let version = Version(text) { _ = version < others[0] }
      if let specifiers = VersionSpecifiers(text) { _ = specifiers.filter(others) }
      do throws(VersionSyntaxError) { _ = try VersionWord(parsing: text) } catch { _ = error.words }
    },
    check: { bytes, generator in
      let text = String(decoding: bytes, as: UTF8.self)
      if let version = Version(text),
        let problem = check(version, others.randomElement(using: &generator), others.randomElement(using: &generator))
      {
        return problem
      }
      do throws(VersionSyntaxError) { _ = try VersionWord(parsing: text) } catch {
        if error.words.utf8.count > 4000 { return "an error of \(error.words.utf8.count) bytes" }
      }
      guard let specifiers = VersionSpecifiers(text) else { return nil }
      guard let again = VersionSpecifiers(specifiers.description), again == specifiers else { return "other specifiers: \(specifiers)" }
      let left = specifiers.filter(others)
      return left.allSatisfy { specifiers.contains($0) } && left == again.filter(others) ? nil : "other versions for \(specifiers)"
    })

  private static func check(_ version: Version, _ one: Version?, _ two: Version?) -> String? {
    guard let again = Version(version.description) else { return "no version: \(version)" }
    if again != version || again.description != version.description { return "another version: \(version), \(again)" }
    guard let one, let two else { return nil }
    for (left, right) in [(version, one), (one, version), (version, version)] {
      let signs = [left < right, left == right, left > right].count { $0 }
      if signs != 1 { return "\(signs) of <, == and > hold for \(left) and \(right)" }
      if left == right, left.hashValue != right.hashValue { return "\(left) and \(right) hash apart" }
    }
    let sorted = [version, one, two].sorted()
    if sorted[0] > sorted[2] { return "no order: \(version), \(one), \(two)" }
    guard VersionSpecifiers("==\(version)")?.contains(version) == true,
      VersionSpecifiers(">=\(version.withoutLocal)")?.contains(version) == true
    else {
      return "\(version) is not itself"
    }
    return nil
  }
}

extension Version {
  fileprivate var withoutLocal: String { description.split(separator: "+").first.map(String.init) ?? "" }
}
