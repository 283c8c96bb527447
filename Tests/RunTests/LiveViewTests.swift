import TestSupport
import Testing

/// What people see while a run goes on and when it is over, on an emulated terminal.
@Suite(
  .ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"),
  .enabled(if: Screen.python != nil, "no emulator of terminals: start bin/test"))
struct LiveViewTests {
  static let deployfile = #"""
    let two = task("two", "Two steps") { hosts("web") {
      run("printf 'one\ntwo \(host: .name)\n'").named("greet")
      run("echo done").named("say") } }
    let fails = task("fails", "web2 fails") { hosts("web") {
      run("echo before; test \(host: .name) != web2 || { echo why >&2; exit 3; }").named("check") } }
    let waits = task("waits", "Steps that wait") { hosts("web") {
      run("printf 'no newline'; echo x >>$D/waiting; while [ ! -e $D/go ]; do sleep 0.05; done").named("wait") } }
    let rolls = task("rolls", "One by one") { hosts("web") { serially { run("sleep 0.1").named("restart") } } }
    """#

  /// Whatever may stand on the screen while a thousand hosts work: no line is half of one and half of another.
  private static var whole: [Regex<Substring>] {
    [
      #/two/#, #/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] hosts web, in parallel: web\[\d+-\d+\]  [━─]+  \d+\/1000 · \d+ s/#,
      #/  web\d+ +(?:connecting  \d+ s|\[1\] greet  \d+ s(?:  (?:one|two web\d+))?|\[2\] say  \d+ s(?:  done)?)/#,
      #/  and \d+ more(?:: [^ ].*)?/#, #/  \d+ s in all(?:, \d+ s the last time)?/#, #/✓ hosts web, in parallel: .*/#,
    ]
  }

  @Test func aThousandHostsWithoutAGarbledLine() throws {
    let bench = try Bench(Self.deployfile, hosts: (1001...2000).map { "web\($0)" })
    let seen = try bench.screen(["two"])
    #expect(seen.status == 0, "\(seen.screen.suffix(5))")
    #expect(seen.cursor)
    #expect(seen.pictures > 3)
    // At most 20 a second, and one more at either end.
    #expect(Double(seen.pictures) <= seen.seconds * 20 + 2)
    let whole = Self.whole
    #expect(seen.seen.filter { line in !whole.contains { line.wholeMatch(of: $0) != nil } } == [])
    let screen = seen.screen
    #expect(screen.first == "two")
    #expect(screen.contains("[2] say"))
    #expect(screen.contains("  web[1001-2000]:"))
    #expect(screen.contains("    done"))
    #expect(screen.contains { $0.wholeMatch(of: #/  web\[1001-2000\]  succeeded  .*/#) != nil })
  }

  @Test(arguments: ["80x24", "200x50", "30x8"]) func aFailureIsExpanded(size: String) throws {
    let bench = try Bench(Self.deployfile, hosts: ["web1", "web2", "web3"])
    let seen = try bench.screen(["fails"], size)
    #expect(seen.status == 1)
    #expect(seen.cursor)
    let screen = seen.screen.joined(separator: "\n")
    #expect(screen.contains("  ✗ web2  [1] check: status 3"), "\(screen)")
    #expect(screen.contains("      before\n      why"), "\(screen)")
    #expect(seen.screen.contains { $0.hasPrefix("fails: failed in ") }, "\(screen)")
    #expect(seen.screen.contains { $0.hasPrefix("To go on where it stopped: ") }, "\(screen)")
  }

  /// Narrower and wider while steps run: nothing of an earlier picture is left.
  @Test func survivesResizing() throws {
    let bench = try Bench(Self.deployfile, hosts: ["web1", "web2", "web3"])
    let seen = try bench.screen(
      ["waits"], acts: ["--resize", "[1] wait", "40x12", "--resize", "[1] wait", "100x30", "--type", "[1] wait", "\u{3}"])
    #expect(seen.status == 130, "\(seen.screen)")
    #expect(seen.cursor)
    #expect(seen.screen.count { $0.contains("in all") } == 0, "\(seen.screen)")
  }

  @Test func batchesAreCounted() throws {
    let bench = try Bench(Self.deployfile, hosts: ["web1", "web2", "web3"])
    let seen = try bench.screen(["rolls"])
    #expect(seen.status == 0)
    #expect(seen.seen.contains { $0.contains("batch 2/3 · 1/3 · ") }, "\(seen.seen)")
    let again = try bench.screen(["rolls"])
    #expect(again.seen.contains { $0.contains("in all, 0 s the last time") }, "\(again.seen)")
  }

  /// A terminal that cannot move its cursor, a pipe, and a CI get lines.
  @Test(arguments: [["TERM": "dumb"], ["TERM": ""], ["CI": "true"]]) func otherwisePlain(environment: [String: String]) throws {
    let bench = try Bench(Self.deployfile, hosts: ["web1"])
    let seen = try bench.screen(["two"], environment: environment)
    #expect(seen.status == 0)
    #expect(seen.pictures == 0)
    #expect(seen.screen.contains("web1 | two web1"), "\(seen.screen)")
  }

  @Test func signsOfASCIIWhereTheLanguageHasNoOthers() throws {
    let bench = try Bench(Self.deployfile, hosts: ["web1", "web2"])
    let seen = try bench.screen(["two"], environment: ["LC_ALL": "C"])
    #expect((seen.seen + seen.screen).allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }, "\(seen.seen)")
    #expect(seen.screen.contains { $0.hasPrefix("+ hosts web, in parallel: web[1-2]  ") }, "\(seen.screen)")
  }

  @Test func aCommandsOutputIsFolded() throws {
    let bench = try Bench(Self.deployfile, hosts: ["web1", "web2", "web3"])
    let seen = try bench.screen(["--on", "web", "--", "echo same; test $PUSHBUTTON_NO || echo more"])
    #expect(seen.status == 0)
    #expect(seen.screen.contains("  web[1-3]:"))
    #expect(seen.screen.contains("    more"))
  }
}
