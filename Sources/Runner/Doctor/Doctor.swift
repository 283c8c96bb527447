import Tasks

/// `run --doctor [PATTERN]`: looks at this machine and at hosts, changes nothing, and says what to do.
package struct Doctor: Sendable {
  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place
  let pattern: String?
  /// What the launcher has found before.
  let earlier: [Finding]

  package func run() throws(Failure) -> ExitStatus {
    try Engine.settled { () async throws(Failure) in try await self.runOnEngine() }
  }

  @Engine private func runOnEngine() async throws(Failure) -> ExitStatus {
    let target = try await target()
    let isOpen = deployfile.tasks.isEmpty || !target.needs.unknown.isEmpty
    let here = HereCheck(needs: target.needs, needsSSH: target.hosts.contains { !$0.isLocal }, isOpen: isOpen)
    let findings = earlier + target.findings + (await here.findings())
    let sink = Sink(descriptor: 1)
    let columns = sink.isTerminal ? Platform.terminalSize(1)?.columns : nil
    let text = DoctorText(palette: .forTerminal(sink.isTerminal), columns: columns)
    if !invocation.wantsJSON {
      // Hosts take their time.
      sink.write(text.here(findings))
      sink.flush()
    }
    let canReach = !findings.contains { $0.state == .problem && ($0.name == "ssh" || $0.name == "TMPDIR") }
    let rounds = Rounds(deployfile: deployfile, invocation: invocation, place: place, target: target)
    let (reports, interrupted) = try await canReach ? rounds.reports() : ([], nil)
    let status = interrupted ?? Self.status(findings, reports)
    if invocation.wantsJSON {
      sink.write(JSON.text(json(findings, reports, target, status), pretty: true) + "\n")
    } else {
      let title = "\(count(reports.count, "host"))\(target.environment.map { " of \($0.name)" } ?? "")"
      if !reports.isEmpty { sink.write(text.table(reports, title: title)) }
      sink.write(text.whatToDo(findings, reports))
    }
    sink.flush()
    return status
  }

  /// Trouble on the way to hosts counts only where there is no other.
  package static func status(_ here: [Finding], _ reports: [HostReport]) -> ExitStatus {
    let all = here + reports.flatMap(\.findings)
    if all.contains(where: { $0.state == .problem }) { return .failed }
    return all.contains { $0.state == .unreachable } ? .unreachable : .done
  }

  // MARK: Which hosts

  /// What is looked at beyond this machine.
  struct Target: Sendable {
    var environment: EnvironmentDefinition?
    var hosts: [Host] = []
    var needs = Needs()
    var findings: [Finding] = []
  }

  private func target() async throws(Failure) -> Target {
    let planning = Planning(deployfile: deployfile, invocation: invocation, place: place)
    let names = deployfile.environments.map(\.name)
    var target = Target()
    if pattern == nil, invocation.environment == nil, invocation.inventory == nil, names.count != 1 {
      if !names.isEmpty { target.findings.append(DoctorWords.notLookedAt(names)) }
      target.needs.unknown = deployfile.tasks.map(\.name)
      return target
    }
    target.environment = try planning.environment(of: nil)
    let loaded: Inventory?
    do throws(Failure) { loaded = try await planning.inventory(of: target.environment) } catch {
      target.findings.append(Finding("inventory", .problem, error))
      if let environment = target.environment { target.needs.add(environment.inventory) }
      return target
    }
    guard let inventory = loaded else { throw Failure(noInventory: ()) }
    target.needs = planning.needs(in: target.environment, inventory)
    do throws(PatternError) { target.hosts = try inventory.hosts(of: pattern, within: invocation.limit) } catch { throw Failure(error) }
    return target
  }

  private func json(_ here: [Finding], _ reports: [HostReport], _ target: Target, _ status: ExitStatus) -> Value {
    [
      "version": 1, "status": .int(Int(status.rawValue)), "environment": target.environment.map { .string($0.name) } ?? .null,
      "here": .array(here.map(\.json)), "hosts": .array(reports.map(\.json)),
    ]
  }
}

extension Doctor {
  /// What can be looked at without a program of the Deployfile's: there is none, or it could not be made.
  package static func withoutProgram(_ words: [String], _ earlier: [Finding], isBroken: Bool) -> ExitStatus {
    let nothing = Deployfile {}
    do throws(Failure) {
      var invocation = Invocation()
      if isBroken {
        // Environments and hosts are in the Deployfile.
        invocation.wantsJSON = words.prefix { $0 != "--" }.contains("--json")
      } else {
        var parser = CommandLineParser(deployfile: nothing, words: words)
        do throws(UsageError) { invocation = try parser.parse() } catch { throw Failure(error) }
      }
      var pattern: String?
      if case .doctor(let word) = invocation.action { pattern = word }
      return try Doctor(deployfile: nothing, invocation: invocation, place: .current(), pattern: pattern, earlier: earlier).run()
    } catch {
      try? File.write(Array(error.text.utf8), to: 2)
      return error.status
    }
  }
}
