import Runner

/// What a test asks of a run; a step or a host that the plans do not know is an error, not a no.
extension RehearsedRun {
  /// What became of each host, by its name.
  ///
  ///     #expect(run.outcomes == ["web1": .succeeded, "web2": .failed, "web3": .notStarted])
  ///     #expect(run.outcomes["web2"] == .failed)
  ///     XCTAssertEqual(run.outcomes["web2"], .failed)
  public var outcomes: [String: Outcome] { Dictionary(hosts.map { ($0.name, $0.outcome) }) { first, _ in first } }

  /// One host's result.
  ///
  ///     #expect(try run.host("web2").problem == "[4] restart shop: status 3")
  public func host(_ name: String) throws(RehearsalError) -> Host {
    guard let host = hosts.first(where: { $0.name == name }) else { throw RehearsalError(.noHost(name, among: hosts.map(\.name))) }
    return host
  }

  /// Whether the step began, on any host or on this one.
  ///
  ///     #expect(try run.began("migrate", on: "db1"))
  ///     #expect(try !run.began("restart shop"))
  public func began(_ step: String, on host: String? = nil) throws(RehearsalError) -> Bool {
    try !begun(step, on: host).isEmpty
  }

  /// Whether both steps began, and the first one, wherever it began, before the other one began anywhere.
  ///
  ///     #expect(try run.began("migrate", before: "restart shop"))
  public func began(_ step: String, before other: String) throws(RehearsalError) -> Bool {
    let first = try places(of: step), second = try places(of: other)
    guard let last = first.last, let next = second.first else { return false }
    return last < next
  }

  /// The hosts that began the step, in the order in which they did.
  ///
  ///     #expect(try run.hosts(thatBegan: "restart shop") == ["web1", "web2"])
  public func hosts(thatBegan step: String) throws(RehearsalError) -> [String] {
    var seen: Set<String> = []
    return try begun(step).map(\.host).filter { seen.insert($0).inserted }
  }

  /// The hosts that began the step, batch by batch, as the plan has them; batches whose turn did not come are left out.
  ///
  ///     #expect(try run.batches(of: "restart shop") == [["web1"], ["web2", "web3"]])
  public func batches(of step: String) throws(RehearsalError) -> [[String]] {
    let begun = try begun(step)
    var batches: [[String]] = []
    for (number, plan) in plans.enumerated() {
      guard let phase = try? plan.phase(of: step) else { continue }
      // Others of that name may stand in other phases.
      let numbers = Set(phase.steps.flatMap(\.all).map(\.number))
      let hosts = Set(begun.filter { $0.plan == number && numbers.contains($0.number) }.map(\.host))
      batches += phase.batches.map { $0.filter(hosts.contains) }.filter { !$0.isEmpty }
    }
    return batches
  }

  /// The steps that this host began, in order, as the output calls them.
  ///
  ///     #expect(try run.steps(on: "web2") == ["install 1.4.2", "restart shop"])
  public func steps(on host: String) throws(RehearsalError) -> [String] {
    if host != "localhost" { _ = try self.host(host) }
    return steps.filter { $0.host == host }.map(\.title)
  }

  /// The lines that the step printed on standard output, on all hosts or on this one.
  public func output(of step: String, on host: String? = nil) throws(RehearsalError) -> [String] {
    try begun(step, on: host).flatMap(\.output)
  }

  /// The steps that began on no host, in the order of the plans.
  ///
  ///     #expect(run.neverBegun == ["restart shop", "wait until ..."])
  public var neverBegun: [String] {
    let begun = Set(steps.map { [$0.plan, $0.number] })
    return plans.enumerated().flatMap { number, plan in plan.steps.filter { !begun.contains([number, $0.number]) }.map(\.title) }
  }

  /// Every beginning of these steps.
  public func begun(_ step: String, on host: String? = nil) throws(RehearsalError) -> [Step] {
    if let host, host != "localhost" { _ = try self.host(host) }
    return try places(of: step).map { steps[$0] }.filter { host == nil || $0.host == host }
  }

  /// Where the beginnings of these steps stand in `steps`.
  private func places(of text: String) throws(RehearsalError) -> [Int] {
    let known = plans.map { plan in (try? plan.find(text, at: nil)).map { Set($0.map(\.number)) } }
    if known.allSatisfy({ $0 == nil }) { throw RehearsalError(.noStep(text, among: plans.flatMap(\.steps).map(\.title))) }
    return steps.indices.filter { known[steps[$0].plan]?.contains(steps[$0].number) ?? false }
  }
}
