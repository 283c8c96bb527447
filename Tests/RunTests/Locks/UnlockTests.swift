import Foundation
import TestSupport
import Testing

/// `run --unlock NAME`: who holds it, a question, and a trace of it.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct UnlockTests {
  private func bench(_ hosts: [String] = ["a", "b", "c"]) throws -> Bench {
    try Bench(LockTests.deployfile, hosts: hosts, ssh: Bench.homes)
  }

  private static let shown = [
    "a: the lock \"shop\" is held by \(Bench.ben), renewed _ ago; its session is gone".anonymous,
    "c: the lock \"shop\" is held by something that left no readable name, renewed _ ago; its session is gone",
  ]

  private func held() throws -> Bench {
    let bench = try bench()
    try bench.hold("shop", on: "a", session: Bench.goneSession)
    try bench.marks.write(Bench.lock("shop", "c"), "garbage\n")
    return bench
  }

  @Test func showsAndAsks() throws {
    let bench = try held()
    let question = "remove the lock \"shop\" on a, c? [y/N] "
    let no = try bench.terminal(["--unlock", "shop"], answers: [(question, "n\n")]).end()
    #expect(no.status == 2, "\(no)")
    let lines = no.output.replacing("\r\n", with: "\n").split(separator: "\n").map { String($0).anonymous.plain }
    #expect(lines == Self.shown + ["\(question)n", "nothing was removed"])
    #expect(bench.leftOnHosts.count == 2)
    let yes = try bench.terminal(["--unlock", "shop"], answers: [(question, "y\n")]).end()
    #expect(yes.status == 0, "\(yes)")
    #expect(yes.output.contains("a: removed") && yes.output.contains("c: removed"))
    #expect(bench.leftOnHosts == [])
  }

  @Test func withoutAQuestion() throws {
    let bench = try held()
    let ended = try bench.run("--unlock", "shop", "--yes")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.split(separator: "\n").map { String($0).anonymous } == Self.shown + ["a: removed", "c: removed"])
    #expect(bench.leftOnHosts == [])
    #expect(try bench.history() == ["--unlock shop -e test: done"])
    #expect(
      bench.journal().filter { $0.contains("unlocked") } == [
        #"{"event":"unlocked","name":"shop on a, of run 20261125T221836-00000001"}"#,
        #"{"event":"unlocked","name":"shop on c, of nobody"}"#,
      ])
  }

  @Test func withoutATerminal() throws {
    let bench = try held()
    let ended = try bench.run("--unlock", "shop")
    #expect(ended.status == 2, "\(ended)")
    #expect(
      ended.output.split(separator: "\n").map { String($0).anonymous } == Self.shown + [
        "nothing was removed: without a terminal, add --yes"
      ])
    #expect(bench.leftOnHosts.count == 2)
    #expect(try bench.history() == ["--unlock shop -e test: not done"])
  }

  @Test func whereNobodyHoldsIt() throws {
    let bench = try bench()
    let ended = try bench.run("--unlock", "shop")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output == "the lock \"shop\" is held on none of a, b, c, localhost\n")
    try bench.hold("other", on: "a")
    #expect(try bench.run("--unlock", "shop", "--yes").status == 0)
    #expect(bench.leftOnHosts == [Bench.lock("other", "a")])
  }

  /// Only what a person has seen is removed.
  @Test func whatChangedMeanwhileStays() throws {
    let bench = try bench(["a"])
    try bench.hold("shop", on: "a")
    let other = "run 20261125T221900-00000002\nuser eve\n"
    try bench.marks.write("other", other)
    let asking = try bench.terminal(["--unlock", "shop"], answers: [("[y/N] ", ""), ("file:\(bench.marks.path)/changed", "y\n")])
    #expect(asking.wait { $0.soFar.contains("[y/N] ") })
    try bench.marks.write(Bench.lock("shop", "a"), other)
    try bench.marks.write("changed", "")
    let ended = asking.end()
    #expect(ended.status == 1, "\(ended)")
    #expect(
      ended.output.anonymous.contains("a: not removed: meanwhile it is held by eve on ? (?, run RUN, process ?) since ?, renewed _ ago"))
    #expect(bench.marks.read(Bench.lock("shop", "a")) == other)
    #expect(try bench.history() == ["--unlock shop -e test: failed"])
  }

  @Test func onlySomeHosts() throws {
    let bench = try held()
    #expect(try bench.run("--unlock", "shop", "--yes", "-l", "a:b").status == 0)
    #expect(bench.leftOnHosts == [Bench.lock("shop", "c")])
  }

  @Test func aHostThatCannotBeReached() throws {
    let bench = try held()
    try bench.marks.write("down-b", "")
    let ended = try bench.run("--unlock", "shop", "--yes")
    #expect(ended.status == 4, "\(ended)")
    #expect(ended.output.contains("b: connection refused (b:22)\n"))
    #expect(bench.leftOnHosts == [])
  }

  @Test func onThisMachine() throws {
    let bench = try bench()
    try bench.home.write(".pushbutton/locks/shop.lock", "run r1\nuser ben\n")
    let ended = try bench.run("--unlock", "shop", "--yes")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.hasPrefix("localhost: the lock \"shop\" is held by ben on ? (?, run r1, process ?) since ?, renewed"))
    #expect(!bench.home.exists(".pushbutton/locks/shop.lock"))
  }

  @Test(arguments: [
    ("../x", "\"../x\" cannot be the name of a lock"), ("", "\"\" cannot be the name of a lock"),
    (".x", "\".x\" cannot be the name of a lock"),
  ])
  func namesThatAreNone(name: String, message: String) throws {
    let bench = try bench(["a"])
    let ended = try bench.run("--unlock", name)
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors.hasPrefix("error: --unlock: \(message)\n"), "\(ended.errors)")
    #expect(bench.ssh?.calls == [])
  }

  /// It does not get in the way of going on with what was cut off.
  @Test func isNoRunToGoOnWith() throws {
    let bench = try bench(["a"])
    for mark in ["go", "fail"] { try bench.marks.write(mark, "") }
    #expect(try bench.run("hold").status == 1)
    #expect(try bench.run("--unlock", "shop", "--yes").status == 0)
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/fail")
    let ended = try bench.run("--resume")
    #expect(ended.status == 0, "\(ended)")
    #expect(!ended.output.contains("started since"))
    let unlocking = try #require(bench.past().first { $0.what.hasPrefix("--unlock") }).id
    let refused = try bench.run("--resume", unlocking)
    #expect(refused.status == 2)
    #expect(refused.errors.hasPrefix("error: the run \(unlocking) only removed a lock: there is nothing to go on with\n"))
  }
}

extension String {
  /// Without colours.
  var plain: String { replacing(#/\u{1B}\[[0-9;]*m/#, with: "") }
}
