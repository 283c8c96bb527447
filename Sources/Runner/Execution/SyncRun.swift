import Tasks

/// Makes a folder on the host equal to a local one, with `rsync` over our `ssh` options.
@Engine struct SyncRun {
  let context: RunContext
  let state: HostState
  let step: PlannedStep
  let report: StepReport

  func run(_ folder: Text, to destination: Text, deleting: Bool) async -> SingleRun.End {
    guard let local = (try? folder.rendered(for: state.host))?.plainText, let remote = remotePath(destination) else {
      return .failed("a path of sync cannot hold a secret or captured output")
    }
    let source = absolute(local, in: context.root)
    let words: [String]
    do throws(InventoryError.HostProblem) { words = try arguments(source.hasSuffix("/") ? source : source + "/", remote, deleting) } catch {
      return .failed(error.message(state.host.name))
    }
    let start = ChildStart(words, environment: context.ssh.environment, folder: context.root)
    let report = report
    let child: Child
    do throws(SpawnError) { child = try Child(start) { stream, bytes in report.output(stream, bytes) } } catch {
      return .failed("cannot start rsync: \(error.reason); install it on this machine")
    }
    let number = context.interruption.observe(stop: {}, cancel: { child.signal(SIGTERM) })
    state.cancelLocal = { child.signal(SIGTERM) }
    let exit = await child.wait()
    state.cancelLocal = nil
    context.interruption.unobserve(number)
    switch exit {
    case .exited(0): return .succeeded
    case .exited(let code): return .failed("rsync ended with status \(code)", status: Int(code))
    case .signalled(let signal): return .failed("rsync was ended by signal \(signal)")
    }
  }

  private func arguments(_ source: String, _ remote: String, _ deleting: Bool) throws(InventoryError.HostProblem) -> [String] {
    var words = ["rsync", "-rlptz"]
    if deleting { words.append("--delete") }
    if let user = step.attributes.user { words.append("--rsync-path=sudo -n -u \(user) -- rsync") }
    if state.host.isLocal { return words + ["--", source, remote] }
    // The destination is protected from the remote shell by rsync itself, and the command for -e is split at spaces and quotes.
    let destination = try SSHDestination(state.host)
    let ssh = (context.ssh.arguments(for: destination, log: nil) + ["--"]).map(Self.quotedForRsync).joined(separator: " ")
    let address = destination.address.contains(":") ? "[\(destination.address)]" : destination.address
    return words + ["-s", "-e", ssh, "--", source, "\(address):\(remote)"]
  }

  private func remotePath(_ destination: Text) -> String? {
    var path = ""
    for text in step.attributes.folders + [destination] {
      guard let next = (try? text.rendered(for: state.host))?.plainText else { return nil }
      path = path.isEmpty || next.hasPrefix("/") ? next : path + "/" + next
    }
    return path
  }

  /// rsync splits at spaces, honours quotes, and knows no escapes but a doubled quote.
  private static func quotedForRsync(_ word: String) -> String {
    word.contains(" ") || word.contains("'") || word.contains("\"") ? "'\(word.replacing("'", with: "''"))'" : word
  }
}
