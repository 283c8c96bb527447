import Foundation
import TestSupport

/// A bench whose runs keep their journals, locks and notes in folders of the test's own.
struct TrustBench: Sendable {
  let bench: Bench
  let home = Scratch()
  let state = Scratch()

  static let fleet = #"exec setsid -w /bin/sh -c "$command""#

  init(_ tasks: String, hosts: [String] = ["a", "b", "c"], ssh behaviour: String = TrustBench.fleet) throws {
    bench = try Bench(tasks, hosts: hosts, ssh: behaviour)
  }

  func environment(_ more: [String: String] = [:]) -> [String: String] {
    ["HOME": home.path, "XDG_STATE_HOME": state.path].merging(more) { $1 }
  }

  func run(_ words: String..., environment more: [String: String] = [:]) throws -> Ended { try start(words, more).end() }
  func start(_ words: String..., environment more: [String: String] = [:]) throws -> Started { try start(words, more) }

  private func start(_ words: [String], _ more: [String: String]) throws -> Started {
    try bench.project.start(words, environment: bench.environment.merging(environment(more)) { $1 })
  }

  /// The names of the locks that are held on the hosts, all of which share one home.
  var locks: [String] { names("\(home.path)/.pushbutton/locks").filter { !$0.hasPrefix(".") } }
  /// What hosts have noted of runs that are not over.
  var notes: [String] { names("\(home.path)/.pushbutton/runs") }
  /// The IDs of the runs, the oldest first.
  var runs: [String] { names("\(state.path)/pushbutton/runs").flatMap { names("\(state.path)/pushbutton/runs/\($0)") }.sorted() }

  func file(_ name: String, of run: String) -> String {
    let all = "\(state.path)/pushbutton/runs"
    return names(all).map { "\(all)/\($0)/\(run)/\(name)" }.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.first ?? ""
  }

  private func names(_ folder: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }

  func count(_ mark: String) -> Int { bench.count(mark) }
  func counts(_ marks: String...) -> [Int] { marks.map(bench.count) }
}
