import TestSupport
import Testing

/// What a host that fails or cannot be reached means for the others.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct HostFailureTests {
  static let deployfile = #"""
    let together = task("together", "All at once, then more") { hosts("web") {
      parallel { run("echo x >>$D/first"); run("case \" $FAILS \" in *\" $H \"*) exit 3 ;; esac").named("fails") }
      parallel { run("echo x >>$D/second") } }
      hosts("web") { run("echo x >>$D/third") } }
    let rolling = task("rolling", "One after the other") { hosts("web") { serially { run("echo \(host: .name) >>$D/first") } } }
    let tolerant = task("tolerant", "Bears one failure") { hosts("web") {
      serially(tolerating: .count(1)) { run("echo \(host: .name) >>$D/first") }
      parallel { run("echo \(host: .name) >>$D/second") } } }
    let half = task("half", "Bears half of the hosts") { hosts("web") {
      serially(tolerating: .percent(50)) { run("echo \(host: .name) >>$D/first") } } }
    let pausing = task("pausing", "Pauses between batches") { hosts("web") {
      serially(by: .count(2), pause: .milliseconds(10)) { run("echo \(host: .name) >>$D/first") } } }
    let shares = task("shares", "One, a quarter, the rest") { hosts("web") {
      serially(by: [.count(1), .percent(25), .rest]) { run("echo \(host: .name) >>$D/first") } } }
    """#

  /// Hosts named in `down` refuse connections.
  private static func down(_ hosts: String...) -> String {
    #"case " \#(hosts.joined(separator: " ")) " in *" $host "*) echo "ssh: connect to host $host port 22: Connection refused" >"$log"; exit 255 ;; esac"#
      + "\nH=$host exec /bin/sh -c \"$command\""
  }

  private static let four = ["web1", "web2", "web3", "web4"]
  private static func refused(_ host: String) -> String { "connection refused (\(host):22)" }

  @Test func oneHostDownOfFourStopsAfterItsPhase() throws {
    let bench = try Bench(Self.deployfile, hosts: Self.four, ssh: Self.down("web2"))
    let ended = try bench.run("together")
    #expect(ended.status == 4, "\(ended)")
    #expect(
      ended.rows == [
        "together: failed, a host could not be reached, in _",
        "  web1  cancelled    _  1 of 3 phases done",
        "  web2  unreachable  _  \(Self.refused("web2"))",
        "  web3  cancelled    _  1 of 3 phases done",
        "  web4  cancelled    _  1 of 3 phases done",
      ])
    #expect(bench.count("first") == 3)
    #expect(bench.count("second") == 0)
    #expect(bench.count("third") == 0)
    #expect(bench.ssh?.calls.count == 4)
  }

  @Test func allFailuresAreReported() throws {
    let bench = try Bench(Self.deployfile, hosts: Self.four, ssh: Self.down("web2"))
    let ended = try bench.run("together", environment: ["FAILS": "web1 web4"])
    // A failed step among them: not only unreachable hosts.
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.count == 5)
    #expect(ended.rows[1].hasPrefix("  web1  failed       _  [2] fails: status 3"))
    #expect(ended.rows[2] == "  web2  unreachable  _  \(Self.refused("web2"))")
    #expect(ended.rows[3] == "  web3  cancelled    _  1 of 3 phases done")
    #expect(ended.rows[4].hasPrefix("  web4  failed       _  [2] fails: status 3"))
    #expect(bench.count("first") == 3)
    #expect(bench.count("second") == 0)
  }

  @Test func aRolloutStopsAtTheFirstFailedHost() throws {
    let bench = try Bench(Self.deployfile, hosts: Self.four, ssh: Self.down("web2"))
    let ended = try bench.run("rolling")
    #expect(ended.status == 4, "\(ended)")
    #expect(
      ended.rows == [
        "rolling: failed, a host could not be reached, in _",
        "  web1  succeeded    _",
        "  web2  unreachable  _  \(Self.refused("web2"))",
        "  web3  not started",
        "  web4  not started",
      ])
    #expect(bench.marks.read("first") == "web1\n")
    // The next host may have been connected to meanwhile; the one behind it has not.
    let calls = try #require(bench.ssh).calls
    #expect(calls.count <= 3 && !calls.contains { $0.contains("[web4]") }, "\(calls)")
  }

  @Test func aToleratedFailureGoesOnWithoutTheHost() throws {
    let bench = try Bench(Self.deployfile, hosts: Self.four, ssh: Self.down("web2"))
    let ended = try bench.run("tolerant")
    #expect(ended.status == 3, "\(ended)")
    #expect(ended.rows[0] == "tolerant: done, except for tolerated hosts, in _")
    #expect(ended.rows[2] == "  web2  unreachable  _  \(Self.refused("web2"))")
    #expect(bench.marks.read("first") == "web1\nweb3\nweb4\n")
    #expect(bench.count("second") == 3)
    #expect(!bench.marks.read("second").contains("web2"))
  }

  @Test func oneFailureMoreThanToleratedStopsTheRollout() throws {
    let bench = try Bench(Self.deployfile, hosts: Self.four, ssh: Self.down("web1", "web3"))
    let ended = try bench.run("tolerant")
    #expect(ended.status == 4, "\(ended)")
    #expect(
      ended.rows.map { $0.split(separator: "  ").dropFirst().first.map(String.init) ?? "" }.dropFirst() == [
        "unreachable", "cancelled", "unreachable", "not started",
      ])
    #expect(bench.marks.read("first") == "web2\n")
    #expect(bench.count("second") == 0)
  }

  @Test func toleranceMayBeAShareOfTheHosts() throws {
    let bears = try Bench(Self.deployfile, hosts: Self.four, ssh: Self.down("web1", "web2"))
    #expect(try bears.run("half").status == 3)
    #expect(bears.marks.read("first") == "web3\nweb4\n")
    let stops = try Bench(Self.deployfile, hosts: Self.four, ssh: Self.down("web1", "web2", "web3"))
    #expect(try stops.run("half").status == 4)
    #expect(stops.count("first") == 0)
  }

  @Test func pausesStandBetweenBatchesOnly() throws {
    let bench = try Bench(Self.deployfile, hosts: Self.four + ["web5"])
    let plan = try bench.run("--plan", "pausing")
    #expect(plan.output.contains("one batch after the other, 0.01 s between batches"), "\(plan)")
    let ended = try bench.run("pausing", "--format", "json")
    #expect(ended.status == 0)
    let finished = try ended.events().filter { $0.event == "host.finished" }.compactMap(\.host)
    #expect(Set(finished[0...1]) == ["web1", "web2"])
    #expect(Set(finished[2...3]) == ["web3", "web4"])
    #expect(finished[4] == "web5")
    #expect(try bench.run("--plan", "pausing", "--limit", "web1").output.contains("between batches") == false)
  }

  @Test func batchesGrowAsTold() throws {
    let hosts = (1...9).map { "web\($0)" }
    let bench = try Bench(Self.deployfile, hosts: hosts)
    let plan = try bench.run("--plan", "shares")
    for line in ["batch 1: web1\n", "batch 2: web[2-3]\n", "batch 3: web[4-9]\n"] { #expect(plan.output.contains(line), "\(plan)") }
    #expect(try bench.run("shares").status == 0)
    let order = bench.marks.read("first").split(separator: "\n").map(String.init)
    #expect(order.first == "web1")
    #expect(Set(order[1...2]) == ["web2", "web3"])
    #expect(Set(order[3...]) == Set(hosts[3...]))
  }
}
