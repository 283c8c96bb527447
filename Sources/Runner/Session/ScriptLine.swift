import Tasks

/// A script on one line, as bytes: the remote shell runs a line only when its newline has arrived.
package struct ScriptLine: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// Whether it wants `RemoteShell.more` to have been sent.
  package var needsMore = false

  package init() {}

  /// One word.
  package init(quoting text: String) { quote(text) }

  /// Shell text of our own; never holds a newline.
  package mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  package mutating func raw(_ line: ScriptLine) { bytes += line.bytes }

  /// One word that means exactly these bytes; newlines inside come from the variable `pb_n`.
  package mutating func quote(_ content: some Sequence<UInt8>) {
    bytes.append(UInt8(ascii: "'"))
    for byte in content {
      switch byte {
      case UInt8(ascii: "'"): raw("'\\''")
      case UInt8(ascii: "\n"): raw("'\"$pb_n\"'")
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "'"))
  }

  package mutating func quote(_ text: String) { quote(text.utf8) }
}
