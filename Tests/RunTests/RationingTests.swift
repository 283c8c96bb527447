import Foundation
import TestSupport
import Testing

/// Many hosts behind one server: how many connections begin at once, and what happens when it drops some.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct RationingTests {
  private static func inventory(_ count: Int, _ variables: String) -> String {
    "[web]\n" + (1...count).map { "web\($0) \(variables.replacing("NUMBER", with: "\($0)"))\n" }.joined()
  }

  private static let same = "ansible_host=gate"

  private func bench(_ count: Int, _ variables: String = Self.same, ssh: String) throws -> Bench {
    try Bench(ConnectionTests.deployfile, ssh: ssh, inventory: Self.inventory(count, variables))
  }

  /// Each connection notes how many there are that have not answered yet, and answers when so many have been there together.
  private static func gathering(_ count: Int) -> String {
    #"""
    mkdir -p "$D/live" && : >"$D/live/$$"
    ls "$D/live" | wc -l >>"$D/levels"
    tries=0
    until [ -e "$D/met" ] || [ $((tries += 1)) -gt 1500 ]; do
      if [ $(ls "$D/live" | wc -l) -ge \#(count) ]; then : >"$D/met"; fi
      sleep 0.02
    done
    sleep 0.05
    rm "$D/live/$$"
    exec /bin/sh -c "$command"
    """#
  }

  private func highest(_ bench: Bench) -> Int? {
    bench.marks.read("levels").split(separator: "\n").compactMap { Int($0.filter { $0 != " " }) }.max()
  }

  @Test(arguments: [
    same, "ansible_ssh_common_args='-J me@gate'", "ansible_ssh_extra_args='-o ProxyCommand=\"ssh -W %h:%p gate\"'",
  ])
  func eightConnectionsBeginAtOnceThroughOneServer(variables: String) throws {
    let bench = try bench(20, variables, ssh: Self.gathering(8))
    let ended = try bench.run("one")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.exists("met"))
    #expect(highest(bench) == 8)
    #expect(bench.count("mark") == 20)
  }

  @Test func hostsOfTheirOwnDoNotWait() throws {
    let bench = try bench(20, "ansible_host=10.0.0.NUMBER", ssh: Self.gathering(20))
    let ended = try bench.run("one")
    #expect(ended.status == 0, "\(ended)")
    #expect(highest(bench) == 20)
  }

  private static let drop = "printf 'kex_exchange_identification: Connection closed by remote host\\r\\n' >\"$log\"; exit 255"

  /// Two at once is what this server bears.
  @Test func aThrottlingServerGetsThemAllInTheEnd() throws {
    let bench = try bench(
      12,
      ssh: #"""
        mkdir -p "$D/live" && : >"$D/live/$$"
        if [ $(ls "$D/live" | wc -l) -gt 2 ]; then rm "$D/live/$$"; echo x >>"$D/drops"; \#(Self.drop); fi
        sleep 0.05
        rm "$D/live/$$"
        exec /bin/sh -c "$command"
        """#)
    let ended = try bench.run("one")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("mark") == 12)
    #expect(bench.count("drops") >= 1)
    #expect(bench.ssh?.calls.count == 12 + bench.count("drops"))
    #expect(ended.output.components(separatedBy: "; connecting again in about ").count == 1 + bench.count("drops"))
  }

  @Test func aServerThatDropsEverythingIsGivenUp() throws {
    let bench = try bench(1, ssh: Self.drop)
    let ended = try bench.run("one")
    #expect(ended.status == 4, "\(ended)")
    #expect(bench.ssh?.calls.count == 6)
    #expect(
      ended.rows == [
        "one: failed, a host could not be reached, in _",
        "  web1  unreachable  _  the server drops connections, 6 in a row: it is throttling (MaxStartups, PerSourcePenalties), or something on the way closes them; the last time the server dropped the connection before it said who it is",
      ])
    #expect(bench.count("mark") == 0)
  }

  /// Eight connections that never answer, and four hosts that wait for their turn.
  @Test func anInterruptionEndsTheWaiting() throws {
    let bench = try bench(12, ssh: #"echo x >>"$D/began"; exec sleep 600"#)
    let run = try bench.start("one")
    #expect(bench.waits(for: "began", lines: 8))
    run.signal(SIGTERM)
    let ended = run.end()
    #expect(ended.status == 143, "\(ended)")
    #expect(bench.ssh?.calls.count == 8)
    #expect(bench.count("mark") == 0)
    #expect(bench.settles())
    #expect(bench.leftFolders == [])
  }

  @Test func thePlanSaysSo() throws {
    let bench = try bench(12, ssh: "exit 1")
    let text = "\n  at most 8 connections through one server begin at once, which web[1-12] share\n"
    #expect(try bench.run("--plan", "one").output.contains(text))
    #expect(!(try bench.run("--plan", "one", "-j", "8").output.contains("begin at once")))
  }
}
