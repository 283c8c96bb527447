/// The words of `ansible_ssh_common_args` and `ansible_ssh_extra_args`: options that neither keep a run from working nor weaken it.
package struct SSHArguments: Sendable, Equatable {
  /// As ssh gets them: every option apart, and apart from its value.
  package private(set) var words: [String] = []
  /// `StrictHostKeyChecking=accept-new`, which is for the transport to say.
  package private(set) var acceptsNewHostKeys = false
  /// `-A`, which is for the transport to say.
  package private(set) var forwardsAgent = false
  /// Whole seconds, or a count, where they are given: `connecttimeout`, `serveraliveinterval`, `serveralivecountmax`.
  package private(set) var numbers: [String: Int] = [:]
  /// The first host on the way, as it is written: its user and port included.
  package private(set) var firstJump: String?
  package private(set) var proxyCommand: String?

  package init() {}

  package init(_ text: String) throws(SSHArgumentProblem) {
    // Not all Characters are one scalar: a line feed behind a carriage return hides in one.
    guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\t" && $0 != "\n" }) else {
      throw .controlCharacter
    }
    guard let words = shellWords(text) else { throw .unclosed }
    var rest = words[...]
    while let word = rest.popFirst() { try read(word, &rest) }
  }

  /// These, and then those; ssh keeps the first value of each setting.
  package mutating func append(_ others: SSHArguments) {
    words += others.words
    acceptsNewHostKeys = acceptsNewHostKeys || others.acceptsNewHostKeys
    forwardsAgent = forwardsAgent || others.forwardsAgent
    numbers.merge(others.numbers) { first, _ in first }
    firstJump = firstJump ?? others.firstJump
    proxyCommand = proxyCommand ?? others.proxyCommand
  }

  /// One word, which may hold several letters, and the word behind it when a value is missing.
  private mutating func read(_ word: String, _ rest: inout ArraySlice<String>) throws(SSHArgumentProblem) {
    guard word.hasPrefix("-"), word != "-", word != "--" else { throw .bareWord(word) }
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      let option = "-\(letter)"
      if let refusal = SSHOption.refused(letter) { throw .refused(option, refusal) }
      guard let kind = SSHOption.letters[letter] else { throw .unknownOption(option) }
      guard kind != .flag else {
        flag(letter)
        continue
      }
      let value = letters.isEmpty ? rest.popFirst() : String(letters)
      guard let value, !value.isEmpty else { throw .missingValue(option) }
      letters = ""
      if kind == .setting { try setting(value) } else { try add(option, value, kind) }
    }
  }

  private mutating func flag(_ letter: Character) {
    switch letter {
    case "A": forwardsAgent = true
    case "a": forwardsAgent = false
    default: words.append("-\(letter)")
    }
  }

  private mutating func add(_ option: String, _ value: String, _ kind: SSHOption.Kind) throws(SSHArgumentProblem) {
    guard kind.accepts(value) else { throw .value(option, value, kind) }
    if kind == .jump, firstJump == nil { firstJump = Self.firstHop(value) }
    words += [option, value]
  }

  /// `Name=value`, `Name value` or `Name = value`.
  private mutating func setting(_ text: String) throws(SSHArgumentProblem) {
    let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let value = text.dropFirst(name.count).drop { $0 == " " || $0 == "\t" || $0 == "=" }.trimmingSuffix { $0 == " " || $0 == "\t" }
    guard !name.isEmpty else { throw .unknownSetting(text) }
    let key = name.lowercased()
    if let refusal = SSHOption.refusedSettings[key] { throw .refused("\(name)", refusal) }
    guard let (spelling, kind) = SSHOption.settings[key] else { throw .unknownSetting(String(name)) }
    guard !value.isEmpty else { throw .missingValue(spelling) }
    guard kind.accepts(String(value)) else { throw .value(spelling, String(value), kind) }
    if kind.weakens(String(value)) { throw .refused("\(spelling)=\(value)", .weakensHostKeys) }
    switch key {
    case "stricthostkeychecking": acceptsNewHostKeys = acceptsNewHostKeys || value.lowercased() == "accept-new"
    case "forwardagent": forwardsAgent = value.lowercased() == "yes"
    case "connecttimeout", "serveraliveinterval", "serveralivecountmax": numbers[key] = numbers[key] ?? Int(value)
    default:
      if kind == .jump, firstJump == nil, value.lowercased() != "none" { firstJump = Self.firstHop(String(value)) }
      if kind == .command, proxyCommand == nil, value.lowercased() != "none" { proxyCommand = String(value) }
      words += ["-o", "\(spelling)=\(value)"]
    }
  }

  private static func firstHop(_ jumps: String) -> String { String(jumps.prefix { $0 != "," }) }
}

/// Why words for ssh are not let through.
package enum SSHArgumentProblem: Error, Equatable {
  /// A quote that is not closed, or a backslash at the end.
  case unclosed
  case controlCharacter
  /// A word that is no option: ssh would take it for the host.
  case bareWord(String)
  case unknownOption(String)
  case unknownSetting(String)
  case missingValue(String)
  case value(String, String, SSHOption.Kind)
  case refused(String, SSHOption.Refusal)
}
