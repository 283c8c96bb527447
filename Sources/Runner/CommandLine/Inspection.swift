import Tasks

/// What `run` answers without touching a host.
package struct Inspection {
  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place

  private var planning: Planning { Planning(deployfile: deployfile, invocation: invocation, place: place) }

  func list() -> ExitStatus {
    show(invocation.wantsJSON ? JSON.text(Listing.json(of: deployfile), pretty: true) + "\n" : Listing.text(of: deployfile))
  }

  /// The runs of this Deployfile from this machine, the newest first.
  func history() -> ExitStatus {
    let runs = PastRun.all(of: place.root)
    return show(
      invocation.wantsJSON ? JSON.text(.array(runs.map(\.json)), pretty: true) + "\n" : History.text(of: runs))
  }

  func version() -> ExitStatus { show("pushbutton \(Usage.version)\n") }

  func completion(_ shell: CompletionShell) -> ExitStatus {
    show(CompletionScript.text(for: shell, program: CommandLine.arguments[0]))
  }

  func help(_ name: String?) throws(Failure) -> ExitStatus {
    guard let name else { return show(Usage.text) }
    let word = name.split(separator: ":").first.map(String.init) ?? name
    guard let task = deployfile.tasks.first(where: { $0.name == name }) ?? deployfile.tasks.first(where: { $0.name == word }) else {
      throw Failure(UsageError.unknownTask(name, known: deployfile.tasks.map(\.name)))
    }
    return show(Usage.text(for: task).safeLines)
  }

  func hosts(_ pattern: String?) throws(Failure) -> ExitStatus {
    let planning = planning
    let environment = try planning.environment(of: nil)
    guard let inventory = try Engine.settled({ () async throws(Failure) in try await planning.inventory(of: environment) }) else {
      throw Failure(noInventory: ())
    }
    let hosts: [Host]
    do throws(PatternError) { hosts = try inventory.hosts(of: pattern, within: invocation.limit) } catch { throw Failure(error) }
    guard invocation.wantsJSON else { return show(Listing.text(of: hosts)) }
    return show(JSON.text(Listing.json(of: hosts, environment: environment?.name), pretty: true) + "\n")
  }

  func plan() throws(Failure) -> ExitStatus {
    let planning = planning
    let root = place.root
    let plans = try Engine.settled { () async throws(Failure) in
      do throws(Failure) { return try await planning.plans() } catch { throw error.masked(Masker(planning.indexes.secrets)) }
    }.map { plan in
      var plan = plan
      for application in Set(plan.steps.compactMap(\.reportsVersionsOf)) {
        plan.live[application] = LiveMemory(of: application, environment: plan.environment, root: root)
      }
      return plan
    }
    if invocation.wantsDifference { return show(difference(of: plans)) }
    guard invocation.wantsJSON else {
      let palette = Palette.forTerminal(isatty(1) == 1)
      return show(plans.map { PlanText.text(of: $0, palette) }.joined(separator: "\n"))
    }
    // One task gives one object; several an array of them.
    let values = plans.map(PlanJSON.value)
    return show(JSON.text(values.count == 1 ? values[0] : .array(values), pretty: true) + "\n")
  }

  /// From the last run of the same; the whole plan where there is none.
  private func difference(of plans: [Plan]) -> String {
    guard let last = LastPlan(of: invocation.title, root: place.root) else {
      return "\(invocation.title) has not been run from this machine: all of it is new\n\n"
        + plans.map { PlanText.text(of: $0) }.joined(separator: "\n")
    }
    return last.lines(to: plans, .forTerminal(isatty(1) == 1)).joined(separator: "\n") + "\n"
  }

  /// Plans every task that needs no parameters in every environment; the Deployfile has compiled when this runs.
  func check() -> ExitStatus {
    let planning = planning
    let environments: [EnvironmentDefinition?] = deployfile.environments.isEmpty ? [nil] : deployfile.environments
    let lines = Engine.run { () async -> [(text: String, isGood: Bool)] in
      var lines: [(text: String, isGood: Bool)] = []
      for environment in environments { lines += await planning.check(in: environment) }
      return lines
    }
    _ = show(lines.map(\.text).joined())
    return lines.allSatisfy(\.isGood) ? .done : .invalid
  }

  private func show(_ text: String) -> ExitStatus {
    try? File.write(Array(text.utf8), to: 1)
    return .done
  }
}

extension Planning {
  /// A line for each task: planned, in need of parameters, or why not.
  @Engine func check(in environment: EnvironmentDefinition?) async -> [(text: String, isGood: Bool)] {
    let suffix = environment.map { ":\($0.name)" } ?? ""
    let inventory: Inventory?
    do throws(Failure) { inventory = try await self.inventory(of: environment) } catch { return [(error.text, false)] }
    var lines: [(text: String, isGood: Bool)] = []
    for task in deployfile.tasks { lines.append(await check(task, in: environment, inventory, suffix)) }
    return lines
  }

  @Engine private func check(
    _ task: TaskDefinition, in environment: EnvironmentDefinition?, _ inventory: Inventory?, _ suffix: String
  ) async -> (text: String, isGood: Bool) {
    let missing = task.parameters.filter(\.isRequired).map { "--\($0.name)" }
    guard missing.isEmpty else { return ("skipped  \(task.name)\(suffix): needs \(missing.joined(separator: ", "))\n", true) }
    do throws(Failure) {
      let plan = try await self.plan(task, words: [:], environment: environment, inventory: inventory)
      return ("ok       \(task.name)\(suffix): \(count(plan.steps.count, "step")), \(count(plan.hosts.count, "host"))\n", true)
    } catch {
      return ("failed   \(task.name)\(suffix): \(error.text.replacing("error: ", with: ""))", false)
    }
  }
}
