/// Finds what a Swift file says to people: the texts of failures, outcomes, notices and of what is not available.
struct SwiftMessages {
  /// A bracket that is open, and where in it the scan is.
  private struct Frame {
    var sign: String
    /// The name in front of a parenthesis, and what stands before that.
    var call = ""
    var owner = ""
    var label = ""
    var index = 0
    /// Whether its texts say what to do, and not what is wrong.
    var isHelp = false
  }

  private static let openers: Set = ["(", "[", "{"], closers: Set = [")", "]", "}"]
  /// Their first argument is what a person reads.
  private static let calls: Set = ["Failure", "Refusal", "failed", "unreachable", "lost", "cannot", "notice", "say", "invalid"]

  private let tokens: [SwiftTokens.Token]
  private let file: String
  /// Whether the file words errors and does nothing else, so that each of its texts counts.
  private let isWords: Bool
  private var frames: [Frame] = []
  private var messages: [(message: Message, token: Int)] = []
  private var helpLine = 0
  private var isHelpAhead = false

  static func of(_ text: String, file: String) -> [Message] {
    // Words that were mistyped, and the kinds of stages that tests compare with.
    guard !["/Suggestion.swift", "/RehearsedPlan+Runner.swift"].contains(where: file.hasSuffix) else { return [] }
    var scan = SwiftMessages(SwiftTokens.of(text), file)
    for index in scan.tokens.indices { scan.read(index) }
    return scan.messages.map(\.message)
  }

  private init(_ tokens: [SwiftTokens.Token], _ file: String) {
    self.tokens = tokens
    self.file = file
    isWords = file.contains("/Failure/") || file.hasSuffix("/LauncherFailure.swift") || file.hasSuffix("/Hint.swift")
  }

  private func text(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

  private mutating func read(_ index: Int) {
    let token = tokens[index]
    switch token.kind {
    case .word where token.text == "help":
      if ["var", "func"].contains(text(index - 1)) { isHelpAhead = true }
      if text(index - 1) == "let" { helpLine = token.line }
    case .word: break
    case .sign: readSign(index)
    case .literal: readLiteral(index)
    }
  }

  private mutating func readSign(_ index: Int) {
    let sign = tokens[index].text
    if Self.openers.contains(sign) {
      var frame = Frame(sign: sign)
      if sign == "(", index > 0, tokens[index - 1].kind == .word, !["return", "in"].contains(text(index - 1)) {
        frame.call = text(index - 1)
        frame.owner = text(index - 2)
      }
      if sign == "{" {
        frame.isHelp = isHelpAhead
        isHelpAhead = false
      }
      frames.append(frame)
    } else if Self.closers.contains(sign) {
      _ = frames.popLast()
    } else if let last = frames.indices.last {
      if sign == "," {
        frames[last].index += 1
        frames[last].label = ""
      } else if sign == ":", frames[last].sign == "(", tokens[index - 1].kind == .word, ["(", ","].contains(text(index - 2)) {
        frames[last].label = text(index - 1)
      }
    }
  }

  private mutating func readLiteral(_ index: Int) {
    let token = tokens[index]
    if text(index - 1) == "+", index > 1, tokens[index - 2].kind == .literal {
      // Two literals that are one text.
      if let last = messages.indices.last, messages[last].token == index - 2 {
        messages[last].message.text += token.text
        messages[last].token = index
      }
      return
    }
    guard !isHelp(token) else { return }
    let isWhole = isWhole(index)
    guard isWhole || isWords else { return }
    // What the compiler says, in the table of hints, is not ours.
    if file.hasSuffix("/Hint.swift"), !isWhole, frames.last?.label == "pattern" || !token.text.contains(" ") { return }
    messages.append((Message(part: isWhole ? .whole : .piece, text: token.text, file: file, line: token.line), index))
  }

  private func isHelp(_ token: SwiftTokens.Token) -> Bool {
    if token.line == helpLine || frames.contains(where: { $0.isHelp || ($0.sign == "(" && ["help", "among"].contains($0.label)) }) {
      return true
    }
    // What is wrong and what to do, as a pair.
    guard let frame = frames.last else { return false }
    return frame.sign == "(" && frame.call.isEmpty && frame.index > 0 && frame.label.isEmpty
  }

  private func isWhole(_ index: Int) -> Bool {
    if tokens[index].text.hasPrefix("note: ") { return true }
    guard let frame = frames.last, frame.sign == "(" else { return false }
    switch (frame.call, frame.label) {
    case ("Event", "text"), ("End", "problem"), ("end", "problem"), ("Hint", "text"), ("available", "message"): return true
    case ("fail", ""): return frame.index == 1
    case ("init", ""): return frame.index == 0 && frame.owner == "."
    // A pair in a list or a dictionary is no message with its remedy: it is put into other texts.
    case ("", ""): return isWords && frame.index == 0 && text(index + 1) == "," && frames.dropLast().last?.sign != "["
    case (let call, ""): return frame.index == 0 && Self.calls.contains(call)
    default: return false
    }
  }
}
