import Tasks

/// Sends a file or a filled template to the host, where it is checked before it gets its name.
@Engine struct UploadRun {
  let context: RunContext
  let state: HostState
  let step: PlannedStep
  let report: StepReport

  func run(_ content: PlannedStep.Content, to destination: Text, mode: Int?) async -> SingleRun.End {
    switch content {
    case .file(let path):
      guard let local = (try? path.rendered(for: state.host))?.plainText else { return .failed("no local path") }
      return await send(file: absolute(local, in: context.root), to: destination, mode: mode)
    case .template(_, let text):
      guard let bytes = bytes(of: text) else { return .failed("the template has a value that is not known") }
      let length = bytes.count
      return await send(.bytes(bytes), length: length, digest: SHA256.hex(SHA256.digest(bytes)), to: destination, mode: mode ?? 0o644)
    }
  }

  func send(file path: String, to destination: Text, mode: Int?) async -> SingleRun.End {
    do throws(SystemError) {
      let (length, digest, own) = try FileDigest.of(path)
      return await send(.file(path: path, length: length), length: length, digest: digest, to: destination, mode: mode ?? own)
    } catch {
      return .failed("cannot read \(path): \(error.reason)")
    }
  }

  private func send(_ input: ScriptInput, length: Int, digest: String, to destination: Text, mode: Int) async -> SingleRun.End {
    let (session, unreachable) = await context.session(for: state)
    guard let session else { return SingleRun.End(outcome: .unreachable, problem: unreachable) }
    let payload = TransferCommand.upload(
      to: destination, length: length, digest: digest, mode: mode, nonce: Nonce.make(bytes: 4))
    let script: ScriptLine
    let line: ScriptLine
    do {
      (script, line) = try context.writer(for: state).transfer(step, payload, captures: state.captures)
    } catch {
      return .failed(Failure(error, at: step.location).message)
    }
    var status: Int?
    var refusal: SudoRefusal?
    if step.mayAskForPassword, let refusal = state.sudoRefusal { return .refused(refusal) }
    let number = context.interruption.observe(stop: {}, cancel: { session.cancel() })
    let report = report
    let password = step.mayAskForPassword ? context.sudoPassword : nil
    let end = await session.run(script, transfer: ScriptTransfer(line, input), password: password) { event in
      switch event {
      case .output(_, let stream, let bytes): report.output(stream, bytes)
      case .refused(_, let asked): refusal = context.refusal(of: step, asked: asked, last: report.lastLine, on: state)
      case .ended(_, _, let code, _): status = code
      case .begun: break
      }
    }
    context.interruption.unobserve(number)
    // The host ends a session after a transfer that failed: it must not be taken for one that waits for its next script.
    if status != 0 { session.cancel() }
    if let refusal { return .refused(refusal, status: status) }
    if let status { return status == 0 ? .succeeded : .failed(problem(status: status, timedOut: nil), status: status) }
    // The final name appears only after the check, and last: whether it did is not known.
    if case .lost(let reason) = end { return SingleRun.End(outcome: .unknown, problem: "the connection was lost: \(reason)") }
    return .failed("the host did not say how it ended")
  }

  private func bytes(of text: Text) -> [UInt8]? {
    guard let fragments = (try? text.rendered(for: state.host))?.fragments else { return nil }
    var bytes: [UInt8] = []
    for fragment in fragments {
      switch fragment {
      case .text(let text): bytes += text.utf8
      case .secret(let secret): bytes += context.secrets[secret] ?? []
      case .captured(let name):
        guard let value = state.captures[name.name] else { return nil }
        bytes += value
      case .host, .run, .decided: return nil
      }
    }
    return bytes
  }
}

/// Length, SHA-256 and permission bits of a file, read in pieces.
enum FileDigest {
  static func of(_ path: String) throws(SystemError) -> (length: Int, digest: String, mode: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("stat", path) }
    var digest = SHA256()
    var length = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SystemError("read", path) }
      guard count > 0 else { break }
      digest.update(buffer[..<count])
      length += count
    }
    return (length, SHA256.hex(digest.finish()), Int(status.st_mode & 0o777))
  }
}
