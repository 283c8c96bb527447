/// What the compiler said, told apart: its own text about the user's files, and what it found wrong in the stub.
struct Diagnosis {
  /// The compiler's text, without what nobody wrote: the stub, notes about Pushbutton's own sources, and the functions of its builders.
  let text: String
  /// What to add to it.
  let hints: [String]

  init(_ output: [UInt8], stub: String) {
    let whole = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains(Self.staticWarning) }.joined(separator: "\n")
    var own: [Substring] = []
    var stubs: [String] = []
    var isForeign = false
    for line in whole.split(separator: "\n", omittingEmptySubsequences: false) {
      let plain = plain(line)
      if plain.hasPrefix(stub) {
        isForeign = true
        stubs.append(plain)
      } else if isNoteOnTasks(plain) {
        isForeign = true
      } else if !isSnippet(plain) {
        isForeign = false
      }
      if !isForeign { own.append(line) }
    }
    let about = Self.uncalled.reduce(own.joined(separator: "\n")) { $0.replacing($1, with: "") }
    let faults = stubs.filter { $0.contains("error: ") }
    // A mistake elsewhere usually takes `deployfile` along, so the stub counts only when it alone is at fault.
    let isStubAlone = !plain(about[...]).contains("error: ")
    let known = isStubAlone ? faults.compactMap(Hint.forStub) : []
    // Never fail without a word: what we cannot explain is shown as it came.
    text = isStubAlone && known.isEmpty ? whole : about
    hints = known + Hint.all(for: plain(whole[...]))
  }

  /// What a linker says of each function that may load parts of the C library, in a static program: see `Stub` for why ours do not.
  private static let staticWarning = "in statically linked applications requires at runtime the shared libraries"

  /// Before our own messages the compiler names functions that nobody has written a call of.
  private static let uncalled = ["buildExpression", "appendInterpolation", "init(_:_:default:)"].map { "'\($0)' is unavailable: " }
}

/// Whether a line points into Pushbutton's own module: by the path of its source, or by the name of a declaration where there is none.
private func isNoteOnTasks(_ line: String) -> Bool {
  guard let note = line.firstRange(of: ": note: ") else { return false }
  let place = line[..<note.lowerBound]
  return place.contains("/Sources/Tasks/") || place.hasPrefix("Tasks.")
}

/// Without the sequences that color it.
private func plain(_ text: Substring) -> String {
  guard text.utf8.contains(0x1B) else { return String(text) }
  var plain = ""
  var rest = text
  while let escape = rest.firstIndex(of: "\u{1B}") {
    plain += rest[..<escape]
    rest = rest[escape...].drop { $0 != "m" }.dropFirst()
  }
  return plain + rest
}

/// Whether a line shows source text below a message: `12 | let x = 1`, `   | ^ error: ...`, or is empty.
private func isSnippet(_ line: String) -> Bool {
  let rest = line.drop { $0 == " " || $0.isNumber }
  return rest.isEmpty || (rest.hasPrefix("|") && rest.startIndex > line.startIndex)
}
