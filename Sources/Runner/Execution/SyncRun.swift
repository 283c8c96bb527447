import Tasks

/// Makes a folder on the host equal to a local one, with `rsync` over the host's own connection.
@Engine struct SyncRun {
  let context: RunContext
  let state: HostState
  let step: PlannedStep
  let report: StepReport

  func run(_ folder: Text, to destination: Text, deleting: Bool) async -> SingleRun.End {
    guard let local = (try? folder.rendered(for: state.host))?.plainText, let remote = remotePath(destination) else {
      return .failed(StepWords.unknownSyncPath)
    }
    if let user = step.attributes.user, Self.isBelowHome(remote) {
      return .failed("a path of sync cannot begin with ~ inside of sudo: write out which folder of \(user) is meant")
    }
    let way: [String]
    switch await self.way() {
    case .success(let words): way = words
    case .failure(let refused): return refused.end
    }
    let source = absolute(local, in: context.root)
    let sudo = step.attributes.user.map { SudoRsync(user: $0) }
    let start = ChildStart(
      arguments(source.hasSuffix("/") ? source : source + "/", spelt(remote), deleting, sudo, over: way),
      environment: context.ssh.environment, folder: context.root)
    let listener = SudoRsync.Listener(sudo, report)
    let child: Child
    var errors: [UInt8] = []
    do throws(SpawnError) {
      child = try Child(start) { stream, bytes in
        listener.receive(stream, bytes)
        if stream == .error { errors = (errors + bytes).suffix(4096) }
      }
    } catch {
      return .failed("\(StepWords.cannotStart(error)); install it on this machine")
    }
    let number = context.interruption.observe(stop: {}, cancel: { child.signal(SIGTERM) })
    state.cancelLocal = { child.signal(SIGTERM) }
    let exit = await child.wait()
    state.cancelLocal = nil
    context.interruption.unobserve(number)
    let reason = way.isEmpty ? nil : Self.reason(isConnected: state.session?.isOpen == true, String(decoding: errors, as: UTF8.self))
    switch exit {
    case .exited(0): return .succeeded
    case .exited(let code) where listener.isRefused:
      return .failed(SudoWords.refusedSync(step.attributes.user, on: state.host, said: listener.said), status: Int(code))
    case .exited(let code): return .failed(StepWords.rsyncEnded(exit, reason: reason), status: Int(code))
    case .signalled: return .failed(StepWords.rsyncEnded(exit, reason: reason))
    }
  }

  private static func reason(isConnected: Bool, _ errors: String) -> String? {
    if errors.contains("Session open refused by peer") { return StepWords.noSecondSession }
    return isConnected ? nil : StepWords.connectionLost
  }

  /// The ssh that rsync starts: over the connection that is there, or, where it cannot be shared, over one of its own.
  private func way() async -> Result<[String], Refused> {
    guard !state.host.isLocal else { return .success([]) }
    let (session, unreachable) = await context.session(for: state)
    guard let session else { return .failure(Refused(end: SingleRun.End(outcome: .unreachable, problem: unreachable))) }
    guard let socket = session.socket else {
      do throws(InventoryError.HostProblem) {
        return .success(context.ssh.arguments(for: try SSHDestination(state.host), log: nil))
      } catch {
        return .failure(Refused(end: .failed(error.message(state.host.name))))
      }
    }
    do throws(ControlSocket.Problem) { try socket.check() } catch { return .failure(Refused(end: .failed(error.words))) }
    return .success(SSHTransport.arguments(over: socket))
  }

  private func arguments(_ source: String, _ remote: String, _ deleting: Bool, _ sudo: SudoRsync?, over way: [String]) -> [String] {
    let options = ["-rlptz"] + (deleting ? ["--delete"] : [])
    if state.host.isLocal { return (sudo?.local ?? ["rsync"]) + options + ["--", source, remote] }
    var words = ["rsync"] + options
    if let sudo { words.append("--rsync-path=\(sudo.remote)") }
    // The destination is protected from the remote shell by rsync itself, and the command for -e is split at spaces and quotes.
    let ssh = (way + ["--"]).map(Self.quotedForRsync).joined(separator: " ")
    let address = state.host.address.contains(":") ? "[\(state.host.address)]" : state.host.address
    return words + ["-s", "-e", ssh, "--", source, "\(address):\(remote)"]
  }

  private func remotePath(_ destination: Text) -> String? {
    var path = ""
    for text in step.attributes.folders + [destination] {
      guard let next = (try? text.rendered(for: state.host))?.plainText else { return nil }
      path = path.isEmpty || next.hasPrefix("/") || Self.isBelowHome(next) ? next : path + "/" + next
    }
    return path
  }

  private static func isBelowHome(_ path: String) -> Bool { path == "~" || path.hasPrefix("~/") }

  /// No shell sees the path on its way: what begins in the user's home is spelt out here, and on a host begins where a login does.
  private func spelt(_ path: String) -> String {
    guard Self.isBelowHome(path) else { return path }
    let rest = path.dropFirst(2)
    if state.host.isLocal, let home = ProcessEnvironment.value("HOME") { return "\(home)/\(rest)" }
    return rest.isEmpty ? "." : String(rest)
  }

  private struct Refused: Error { var end: SingleRun.End }

  /// rsync splits at spaces, honours quotes, and knows no escapes but a doubled quote.
  private static func quotedForRsync(_ word: String) -> String {
    word.contains(" ") || word.contains("'") || word.contains("\"") ? "'\(word.replacing("'", with: "''"))'" : word
  }
}
