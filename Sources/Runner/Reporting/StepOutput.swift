/// What is kept of the output of one step on one host: the beginning and the end of each stream, and what tells the whole from any other.
///
/// How the two streams were mixed is chance, so standard output comes first.
package struct StepOutput: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    /// Nothing for our own word about what is left out.
    package var stream: OutputStream?
    package var text: String

    package init(_ stream: OutputStream?, _ text: String) {
      self.stream = stream
      self.text = text
    }
  }

  /// How much is kept of each end of a stream.
  package struct Limit: Sendable, Hashable {
    package var lines: Int
    package var bytes: Int

    package init(lines: Int = 100, bytes: Int = 1 << 14) {
      self.lines = lines
      self.bytes = bytes
    }

    /// What a report over so many hosts can hold.
    package static func forHosts(_ count: Int) -> Limit { Limit(bytes: min(1 << 14, max(1 << 10, memory / max(1, count) / 4))) }

    private static let memory = 16 << 20
  }

  private var output: KeptStream
  private var errors: KeptStream

  package init(limit: Limit = Limit()) {
    output = KeptStream(limit: limit)
    errors = output
  }

  /// Adds a line without its end, in which nothing is left to hide.
  package mutating func add(_ line: ArraySlice<UInt8>, _ stream: OutputStream) {
    if stream == .output { output.add(line) } else { errors.add(line) }
  }

  /// What was not even read: so many bytes between the lines before and those that come.
  package mutating func skip(bytes: Int) { output.skip(bytes: bytes) }

  /// Drops the text to save memory, not what tells it from others.
  package mutating func forget() {
    output.forget()
    errors.forget()
  }

  /// What can be shown: safe for every place, without colours.
  package var lines: [Line] { output.lines(.output) + errors.lines(.error) }

  /// How many bytes are held.
  package var size: Int { output.size + errors.size }
  package var isEmpty: Bool { output.count == 0 && errors.count == 0 }
  package var isWhole: Bool { output.isWhole && errors.isWhole }
}

/// One stream of it.
private struct KeptStream: Sendable, Hashable {
  private let limit: StepOutput.Limit
  private(set) var count = 0
  /// Of everything, kept or not.
  private var digest = 0
  private var head: [String] = []
  private var headSize = 0
  private var tail: [String] = []
  private var tailSize = 0
  private var skipped = 0

  init(limit: StepOutput.Limit) { self.limit = limit }

  static func == (left: KeptStream, right: KeptStream) -> Bool { left.count == right.count && left.digest == right.digest }

  func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(digest)
  }

  var size: Int { headSize + tailSize }
  var isWhole: Bool { skipped == 0 && head.count + tail.count == count }

  mutating func add(_ line: ArraySlice<UInt8>) {
    count += 1
    mix { hasher in line.withUnsafeBytes { hasher.combine(bytes: $0) } }
    let text = line.text.beginning(1000).uncolored
    let size = text.utf8.count + 1
    if head.count == count - 1, skipped == 0, head.count < limit.lines, headSize + size <= limit.bytes {
      head.append(text)
      headSize += size
      return
    }
    tail.append(text)
    tailSize += size
    // Now and then, because it moves what stays.
    if tail.count > 2 * limit.lines || tailSize > 2 * limit.bytes { shorten() }
  }

  mutating func skip(bytes: Int) {
    skipped += bytes
    mix { $0.combine(bytes) }
  }

  mutating func forget() {
    (head, headSize, tail, tailSize) = ([], 0, [], 0)
  }

  func lines(_ stream: OutputStream) -> [StepOutput.Line] {
    var last = self
    last.shorten()
    let gap = gap(count - last.head.count - last.tail.count).map { [StepOutput.Line(nil, $0)] } ?? []
    return last.head.map { StepOutput.Line(stream, $0) } + gap + last.tail.map { StepOutput.Line(stream, $0) }
  }

  private func gap(_ lines: Int) -> String? {
    if skipped > 0 { return "(\(skipped) bytes left out)" }
    return lines > 0 ? "(\(Runner.count(lines, "line")) left out)" : nil
  }

  private mutating func shorten() {
    var start = tail.count
    var size = 0
    while start > 0, tail.count - start < limit.lines, size + tail[start - 1].utf8.count < limit.bytes {
      start -= 1
      size += tail[start].utf8.count + 1
    }
    tail.removeFirst(start)
    tailSize = size
  }

  private mutating func mix(_ add: (inout Hasher) -> Void) {
    var hasher = Hasher()
    hasher.combine(digest)
    add(&hasher)
    digest = hasher.finalize()
  }
}

extension String {
  /// A line of a host as a page or a table shows it: safe, and without colours.
  package var uncolored: String {
    let safe = safeOutput(colors: true)
    guard safe.utf8.contains(0x1B) else { return safe }
    var text = String.UnicodeScalarView()
    var isColor = false
    for scalar in safe.unicodeScalars {
      if scalar == "\u{1B}" {
        isColor = true
      } else if !isColor {
        text.append(scalar)
      } else if scalar == "m" {
        isColor = false
      }
    }
    return String(text)
  }
}
