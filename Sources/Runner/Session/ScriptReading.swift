/// What a script says while it runs.
package enum ScriptEvent: Equatable {
  case begun(step: Int, attempt: Int)
  case output(step: Int, OutputStream, ArraySlice<UInt8>)
  /// The attempt that ends next was never begun by sudo, which has asked for a password so many times.
  case refused(step: Int, asked: Int)
  /// One attempt has ended, on both streams.
  case ended(step: Int, attempt: Int, status: Int, timedOut: Bool)
}

/// What a script wants to know, or to be known, while it runs.
package enum ScriptQuestion: Equatable {
  /// Its steps run in this process.
  case shell(Int)
  /// sudo asks for a password.
  case password(Int)
  /// A step runs, and waits for what it is to do.
  case payload(Int)
}

/// Puts the two streams of one script together: each byte and each status to its step.
@Engine package final class ScriptReading {
  private var scanners: [OutputStream: MarkScanner]
  private let receive: @Engine (ScriptEvent) -> Void
  private let ask: @Engine (ScriptQuestion) -> Void
  private var current: [OutputStream: Int] = [:]
  private var begun: (step: Int, attempt: Int)?
  /// The stream that has told the end of a step before the other one, and what it says of later steps meanwhile.
  private var ahead: (stream: OutputStream, step: Int, status: Int)?
  private var queue: [MarkScanner.Piece] = []
  private var queuedBytes = 0
  /// Whether one stream ran away from the other: no shell of ours does that.
  package private(set) var isFlooded = false
  private var timedOut = false
  private var awaitsSudo = false
  private var asked = 0
  private var done: Set<OutputStream> = []
  private var result: HostSession.ScriptEnd?
  private var waiting: CheckedContinuation<HostSession.ScriptEnd, Never>?

  package init(
    nonce: String, prompt: String, ask: @escaping @Engine (ScriptQuestion) -> Void, receive: @escaping @Engine (ScriptEvent) -> Void
  ) {
    let scanner = MarkScanner(nonce: nonce, prompt: prompt)
    scanners = [.output: scanner, .error: scanner]
    self.ask = ask
    self.receive = receive
  }

  package func end() async -> HostSession.ScriptEnd {
    await withCheckedContinuation { continuation in
      if let result { continuation.resume(returning: result) } else { waiting = continuation }
    }
  }

  package func receive(_ bytes: ArraySlice<UInt8>, _ stream: OutputStream) {
    guard result == nil else { return }
    take(scanners[stream]?.feed(bytes) ?? [], stream)
    if queuedBytes > Self.queueLimit {
      isFlooded = true
      lost(StepWords.oneStream)
    }
  }

  /// More than ssh and pipes can have on the way.
  private static let queueLimit = 8 << 20

  /// The connection is gone: an end that only one stream could tell still counts.
  package func lost(_ reason: String) {
    for stream in [OutputStream.output, .error] { take(scanners[stream]?.finish() ?? [], stream) }
    // The other stream could have told that sudo began it.
    if let ahead {
      awaitsSudo = awaitsSudo && ahead.stream == .error
      finish(ahead.step, ahead.status)
    }
    if timedOut, let begun { finish(begun.step, 128 + 9) }
    finish(.lost(reason))
  }

  private func take(_ pieces: [MarkScanner.Piece], _ stream: OutputStream) {
    for piece in pieces {
      if ahead?.stream == stream {
        queue.append(piece)
        if case .bytes(let bytes) = piece { queuedBytes += bytes.count }
        continue
      }
      switch piece {
      case .bytes(let bytes):
        if let step = current[stream] { receive(.output(step: step, stream, bytes)) }
      case .mark(.begun(let step, let attempt)): begin(step, attempt, stream)
      case .mark(.timedOut): timedOut = true
      case .mark(.sudo): awaitsSudo = true
      case .mark(.running): awaitsSudo = false
      case .mark(.shell(let process)): ask(.shell(process))
      case .mark(.waiting(let number)): if awaitsSudo { ask(.payload(number)) }
      case .mark(.asked(let number)):
        guard awaitsSudo else { continue }
        asked += 1
        ask(.password(number))
      case .mark(.ended(let step, let status)):
        if ahead == nil { ahead = (stream, step, status) } else { finish(step, status) }
      case .mark(.done):
        done.insert(stream)
        if done.count == 2 { finish(.done) }
      }
    }
  }

  /// A step begins with the first stream that says so.
  private func begin(_ step: Int, _ attempt: Int, _ stream: OutputStream) {
    current[stream] = step
    guard begun?.step != step || begun?.attempt != attempt else { return }
    begun = (step, attempt)
    (timedOut, awaitsSudo, asked) = (false, false, 0)
    receive(.begun(step: step, attempt: attempt))
  }

  private func finish(_ step: Int, _ status: Int) {
    let waiting = ahead?.stream
    let pieces = queue
    (ahead, queue, queuedBytes) = (nil, [], 0)
    let attempt = begun?.attempt ?? 1
    begun = nil
    if awaitsSudo { receive(.refused(step: step, asked: asked)) }
    receive(.ended(step: step, attempt: attempt, status: status, timedOut: timedOut))
    (timedOut, awaitsSudo) = (false, false)
    if let waiting { take(pieces, waiting) }
  }

  private func finish(_ end: HostSession.ScriptEnd) {
    guard result == nil else { return }
    result = end
    waiting?.resume(returning: end)
    waiting = nil
  }
}
