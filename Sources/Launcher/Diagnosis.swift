/// What the compiler said, told apart: its own text about the user's files, and what it found wrong in the stub.
struct Diagnosis {
  /// The compiler's text, untouched except that the stub, which nobody wrote, is not in it.
  let text: String
  /// What to add to it.
  let hints: [String]

  init(_ output: [UInt8], stub: String) {
    let whole = String(decoding: output, as: UTF8.self)
    var own: [Substring] = []
    var stubs: [String] = []
    var inStub = false
    for line in whole.split(separator: "\n", omittingEmptySubsequences: false) {
      let plain = plain(line)
      if plain.hasPrefix(stub) {
        inStub = true
        stubs.append(plain)
      } else if !isSnippet(plain) {
        inStub = false
      }
      if !inStub { own.append(line) }
    }
    let about = own.joined(separator: "\n")
    let faults = stubs.filter { $0.contains("error: ") }
    // A mistake elsewhere usually takes `deployfile` along, so the stub counts only when it alone is at fault.
    let isStubAlone = !plain(about[...]).contains("error: ")
    let known = isStubAlone ? faults.compactMap(Hint.forStub) : []
    // Never fail without a word: what we cannot explain is shown as it came.
    text = isStubAlone && known.isEmpty ? whole : about
    hints = known + Hint.all(for: plain(whole[...]))
  }
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
