/// Reads a version from left to right, accepting the spellings that PEP 440 normalises.
struct VersionReader {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    rest = rest.lowercased()[...]
  }

  mutating func version() -> Version? {
    guard rest.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var version = Version()
    if rest.first == "v" { rest.removeFirst() }
    guard let first = number() else { return nil }
    if skip("!") {
      version.epoch = first
      guard let release = number() else { return nil }
      version.release = [release]
    } else {
      version.release = [first]
    }
    while rest.first == ".", rest.dropFirst().first?.isNumber == true {
      rest.removeFirst()
      guard let part = number() else { return nil }
      version.release.append(part)
    }
    if let stage = keyword(["alpha": 0, "a": 0, "beta": 1, "b": 1, "preview": 2, "pre": 2, "c": 2, "rc": 2]) {
      guard let stage = Version.Stage(rawValue: stage), let number = suffixNumber() else { return nil }
      version.pre = Version.PreRelease(stage: stage, number: number)
    }
    if rest.first == "-", rest.dropFirst().first?.isNumber == true {
      rest.removeFirst()
      guard let post = number() else { return nil }
      version.post = post
    } else if keyword(["post": 0, "rev": 0, "r": 0]) != nil {
      guard let post = suffixNumber() else { return nil }
      version.post = post
    }
    if keyword(["dev": 0]) != nil {
      guard let dev = suffixNumber() else { return nil }
      version.dev = dev
    }
    if skip("+") {
      guard let local = localParts() else { return nil }
      version.local = local
    }
    return rest.isEmpty ? version : nil
  }

  private mutating func skip(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  /// Digits that fit a number.
  private mutating func number() -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    return value
  }

  /// One of the words, the longest that fits, with a separator before it if there is one.
  private mutating func keyword(_ words: [String: Int]) -> Int? {
    var after = rest
    if let separator = after.first, "-_.".contains(separator) { after.removeFirst() }
    guard let word = words.keys.filter({ after.hasPrefix($0) }).max(by: { $0.count < $1.count }) else { return nil }
    rest = after.dropFirst(word.count)
    return words[word]
  }

  /// The number after a word, which may be left out and then is 0.
  private mutating func suffixNumber() -> Int? {
    let before = rest
    if let separator = rest.first, "-_.".contains(separator) { rest.removeFirst() }
    if rest.first?.isNumber == true { return number() }
    rest = before
    return 0
  }

  private mutating func localParts() -> [Version.LocalPart]? {
    let parts = rest.split(omittingEmptySubsequences: false) { "-_.".contains($0) }
    rest = ""
    var local: [Version.LocalPart] = []
    for part in parts {
      guard !part.isEmpty, part.allSatisfy({ $0.isLetter || $0.isNumber }) else { return nil }
      if part.allSatisfy(\.isNumber) {
        guard let number = Int(part) else { return nil }
        local.append(.number(number))
      } else {
        local.append(.word(String(part)))
      }
    }
    return local
  }
}
