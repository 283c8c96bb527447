import Foundation
import TestSupport
import Testing

/// Folders, variables and users compose in every order.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ScopeTests {
  static let canBecomeNobody = getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/sudo")

  static let deployfile = #"""
    let show: Command = "echo \"$(pwd) [$X] [$Y] $(id -un)\""
    let token = Secret.environment("TOKEN")
    let plain = task("plain", "Folders and variables") { hosts("web") {
      within("/") { with(["X": "it's \"x\""]) { run(show) } }
      with(["X": "outer", "Y": "kept"]) { within("/usr") { within("../etc") { with(["X": "inner"]) { run(show) } } } }
      within("/usr") { within("lib") { run(show) } }
      within("/tmp") { within("/usr") { run(show) } }
      run(show) } }
    let relative = task("relative", "A folder below this one") { hosts("web") {
      run("mkdir -p sub")
      within("sub") { run("pwd >$D/where") } } }
    let missing = task("missing", "A folder that is not there") { hosts("web") {
      within("/no/such/folder") { run("echo x >>$D/mark") } } }
    let tests = task("tests", "Scopes around conditions and captures") { hosts("web") {
      let here = Captured("here")
      within("/usr") { when("test \"$(pwd)\" = /usr") { capture("pwd", as: here); run("echo was \(here)") } else: { run("exit 9") } }
      within("/etc") { perform("in a folder") { try await $0.run("pwd") } } } }
    let users = task("users", "Another user") { hosts("web") {
      within("/usr") { sudo(as: "nobody") { with(["X": "1"]) { run(show) } } }
      sudo(as: "nobody") { within("/usr") { with(["X": "2"]) { run(show) } } }
      with(["X": "3"]) { within("/usr") { sudo(as: "nobody") { run(show) } } }
      with(["X": "4"]) { sudo(as: "nobody") { within("/usr") { run(show) } } }
      sudo { sudo(as: "nobody") { run("id -un") } }
      sudo(as: "nobody") { capture("id -un", as: Captured("who")); run("echo who \(Captured("who"))")
        run("echo secret \(token) | tr a-z A-Z")
        run("id -un").timeout(.seconds(20)).named("limited")
        run("cat; echo input $?")
        run("exit 9").named("fails").ignoringFailure()
        perform("as nobody") { try await $0.run("echo perform $(id -un)") }
        upload("inventory.ini", to: "/tmp/\(host: .variable("copy"))")
        run("stat -c %U /tmp/\(host: .variable("copy")); rm /tmp/\(host: .variable("copy"))") } } }
    """#

  private func bench() throws -> Bench {
    let copy = "pushbutton-\(UUID().uuidString)"
    return try Bench(Self.deployfile, ssh: #"exec /bin/sh -c "$command""#, inventory: "[web]\na copy=\(copy)\n")
  }

  private func output(_ ended: Ended) -> [String] {
    ended.output.split(separator: "\n").filter { $0.hasPrefix("a | ") }.map { String($0.dropFirst(4)) }
  }

  /// Another folder of the same name is not the one that is meant.
  @Test func noOtherFolderIsSearched() throws {
    let other = Scratch()
    try other.write("sub/file", "")
    let bench = try Bench(Self.deployfile)
    #expect(try bench.run("relative", environment: ["CDPATH": other.path]).status == 0)
    #expect(bench.marks.read("where").hasSuffix("/sub\n") && !bench.marks.read("where").contains(other.path))
  }

  @Test func foldersAddUpAndInnerVariablesWin() throws {
    let bench = try bench()
    let ended = try bench.run("plain")
    #expect(ended.status == 0, "\(ended)")
    let me = NSUserName()
    #expect(
      output(ended).dropLast() == [
        "/ [it's \"x\"] [] \(me)", "/etc [inner] [kept] \(me)", "/usr/lib [] [] \(me)", "/usr [] [] \(me)",
      ])
    #expect(output(ended).last?.hasSuffix(" [] [] \(me)") == true)
  }

  @Test func aMissingFolderFailsTheStepBeforeItsCommand() throws {
    let bench = try bench()
    #expect(try bench.run("missing").status == 1)
    #expect(bench.count("mark") == 0)
  }

  @Test func scopesReachConditionsCapturesAndSwiftCode() throws {
    let ended = try bench().run("tests")
    #expect(ended.status == 0, "\(ended)")
    #expect(output(ended) == ["/usr", "was /usr", "/etc"])
  }

  @Test(.enabled(if: canBecomeNobody, "needs root and sudo")) func anotherUserComposesInEveryOrder() throws {
    let bench = try bench()
    let ended = try bench.run("users", environment: ["TOKEN": "canary"])
    #expect(ended.status == 0, "\(ended)")
    #expect(
      output(ended) == [
        "/usr [1] [] nobody", "/usr [2] [] nobody", "/usr [3] [] nobody", "/usr [4] [] nobody", "nobody", "nobody", "who nobody",
        "SECRET CANARY", "nobody", "input 0", "perform nobody", "nobody",
      ])
  }
}
