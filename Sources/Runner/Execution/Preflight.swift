import Tasks

/// What must hold before a run touches anything.
@Engine enum Preflight {
  /// The programs that the plans need are here.
  static func check(_ plans: [Plan]) throws(Failure) {
    let steps = plans.flatMap(\.steps)
    let needsSSH = plans.contains { $0.hosts.contains { !$0.isLocal } }
    let needsSync = steps.contains(where: \.isSync)
    for (program, isNeeded, package) in [("ssh", needsSSH, "OpenSSH's client"), ("rsync", needsSync, "rsync")] {
      if isNeeded, SystemProgram.find(program) == nil { throw Failure(missing: program, from: package) }
    }
  }

  /// Of a difference that is shown before a question.
  private static let mostLines = 40

  /// A protected environment runs only after somebody said yes, and has seen what is not as it was the last time.
  static func confirm(_ plans: [Plan], _ deployfile: Deployfile, _ invocation: Invocation, root: String) async throws(Failure) {
    let protected = Set(deployfile.environments.filter(\.isProtected).map(\.name))
    var isDifferenceShown = false
    for plan in plans {
      guard let environment = plan.environment, protected.contains(environment), !invocation.answersYes else { continue }
      guard isatty(0) == 1 else { throw Failure(unattended: environment) }
      let hosts = plan.hosts.map(\.name)
      let shown = (isDifferenceShown ? [] : difference(of: plans, invocation.title, root: root)) + irreversible(in: plan)
      isDifferenceShown = true
      let question = "run \(plan.task) in \(environment), on \(count(hosts.count, "host")) (\(folded(hosts)))?"
      if !Terminal.ask((shown + ["\(question) [y/N] "]).joined(separator: "\n")) {
        throw Failure(notConfirmed: ())
      }
    }
  }

  /// What going back will not undo.
  private static func irreversible(in plan: Plan) -> [String] {
    plan.steps.filter(\.isIrreversible).map { "cannot be undone: [\($0.number)] \(($0.name ?? $0.shown.template).firstLine.safe)" }
  }

  private static func difference(of plans: [Plan], _ title: String, root: String) -> [String] {
    guard let lines = LastPlan(of: title, root: root)?.lines(to: plans, Palette(isOn: false)) else { return [] }
    return lines.prefix(mostLines) + (lines.count > mostLines ? ["(more: run --plan --diff \(title))"] : [])
  }

  /// The values of all secrets; those that are known already are not read again.
  static func secrets(of plans: [Plan], known: [Secret: [UInt8]], root: String, _ trust: FileTrust) async throws(Failure) -> [Secret:
    [UInt8]]
  {
    do throws(SecretValues.Problem) {
      let open = plans.reduce(into: Set<Secret>()) { $0.formUnion($1.secrets) }.subtracting(known.keys)
      let values = try await SecretValues.read(open, root: root, trust).merging(known) { $1 }
      for case let secret? in plans.map(\.sudoPassword) where values[secret]?.contains(UInt8(ascii: "\n")) == true {
        throw .holdsLineBreak(secret)
      }
      return values
    } catch {
      throw Failure(error)
    }
  }
}
