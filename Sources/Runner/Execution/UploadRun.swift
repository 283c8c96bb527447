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
      guard let local = (try? path.rendered(for: state.host))?.plainText else { return .failed(StepWords.noLocalPath) }
      return await send(file: absolute(local, in: context.root), to: destination, mode: mode)
    case .template(_, let text):
      guard let bytes = bytes(of: text) else { return .failed(StepWords.unknownValue) }
      return await send(.bytes(bytes), to: destination, mode: mode ?? 0o644)
    }
  }

  func send(file path: String, to destination: Text, mode: Int?) async -> SingleRun.End {
    do throws(SystemError) {
      let file = try context.localFiles.file(path)
      return await send(.file(file), to: destination, mode: mode ?? file.mode)
    } catch {
      return .failed(StepWords.cannotRead(path, error))
    }
  }

  private func send(_ input: ScriptInput, to destination: Text, mode: Int) async -> SingleRun.End {
    let (session, unreachable) = await context.session(for: state)
    guard let session else { return SingleRun.End(outcome: .unreachable, problem: unreachable) }
    guard let digest = await input.digest else { return .failed(StepWords.changedWhileRead) }
    let payload = TransferCommand.upload(
      to: destination, length: input.length, digest: digest, mode: mode, nonce: Nonce.make(bytes: 4))
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
    if case .lost(let reason) = end { return SingleRun.End(outcome: .unknown, problem: StepWords.connectionLost(reason)) }
    return .failed(StepWords.noEnd)
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
