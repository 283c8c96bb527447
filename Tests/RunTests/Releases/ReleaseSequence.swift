import Foundation
import TestSupport

/// One random sequence of deploys, failures, kills, rollbacks and prunings, with what must hold after each of them.
struct ReleaseSequence {
  let fleet: ReleaseFleet
  private var random: SeededGenerator
  private var nextVersion = 1
  /// What every host is on, while that is known.
  private var live: String? = "nothing"
  private var hasGood = false
  private(set) var log: [String] = []
  private(set) var problems: [String] = []

  init(seed: UInt64, fleet: ReleaseFleet) {
    self.fleet = fleet
    random = SeededGenerator(seed: seed)
  }

  mutating func run(steps: Int) throws {
    for _ in 0..<steps where problems.isEmpty {
      switch Int.random(in: 0..<100, using: &random) {
      case ..<30: try deploy()
      case ..<55: try failingDeploy()
      case ..<65: try kill("deploy", ["venv", "pip", "restart", "check"])
      case ..<72: try kill("deploy", [])
      case ..<85: try rollback()
      case ..<92: try kill("rollback", Bool.random(using: &random) ? [] : ["restart", "check"])
      default: try prune()
      }
    }
    // Whatever has happened, the next deploy that works sets everything right.
    if problems.isEmpty { try deploy() }
  }

  private mutating func newVersion() -> String {
    defer { nextVersion += 1 }
    return "1.\(nextVersion)"
  }

  private mutating func deploy() throws {
    let version = newVersion()
    let ended = try fleet.run("deploy", "--version", version)
    note("deploy \(version)", ended)
    if ended.status != 0 { problems.append("a deploy that nothing disturbs failed") }
    live = version
    hasGood = true
    try check { state, _ in state.live == version && state.goods.contains(version) && !state.isUnsettled }
  }

  private mutating func failingDeploy() throws {
    let version = newVersion()
    let host = pick(ReleaseFleet.hosts)
    let point = pick(["venv@\(host)", "pip@\(host)", "restart@\(host)", "check@\(host)", "then@-"])
    let before = ReleaseFleet.hosts.map { fleet.state(of: $0) }
    let ended = try fleet.run("deploy", "--version", version, fail: point)
    note("deploy \(version), failing at \(point)", ended)
    if ended.status != 1 { problems.append("a deploy that cannot succeed ended with \(ended.status)") }
    let isInstalled = !point.hasPrefix("venv") && !point.hasPrefix("pip")
    let stays = before.allSatisfy { $0.goods.contains($0.live) && $0.live == before[0].live }
    if point == "then@-" { live = version } else if !stays && isInstalled { live = nil }
    // The last good one is good as before, and where there was one, that is where the hosts are.
    try check { state, index in
      guard state.goods == before[index].goods else { return false }
      if point == "then@-" { return state.live == version }
      return !isInstalled ? state.live == before[index].live : !stays || state.live == before[index].live
    }
  }

  private mutating func rollback() throws {
    let before = ReleaseFleet.hosts.map { fleet.state(of: $0) }
    let ended = try fleet.run("rollback")
    note("rollback", ended)
    let after = ReleaseFleet.hosts.map { fleet.state(of: $0) }
    if ended.status == 0 {
      live = after[0].live
      try check { state, _ in state.live == after[0].live && state.goods.contains(state.live) && !state.isUnsettled }
      // Back, never forward, and never to what was left before.
      for (old, new) in zip(before, after) where Self.number(new.live) > Self.number(old.live) {
        problems.append("a rollback went forward from \(old.live) to \(new.live)")
      }
    } else {
      try check { state, index in state == before[index] }
    }
  }

  private mutating func prune() throws {
    let before = ReleaseFleet.hosts.map { fleet.state(of: $0) }
    let ended = try fleet.run("prune")
    note("prune", ended)
    try check { state, index in
      // The live one stays, and so does the newest good one before it.
      let older = before[index].goods.filter { Self.number($0) < Self.number(before[index].live) }
      let last = older.max { Self.number($0) < Self.number($1) }
      return state.live == before[index].live && last.map { state.goods.contains($0) } ?? true
    }
  }

  private mutating func kill(_ task: String, _ points: [String]) throws {
    let host = pick(ReleaseFleet.hosts)
    let point = points.isEmpty ? nil : "\(pick(points))@\(host)"
    let delay = Int.random(in: 5...400, using: &random)
    let words = task == "deploy" ? ["deploy", "--version", newVersion()] : [task]
    try fleet.kill(words, at: point, after: delay)
    log.append("\(words.joined(separator: " ")), killed \(point.map { "at \($0)" } ?? "after \(delay) ms")")
    // It may have come to its end before.
    hasGood = hasGood || ReleaseFleet.hosts.allSatisfy { !fleet.state(of: $0).goods.isEmpty }
    live = nil
    try check { _, _ in true }
  }

  // MARK: What must hold

  private mutating func check(_ condition: (ReleaseFleet.State, Int) -> Bool) throws {
    let states = ReleaseFleet.hosts.map { fleet.state(of: $0) }
    for (index, state) in states.enumerated() {
      problems += state.damage
      if !condition(state, index) { problems.append("unexpected: host \(ReleaseFleet.hosts[index]) has \(state)") }
      if let live, state.live != live { problems.append("host \(ReleaseFleet.hosts[index]) is on \(state.live), not \(live)") }
    }
    let common = states.dropFirst().reduce(states[0].goods) { $0.intersection($1.goods) }
    if hasGood && common.isEmpty { problems.append("no good release that every host has: \(states)") }
    try checkTable(states)
  }

  /// `run releases` says what is there.
  private mutating func checkTable(_ states: [ReleaseFleet.State]) throws {
    let ended = try fleet.run("releases")
    for (host, state) in zip(ReleaseFleet.hosts, states) {
      let row = ended.output.split(separator: "\n").first { $0.hasPrefix("\(host)     ") }
      let cells = (row ?? "").split(separator: "  ", omittingEmptySubsequences: true).map { $0.drop { $0 == " " } }.map(String.init)
      let live = state.live + (state.isUnsettled ? " (unsettled)" : "")
      let others = state.others.isEmpty ? "-" : state.others.joined(separator: ", ")
      if cells.count != 5 || cells[1] != live || cells[4] != others {
        problems.append("releases says \(cells) where \(host) has \(state)\n\(ended.output)\(ended.errors)")
      }
    }
  }

  private mutating func note(_ what: String, _ ended: Ended) {
    log.append("\(what): status \(ended.status)\n\(ended.output)\(ended.errors)")
  }

  private mutating func pick<Item>(_ items: [Item]) -> Item { items[Int.random(in: 0..<items.count, using: &random)] }

  private static func number(_ version: String) -> Int { Int(version.dropFirst(2)) ?? 0 }
}
