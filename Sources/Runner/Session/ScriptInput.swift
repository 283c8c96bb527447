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
  case file(LocalFile)

  package var length: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(let file): file.length
    }
  }

  /// The SHA-256; nothing when a file could not be read.
  package var digest: String? {
    get async {
      switch self {
      case .bytes(let bytes): SHA256.hex(SHA256.digest(bytes))
      case .file(let file): await file.digest.value
      }
    }
  }

  @Engine func send(to child: Child) async {
    switch self {
    case .bytes(let bytes): child.send(bytes)
    case .file(let file):
      // A file that has shrunk since leaves the host short of bytes: the session must end rather than wait for them.
      if (try? await child.send(contentsOf: file.path, length: file.length)) != true { child.closeInput() }
    }
  }
}
