/// Where lines for people and programs go: a descriptor that may be closed at any time without harm to the run.
@Engine package final class Sink {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isScheduled = false
  private var isClosed = false

  package init(descriptor: Int32) { self.descriptor = descriptor }

  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether it is a terminal that can do more than print.
  package var canMoveCursor: Bool { isTerminal && !["", "dumb"].contains(ProcessEnvironment.value("TERM") ?? "") }

  /// Of the terminal; what all terminals once had where it does not tell.
  package var size: (columns: Int, rows: Int) { Platform.terminalSize(descriptor) ?? (80, 24) }

  /// Whole lines, written soon.
  package func write(_ text: String) {
    buffer += text.utf8
    flushSoon()
  }

  /// One line, in two pieces.
  package func write(_ start: [UInt8], _ rest: ArraySlice<UInt8>) {
    buffer += start
    buffer += rest
    buffer.append(UInt8(ascii: "\n"))
    flushSoon()
  }

  private func flushSoon() {
    if buffer.count > 1 << 15 {
      flush()
    } else if !isScheduled {
      isScheduled = true
      Engine.after(.milliseconds(5)) {
        self.isScheduled = false
        self.flush()
      }
    }
  }

  /// A closed output never stops a deploy: what cannot be written is dropped.
  package func flush() {
    guard !buffer.isEmpty else { return }
    if !isClosed {
      do { try File.write(buffer, to: descriptor) } catch { isClosed = error.code != EAGAIN }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
