/// What a script reads itself: first what to run, then the data.
package struct ScriptTransfer: Sendable {
  package var payload: ScriptLine
  package var data: ScriptInput

  package init(_ payload: ScriptLine, _ data: ScriptInput) {
    self.payload = payload
    self.data = data
  }

  @Engine func send(to child: Child, mark: String) async {
    child.send(RemoteShell.head(of: payload, mark: mark))
    await data.send(to: child)
  }
}

/// Bytes that a script reads from the session's input, of a length that both sides know.
package enum ScriptInput: Sendable {
  case bytes([UInt8])
  case file(path: String, length: Int)

  @Engine func send(to child: Child) async {
    switch self {
    case .bytes(let bytes): child.send(bytes)
    case .file(let path, let length):
      // A file that has shrunk since leaves the host short of bytes: the session must end rather than wait for them.
      if (try? await child.send(contentsOf: path, length: length)) != true { child.closeInput() }
    }
  }
}
