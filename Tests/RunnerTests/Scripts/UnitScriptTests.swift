import Tasks
import Testing

@testable import Runner

/// A unit's life as `systemctl show` tells it, one line for each time it is asked; the last line stays.
struct UnitRow: Sendable, CustomTestStringConvertible {
  var name: String
  var action = ServiceAction.restart
  var states: [String]
  var stable = 2
  var limit = 5
  var status: Int32 = 0
  /// What `systemctl restart` ends with.
  var systemctl = 0
  var text = ""
  var asked: Int

  var testDescription: String { name }

  private static let journal = "journal: --unit shop -n 20 --no-pager\n"

  private static func state(
    _ active: String, _ sub: String, _ main: Int = 10, restarts: Int = 0, result: String = "success", type: String = "simple"
  )
    -> String
  {
    "Type=\(type) MainPID=\(main) NRestarts=\(restarts) Result=\(result) ActiveState=\(active) SubState=\(sub)"
  }

  static let all = [
    UnitRow(name: "stays", states: [state("active", "running")], asked: 3),
    UnitRow(name: "is not watched", states: [state("active", "running")], stable: 0, asked: 1),
    UnitRow(
      name: "comes up slowly", states: [state("activating", "start"), state("reloading", "reload"), state("active", "running")], asked: 5),
    UnitRow(
      name: "is restarted once",
      states: [
        state("active", "running"), state("active", "running"), state("activating", "auto-restart", 0, restarts: 1, result: "exit-code"),
        state("active", "running", 11, restarts: 1),
      ], asked: 6),
    UnitRow(name: "changes its process", states: [state("active", "running"), state("active", "running", 11)], asked: 4),
    UnitRow(
      name: "dies", states: [state("active", "running"), state("failed", "failed", 0, result: "exit-code")], status: 1,
      text: "shop has failed (exit-code)\n" + journal, asked: 2),
    UnitRow(
      name: "ends", states: [state("active", "running"), state("inactive", "dead", 0)], status: 1,
      text: "shop is inactive: it has ended (success), or a condition of the unit does not hold\n" + journal, asked: 2),
    UnitRow(
      name: "crash loop",
      states: (0..<8).map { state("active", "running", 10 + $0, restarts: $0) }, status: 1,
      text: "shop was not active for 2 s within 5 s: it is active (running), and systemd has restarted it 5 times\n" + journal, asked: 6),
    UnitRow(
      name: "crash loop, waiting", states: [state("activating", "auto-restart", 0, restarts: 4, result: "exit-code")], status: 1,
      text: "shop was not active for 2 s within 5 s: it is activating (auto-restart), and systemd has restarted it 4 times\n" + journal,
      asked: 6),
    UnitRow(name: "oneshot", states: [state("inactive", "dead", 0, type: "oneshot")], asked: 1),
    UnitRow(name: "oneshot that remains", states: [state("active", "exited", 0, type: "oneshot")], asked: 1),
    UnitRow(
      name: "oneshot that fails", states: [state("inactive", "dead", 0, result: "exit-code", type: "oneshot")], status: 1,
      text: "shop is inactive: it has ended (exit-code), or a condition of the unit does not hold\n" + journal, asked: 1),
    UnitRow(name: "a timer", action: .start, states: ["Result=success ActiveState=active SubState=waiting"], asked: 3),
    UnitRow(name: "systemd before 235", action: .reload, states: ["MainPID=7 ActiveState=active SubState=running"], asked: 3),
    UnitRow(
      name: "nothing known", states: [""], status: 1,
      text: "shop was not active for 2 s within 5 s: it is unknown (), and systemd has restarted it 0 times\n" + journal, asked: 6),
    UnitRow(
      name: "cannot be restarted", states: [""], status: 5, systemctl: 5, text: "shop could not be restarted\n" + journal, asked: 0),
    UnitRow(
      name: "stops", action: .stop, states: [state("deactivating", "stop-sigterm"), state("inactive", "dead", 0)], asked: 2),
    UnitRow(name: "had to be killed", action: .stop, states: [state("failed", "failed", 0, result: "timeout")], asked: 1),
    UnitRow(
      name: "does not stop", action: .stop, states: [state("deactivating", "final-sigkill")], status: 1,
      text: "shop is still deactivating (final-sigkill) after 5 s\n" + journal, asked: 6),
  ]
}

@Suite struct UnitScriptTests {
  @Test(arguments: ShellBench.shells, UnitRow.all) func watches(shell: [String], row: UnitRow) throws {
    let bench = try ShellBench(shell)
    try bench.program(
      "systemctl",
      #"""
      echo "$*" >>"$D/calls"
      if [ "$1" != show ]; then exit \#(row.systemctl); fi
      line=$(sed -n "$(grep -c '^show' "$D/calls")p" "$D/states")
      if [ -z "$line" ]; then line=$(tail -n 1 "$D/states"); fi
      for pair in $line; do echo "$pair"; done
      """#)
    try bench.program("journalctl", #"echo "journal: $*""#)
    // Seconds are counted, so none has to pass.
    try bench.program("sleep", ":")
    try bench.write("states", row.states.joined(separator: "\n") + "\n")
    let service = Service.unit("shop", stableFor: .seconds(row.stable), within: .seconds(row.limit))
    let command = try #require(service.command(for: row.action))
    let result = try bench.run(command.run)
    #expect(result.text == row.text)
    #expect(result.status == row.status)
    let calls = bench.read("calls").split(separator: "\n")
    #expect(calls.first == "\(row.action.rawValue) -- shop")
    #expect(calls.dropFirst().allSatisfy { $0 == "show -p ActiveState,SubState,MainPID,NRestarts,Result,Type -- shop" })
    #expect(calls.count == 1 + row.asked)
  }

  @Test func plansShowIt() {
    #expect(
      Service("shop").command(for: .restart)?.shown?.template
        == "systemctl restart -- shop, then active for 3 s without a restart, within 30 s")
    #expect(Service("shop").command(for: .stop)?.shown?.template == "systemctl stop -- shop, until it is inactive, within 30 s")
  }
}
