import Foundation
import TestSupport
import Testing

/// Where hosts are after a deploy or a rollback that did not come to its end; their roots have odd names.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct GoingBackTests {
  static let deployfile = #"""
    let shop = PythonApp(
      "shop", root: "\(host: .variable("base"))/it's \(host: .name)/", index: "http://127.0.0.1:9", python: "\(host: .variable("base"))/python")
    let version = Parameter<Version>("version", "what to deploy")
    let deploy = task("deploy", "Cleans up after itself", version) { version in
      attempt {
        hosts("web") {
          parallel { shop.install(version) }
          serially { shop.activate(version); run("test -z \"$FAIL\"").named("check") }
        }
      } onFailure: { invoke("rollback") } }
    let rollback = task("rollback", "Goes back") { hosts("web") {
      serially { shop.whenRollingBack { shop.rollback(); run("echo x >>$D/restarted") } }
      parallel { run("test -z \"$FAILBACK\"").named("last") } } }
    let careful = task("careful", "Cleans up once more", version) { version in
      attempt { invoke("deploy", ["version": "\(version)"]) } onFailure: { invoke("rollback") } }
    let prune = task("prune", "Removes old releases") { hosts("web") { shop.prune(keep: 2) } }
    let chosen = task("chosen", "Goes back to a version", version) { version in
      hosts("web") { shop.rollback(to: "\(version)") } }
    """#

  private let tools = Scratch()

  /// Two hosts on 1.2, with 1.0 and 1.1 before it.
  private func bench() throws -> Bench {
    try tools.write(
      "python",
      """
      #!/bin/sh
      if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi
      """, mode: 0o755)
    let bench = try Bench(
      Self.deployfile, inventory: "[web]\n" + ["a", "b"].map { "\($0) ansible_connection=local base=\(tools.path)\n" }.joined())
    for version in ["1.0", "1.1", "1.2"] { #expect(try bench.run("deploy", "--version", version).status == 0) }
    #expect(live == ["1.2", "1.2"])
    return bench
  }

  private var live: [String?] {
    ["a", "b"].map { host in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(tools.path)/it's \(host)/current")
      return target?.split(separator: "-").last.map(String.init)
    }
  }

  @Test func failedDeploysGoBackOnce() throws {
    let bench = try bench()
    #expect(try bench.run("careful", "--version", "1.3", environment: ["FAIL": "1"]).status == 1)
    #expect(live == ["1.2", "1.2"])
    #expect(bench.count("restarted") == 1)
  }

  @Test func failedDeploysGoBackToWhatWasLive() throws {
    let bench = try bench()
    #expect(try bench.run("chosen", "--version", "1.0").status == 0)
    #expect(live == ["1.0", "1.0"])
    #expect(try bench.run("deploy", "--version", "1.3", environment: ["FAIL": "1"]).status == 1)
    #expect(live == ["1.0", "1.0"])
  }

  /// Where nothing was live and nothing has been switched, cleaning up has nothing to complain about.
  @Test func firstDeploysThatFailAreNoSecondTrouble() throws {
    let bench = try Bench(
      Self.deployfile, inventory: "[web]\n" + ["a", "b"].map { "\($0) ansible_connection=local base=\(tools.path)\n" }.joined())
    let ended = try bench.run("deploy", "--version", "1.0")
    #expect(ended.status == 1)
    #expect(!ended.output.contains("nothing is live in"), "\(ended.output)")
  }

  @Test func whatWasLiveBeforeIsNotPruned() throws {
    let bench = try bench()
    #expect(try bench.run("chosen", "--version", "1.0").status == 0)
    #expect(try bench.run("deploy", "--version", "1.3").status == 0)
    #expect(try bench.run("prune").status == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(tools.path)/it's a/releases")
    #expect(left.compactMap { $0.split(separator: "-").last }.sorted() == ["1.0", "1.1", "1.3"])
  }

  @Test func endedRollbacksAreGoneOnWith() throws {
    let bench = try bench()
    #expect(try bench.run("rollback", environment: ["FAILBACK": "1"]).status == 1)
    #expect(live == ["1.1", "1.1"])
    #expect(try bench.run("rollback").status == 0)
    #expect(live == ["1.1", "1.1"])
    #expect(bench.count("restarted") == 4)
    #expect(try bench.run("rollback").status == 0)
    #expect(live == ["1.0", "1.0"])
  }
}
