import Foundation
import TestSupport
import Testing

/// What a step prints, kept for later commands on the same host.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct CaptureTests {
  static let deployfile = #"""
    let value = Captured("value")
    let home = Captured("HOME")
    let odd = task("odd", "Quotes and newlines") { hosts("web") {
      capture("cat $D/in", as: value)
      run("printf '%s' \(value) >$D/same.\(host: .name)")
      parallel { run("printf '%s' \(value) >$D/later.\(host: .name)") } } }
    let sessions = task("sessions", "Across sessions") { hosts("web") {
      parallel { capture("cat $D/in", as: value) }
      parallel { upload("inventory.ini", to: "/").ignoringFailure() } }
      hosts("web") { run("printf '%s' \(value) >$D/later.\(host: .name)") } }
    let transfers = task("transfers", "In paths and templates") { hosts("web") {
      capture("printf %s \"$D/file name\"", as: value)
      upload("inventory.ini", to: "\(value).copy")
      render("value.conf", to: "\(value).conf", values: ["value": value.text])
      with(["COPY": "\(value).copy"]) { run("cat \"$COPY\" >$D/seen") } } }
    let own = task("own", "Each host has its own") { hosts("web") {
      capture("echo \(host: .name)", as: value)
      run("test \(value) = \(host: .name) && echo x >>$D/mark") } }
    let failed = task("failed", "The capture fails") { hosts("web") {
      capture("echo half; exit 3", as: value).ignoringFailure()
      run("echo [\(value)] >$D/seen").named("use") } }
    let skipped = task("skipped", "The capture is skipped") { hosts("web") {
      when("false") { capture("echo x", as: home) }
      run("echo [\(home)] >$D/seen").named("use") } }
    let empty = task("empty", "Nothing is captured") { hosts("web") {
      capture("true", as: value).named("silent")
      run("test -z \(value) && echo x >>$D/mark") } }
    let again = task("again", "Captured twice") { hosts("web") {
      capture("echo one", as: value)
      capture("echo two", as: value)
      run("echo \(value) >$D/seen") } }
    let large = task("large", "As much as can be captured") { hosts("web") {
      capture("head -c 16777216 /dev/zero | tr '\\0' x", as: value).named("capture")
      run("printf %s \(value) | wc -c >$D/seen") } }
    let tooLarge = task("tooLarge", "A byte more") { hosts("web") {
      capture("head -c 16777217 /dev/zero | tr '\\0' x", as: value).named("capture")
      run("echo x >>$D/after") } }
    let wide = task("wide", "Fewer characters, more bytes") { hosts("web") {
      capture("yes é | head -n 8388609 | tr -d '\\n'", as: value).named("capture").retry(2, every: .zero)
      run("echo x >>$D/after") } }
    let ignored = task("ignored", "A failure that does not matter") { hosts("web") {
      capture("head -c 16777217 /dev/zero | tr '\\0' x", as: value).named("capture").ignoringFailure()
      run("echo x >>$D/after") } }
    extension Captured { var text: Text { "\(self)" } }
    """#

  private func bench(_ hosts: [String] = ["a"]) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: hosts, ssh: #"exec /bin/sh -c "$command""#)
    try bench.project.folder.write("value.conf", "value = {{ value }}\n")
    return bench
  }

  @Test(arguments: [
    "plain", "it's", "''", "a\"b$HOME`id`\\", "two\nlines", "\n\nfirst lines empty", "trailing\n\n\n", " spaces  kept ", "-n", "ünïcödé",
    "'\\''\n'", "*?[a]", "%s\\n", "\t", "",
  ])
  func everyValueSurvives(value: String) throws {
    let bench = try bench()
    try bench.marks.write("in", value)
    var kept = value[...]
    while kept.last == "\n" { kept.removeLast() }
    let ended = try bench.run("odd")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.read("same.a") == kept)
    #expect(bench.marks.read("later.a") == kept)
    #expect(bench.ssh?.calls.count == 1)
  }

  @Test func aValueOutlivesItsConnection() throws {
    let bench = try bench()
    try bench.marks.write("in", "it's\ntwo 'lines'")
    let ended = try bench.run("sessions")
    // A failed transfer ends its connection.
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.ssh?.calls.count == 2)
    #expect(bench.marks.read("later.a") == "it's\ntwo 'lines'")
  }

  @Test func aValueGoesIntoPathsTemplatesAndVariables() throws {
    let bench = try bench()
    let ended = try bench.run("transfers")
    #expect(ended.status == 0, "\(ended)")
    let inventory = bench.project.folder.read("inventory.ini")
    #expect(bench.marks.read("file name.copy") == inventory)
    #expect(bench.marks.read("seen") == inventory)
    #expect(bench.marks.read("file name.conf") == "value = \(bench.marks.path)/file name\n")
  }

  @Test func eachHostHasItsOwnValue() throws {
    let bench = try bench(["a", "b", "c"])
    #expect(try bench.run("own").status == 0)
    #expect(bench.count("mark") == 3)
  }

  @Test(arguments: ["failed", "skipped"]) func aValueThatWasNeverCapturedFailsTheStepThatUsesIt(task: String) throws {
    let bench = try bench()
    let ended = try bench.run(task)
    #expect(ended.status == 1, "\(ended)")
    #expect(!bench.marks.exists("seen") || bench.marks.read("seen").isEmpty, "\(bench.marks.read("seen"))")
    #expect(ended.output.contains("nothing was captured on this host"))
    #expect(ended.rows.dropFirst().first?.contains("use: status ") == true)
  }

  @Test func nothingIsAValue() throws {
    let bench = try bench()
    let ended = try bench.run("empty", "--format", "json")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("mark") == 1)
    #expect(try !ended.events().contains { $0.event == "step.output" })
  }

  @Test func theLastValueCounts() throws {
    let bench = try bench()
    #expect(try bench.run("again").status == 0)
    #expect(bench.marks.read("seen") == "two\n")
  }

  @Test func sixteenMegabytesAreCaptured() throws {
    let bench = try bench()
    let ended = try bench.run("large", "-q")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(bench.marks.read("seen").trimmingCharacters(in: .whitespacesAndNewlines) == "16777216")
  }

  @Test("more fails the step, on the host as well as here", arguments: ["tooLarge", "wide", "ignored"]) func more(task: String) throws {
    let bench = try bench()
    let ended = try bench.run(task)
    #expect(ended.status == (task == "ignored" ? 0 : 1), "\(ended)")
    #expect(ended.output.contains("failed: it printed more than 16 MiB, the most that is captured"), "\(ended)")
    #expect(bench.count("after") == (task == "ignored" ? 1 : 0))
    // It goes no further than the host.
    #expect(ended.output.utf8.count < 2000)
  }
}
