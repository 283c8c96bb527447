import Runner
import Tasks

/// A Deployfile in rehearsal: planned and run by the real engine, on hosts that are only played.
///
/// No host is reached, no secret is read, nobody is told, and no file is changed but in a folder of its own that is gone afterwards.
///
///     let rehearsal = Rehearsal(deployfile)
///     let plan = try await rehearsal.plan("deploy:production", "--version", "1.4.2")
///     let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") { host("web2").isUnreachable() }
public struct Rehearsal: Sendable {
  let deployfile: Deployfile
  let root: String
  let versions: [String: [String]]

  /// A rehearsal of a Deployfile whose paths are relative to `root`: without one, the folder with a `Deployfile.swift` nearest to the test.
  ///
  /// `versions` is what indexes have of each package, for tasks that are given `latest` or a range.
  ///
  ///     Rehearsal(deployfile)
  ///     Rehearsal(deployfile, root: folder)
  ///     Rehearsal(deployfile, versions: ["shop": ["1.4.1", "1.4.2"]])
  public init(_ deployfile: Deployfile, root: String? = nil, versions: [String: [String]] = [:], file: String = #filePath) {
    self.deployfile = deployfile
    self.root = root ?? Folder.withDeployfile(above: file)
    self.versions = versions
  }

  /// The plan of one task, made of the words that a person would type behind `run`.
  ///
  /// - Throws: what `run` would print, when the plan cannot be made.
  ///
  ///     let plan = try await rehearsal.plan("deploy:production", "--version", "1.4.2", "--limit", "web1")
  ///     #expect(try plan.batches(of: "restart shop") == [["web1"]])
  ///     try plan.check(against: "deploy-production.txt")
  public func plan(_ words: String...) async throws(RehearsalError) -> RehearsedPlan {
    try await onEngine { () async throws(Failure) -> RehearsedPlan in
      let (_, _, plans) = try await planned(words)
      guard plans.count == 1, let plan = plans.first else { throw Failure.notOneTask(words) }
      return RehearsedPlan(plan)
    }
  }

  /// Runs tasks as `run` would with these words: what the script says happens, and everything else succeeds.
  ///
  /// - Throws: what `run` would print when it refuses to begin, or what is wrong with the script.
  ///
  ///     let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") {
  ///       step("restart shop", on: "web2").fails(status: 3, printing: "no such unit")
  ///     }
  public func rehearse(_ words: String..., @Script script: @Sendable () -> [Cue] = { [] }) async throws(RehearsalError) -> RehearsedRun {
    let cues = script()
    return try await onEngine { () async throws(Failure) -> RehearsedRun in
      let (invocation, indexes, plans) = try await planned(words)
      return try await Performing(plans: plans, cues: cues, title: invocation.title, indexes: indexes).run()
    }
  }

  @Engine private func planned(_ words: [String]) async throws(Failure) -> (Invocation, PackageIndexes, [Runner.Plan]) {
    let invocation = try invocation(words)
    let indexes = PackageIndexes(root: root, invocation.trust)
    let versions = versions
    indexes.standIn = { package throws(Failure) in
      guard let known = versions[package.name] else { throw Failure.noVersions(of: package.name) }
      return Offers(known.compactMap { Version($0) }.map { Offer($0) })
    }
    let place = Program.Place(root: root, workingFolder: root)
    let planning = Planning(deployfile: deployfile, invocation: invocation, place: place, indexes: indexes)
    return (invocation, indexes, try await planning.plans())
  }

  private func invocation(_ words: [String]) throws(Failure) -> Invocation {
    do throws(DeployfileError) { try DeployfileCheck.check(deployfile) } catch { throw Failure(error) }
    var parser = CommandLineParser(deployfile: deployfile, words: words)
    var invocation: Invocation
    do throws(UsageError) { invocation = try parser.parse() } catch { throw Failure(error) }
    guard [.run, .plan].contains(invocation.action) else { throw Failure.noTask(words) }
    // Who may write to a checkout of a build machine says nothing of the Deployfile.
    invocation.trustsFiles = true
    return invocation
  }

  /// The engine has a thread of its own in the tests' process.
  private func onEngine<Value: Sendable>(
    _ body: @escaping @Engine @Sendable () async throws(Failure) -> Value
  ) async throws(RehearsalError) -> Value {
    Engine.startOnOwnThread()
    let result = await Engine.task { () async -> Result<Value, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }.value
    switch result {
    case .success(let value): return value
    case .failure(let failure): throw RehearsalError(failure)
    }
  }
}
