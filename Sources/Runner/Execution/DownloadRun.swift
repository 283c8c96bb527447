import Tasks

/// Fetches a file from the host into a name beside the final one, checks it, and only then renames it.
@Engine struct DownloadRun {
  let context: RunContext
  let state: HostState
  let step: PlannedStep
  let report: StepReport

  func run(_ path: Text, to destination: Text) async -> SingleRun.End {
    guard let local = (try? destination.rendered(for: state.host))?.plainText else { return .failed(StepWords.noLocalPath) }
    let target = absolute(local, in: context.root)
    do throws(SystemError) {
      try File.createFolders(above: target)
      let file = try PartialFile(target)
      let end = await fetch(path, into: file)
      if end.outcome != .succeeded {
        file.discard()
        return end
      }
      return try file.complete() ? .succeeded : .failed(StepWords.damaged(file.problem))
    } catch {
      return .failed(StepWords.cannotWrite(target, error))
    }
  }

  private func fetch(_ path: Text, into file: PartialFile) async -> SingleRun.End {
    let (session, unreachable) = await context.session(for: state)
    guard let session else { return SingleRun.End(outcome: .unreachable, problem: unreachable) }
    var asking = step
    asking.action = .command(TransferCommand.download(path), shown: nil, captured: nil)
    asking.attempts = 1
    let line: ScriptLine
    do { line = try context.writer(for: state).script([asking], captures: state.captures) } catch {
      return .failed(Failure(error, at: step.location).message)
    }
    var status: Int?
    var refusal: SudoRefusal?
    if step.mayAskForPassword, let refusal = state.sudoRefusal { return .refused(refusal) }
    let number = context.interruption.observe(stop: { session.stop() }, cancel: { session.cancel() })
    let report = report
    let end = await session.run(line, password: context.sudoPassword) { event in
      switch event {
      case .output(_, .output, let bytes): file.receive(bytes)
      case .output(_, let stream, let bytes): report.output(stream, bytes)
      case .refused(_, let asked): refusal = context.refusal(of: step, asked: asked, last: report.lastLine, on: state)
      case .ended(_, _, let code, let timedOut): status = timedOut ? 137 : code
      case .begun: break
      }
    }
    context.interruption.unobserve(number)
    if let refusal { return .refused(refusal, status: status) }
    if let status { return status == 0 ? .succeeded : .failed(problem(status: status, timedOut: nil), status: status) }
    // Nothing on the host has changed, so this is a plain failure.
    if case .lost(let reason) = end { return .failed(StepWords.connectionLost(reason)) }
    return .failed(StepWords.noEnd)
  }
}

/// A file that gets its name when all its bytes are there.
@Engine final class PartialFile {
  private let target: String
  private let path: String
  private let descriptor: Int32
  private var header: [UInt8]? = []
  private var expected: (length: Int, digest: String)?
  private var digest = SHA256()
  private var length = 0
  private var error: SystemError?

  /// A length of 20 digits, a digest of 64, and some room.
  private static let headerLimit = 200

  init(_ target: String) throws(SystemError) {
    self.target = target
    path = "\(target).\(Nonce.make(bytes: 4)).part"
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemError("open", path) }
  }

  /// The first line tells length and digest, the rest is the file.
  func receive(_ bytes: ArraySlice<UInt8>) {
    guard var head = header else { return write(bytes) }
    head += bytes
    guard let end = head.firstIndex(of: UInt8(ascii: "\n")), end < Self.headerLimit else {
      // Without a length nothing is written, however much comes.
      header = head.count < Self.headerLimit ? head : nil
      return
    }
    let words = String(decoding: head[..<end], as: UTF8.self).split(separator: " ")
    if words.count == 2, let length = Int(words[0]), length >= 0 { expected = (length, String(words[1])) }
    header = nil
    write(head[(end + 1)...])
  }

  var problem: String { expected.map { "\(length) of \($0.length) bytes" } ?? "the host told no length" }

  /// Gives the file its name if it is whole; otherwise nothing is left of it.
  func complete() throws(SystemError) -> Bool {
    if let error {
      discard()
      throw error
    }
    guard let expected, expected.length == length, SHA256.hex(digest.finish()) == expected.digest else {
      discard()
      return false
    }
    close(descriptor)
    guard rename(path, target) == 0 else { throw SystemError("rename", target) }
    return true
  }

  func discard() {
    close(descriptor)
    unlink(path)
  }

  private func write(_ bytes: ArraySlice<UInt8>) {
    guard error == nil, !bytes.isEmpty else { return }
    // More than was announced is no part of the file.
    guard let expected, expected.length - length >= bytes.count else { return length += bytes.count }
    digest.update(bytes)
    length += bytes.count
    do { try File.write(Array(bytes), to: descriptor, path: path) } catch { self.error = error }
  }
}
