/// Tells a stream's bytes from the marks between them, wherever the stream is cut into pieces.
///
/// A mark is the byte 0x1E, a nonce that nobody outside the session knows, a space, a few words and a newline.
package struct MarkScanner: Sendable {
  package enum Piece: Sendable, Equatable {
    case bytes(ArraySlice<UInt8>)
    case mark(Mark)
  }

  /// What a mark says.
  package enum Mark: Sendable, Equatable {
    case begun(step: Int, attempt: Int)
    case ended(step: Int, status: Int)
    case timedOut
    /// What follows is sudo's own, until it says that it runs.
    case sudo
    /// The step, or transfer, runs as the user that it asked for.
    case running
    /// The steps run in this process, not in the session's shell.
    case shell(Int)
    /// sudo asks for a password, for the step that is called by this number.
    case asked(Int)
    /// The step runs, and waits for what it is to do.
    case waiting(Int)
    /// The script is done.
    case done
  }

  /// What marks begin with: those of sudo's prompts have another nonce, because prompts are arguments, which others may read.
  private let starts: [[UInt8]]
  private var held: [UInt8] = []
  /// The longest mark: two numbers of 20 digits.
  private static let limit = 64

  package init(nonce: String, prompt: String) { starts = [nonce, prompt].map { [0x1E] + Array($0.utf8) + [UInt8(ascii: " ")] } }

  /// The pieces that are complete now; what may be the beginning of a mark waits for more.
  package mutating func feed(_ bytes: ArraySlice<UInt8>) -> [Piece] {
    if held.isEmpty, bytes.firstPlace(of: 0x1E) == nil { return bytes.isEmpty ? [] : [.bytes(bytes)] }
    let all = (held + bytes)[...]
    held = []
    var pieces: [Piece] = []
    // Where the bytes begin that belong to no mark, and where the next mark may be.
    var start = all.startIndex, place = start
    func output(upTo end: Int) {
      if end > start { pieces.append(.bytes(all[start..<end])) }
    }
    while let next = all[place...].firstPlace(of: 0x1E) {
      switch mark(at: all[next...]) {
      case .incomplete:
        output(upTo: next)
        held = Array(all[next...])
        return pieces
      // A lone 0x1E of the output itself.
      case .none: place = next + 1
      case .found(let mark, let length):
        output(upTo: next)
        pieces.append(.mark(mark))
        place = next + length
        start = place
      }
    }
    output(upTo: all.endIndex)
    return pieces
  }

  /// What is left when the stream ends.
  package mutating func finish() -> [Piece] {
    defer { held = [] }
    return held.isEmpty ? [] : [.bytes(held[...])]
  }

  private enum Found {
    case incomplete, none
    case found(Mark, length: Int)
  }

  private func mark(at rest: ArraySlice<UInt8>) -> Found {
    guard let index = starts.firstIndex(where: { zip(rest, $0).allSatisfy(==) }) else { return .none }
    let start = starts[index]
    guard rest.count > start.count else { return .incomplete }
    let words = rest.dropFirst(start.count)
    guard let end = words.prefix(Self.limit).firstIndex(of: UInt8(ascii: "\n")) else {
      return words.count < Self.limit ? .incomplete : .none
    }
    let text = String(decoding: words[words.startIndex..<end], as: UTF8.self)
    guard let mark = Mark(text), mark.isPrompt == (index == 1) else { return .none }
    return .found(mark, length: end + 1 - rest.startIndex)
  }
}

extension MarkScanner.Mark {
  fileprivate init?(_ text: String) {
    let words = text.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard let word = words.first, numbers.count == words.count - 1 else { return nil }
    switch (word, numbers.count) {
    case ("b", 2): self = .begun(step: numbers[0], attempt: numbers[1])
    case ("e", 2): self = .ended(step: numbers[0], status: numbers[1])
    case ("t", 0): self = .timedOut
    case ("d", 0): self = .sudo
    case ("u", 0): self = .running
    case ("s", 1): self = .shell(numbers[0])
    case ("p", 1): self = .asked(numbers[0])
    case ("r", 1): self = .waiting(numbers[0])
    case ("z", 0): self = .done
    default: return nil
    }
  }

  fileprivate var isPrompt: Bool {
    switch self {
    case .asked, .waiting: true
    default: false
    }
  }
}
