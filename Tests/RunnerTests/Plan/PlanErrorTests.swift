import Tasks
import Testing

@testable import Runner

/// A task that cannot be planned, and what a person reads; `L` stands for the line of the wrong part.
struct RefusalRow: CustomTestStringConvertible, Sendable {
  let id: String
  let text: String
  let stages: @Sendable () -> [Stage]
  var limit: Pattern?
  var hosts: [Host]? = Fleet.hosts

  init(
    _ id: String, _ text: String, limit: Pattern? = nil, hosts: [Host]? = Fleet.hosts, @Stages _ stages: @escaping @Sendable () -> [Stage]
  ) {
    self.id = id
    self.text = text
    self.limit = limit
    self.hosts = hosts
    self.stages = stages
  }

  /// One step on the web servers.
  init(step id: String, _ text: String, @Steps _ steps: @escaping @Sendable () -> [Step]) {
    self.init(id, text) { Tasks.hosts("web") { steps() } }
  }

  /// One phase on the web servers.
  init(phase id: String, _ text: String, _ phase: @escaping @Sendable () -> Phase) {
    self.init(id, text) { Tasks.hosts("web") { phase() } }
  }

  var testDescription: String { id }
}

private let kernel = Decision("the kernel", ask: "uname -r") { Verdict($0.first?.output ?? "") }

private let lost = """
  L: a secret went through an ordinary String on its way here, where it is "[secret]" and nothing else
    Interpolate it where it is used: run("... \\(token)"), or make what holds it a Text or a Command.
  """

private let other = task("other", "Other", Parameter<Int>("count", "how many")) { _ in }
private let circle = task("circle", "Circle") { invoke("t") }

@Suite struct PlanErrorTests {
  static let stages = [
    RefusalRow("no such host", "L: \"wbe\" matches no role and no host of the inventory\n  Did you mean \"web\"?") {
      hosts("wbe") { run("a") }
    },
    RefusalRow(
      "no inventory",
      "L: the Deployfile declares no environment, so no hosts are known\n  Declare environment(\"production\", inventory: \"PATH\"), or name an inventory with -i PATH.",
      hosts: nil
    ) {
      hosts("web") { run("a") }
    },
    RefusalRow(
      "limit leaves nothing", "--limit db leaves the run without any host\n  run --hosts PATTERN shows what a pattern selects.", limit: "db"
    ) {
      hosts("web") { run("a") }
    },
    RefusalRow("limit matches nothing", "--limit: \"bd\" matches no role and no host of the inventory\n  Did you mean \"db\"?", limit: "bd")
    {
      hosts("web") { run("a") }
    },
    RefusalRow(
      "captured on this machine",
      "L: local runs on this machine: it cannot hold \\(x), which is known on hosts only\n  Use it in a step inside hosts(...)."
    ) {
      hosts("web") { capture("a", as: Captured("x")) }
      local("echo \(Captured("x"))")
    },
    RefusalRow(
      "decided on this machine",
      "L: local runs on this machine: it cannot hold \\(the kernel), which is known on hosts only\n  Use it in a step inside hosts(...)."
    ) { local("echo \(kernel)") },
    RefusalRow("invoke unknown", "L: invoke(\"othr\"): there is no such task\n  Did you mean \"other\"?") { invoke("othr") },
    RefusalRow("invoke far", "L: invoke(\"xyzxyz\"): there is no such task\n  List the task in Deployfile { }.") { invoke("xyzxyz") },
    RefusalRow("invoke itself", "L: tasks invoke each other in a circle: t -> t\n  Take one invoke out of the circle.") { invoke("t") },
    RefusalRow("invoke in a circle", "L: tasks invoke each other in a circle: t -> circle -> t\n  Take one invoke out of the circle.") {
      locked("x") { invoke("circle") }
    },
    RefusalRow("invoke without a value", "the task \"other\" needs --count INTEGER\n  --count: how many.") { invoke("other") },
    RefusalRow(
      "invoke with a bad value", "--count of the task \"other\" is \"x\", which is no integer\n  run --help other shows what it takes."
    ) { invoke("other", ["count": "x"]) },
    RefusalRow("invoke with an unknown value", "the task \"other\" has no parameter \"cuont\"\n  Did you mean \"count\"?") {
      invoke("other", ["cuont": "1"])
    },
    RefusalRow("invoke with a value too many", "the task \"circle\" has no parameter \"x\"\n  It takes none.") {
      invoke("circle", ["x": "1"])
    },
  ]

  static let phases = [
    RefusalRow(phase: "limit 0", "L: parallel(limit:) is 0\n  It must be 1 or more.") { parallel(limit: 0) { run("a") } },
    RefusalRow(phase: "no shares", "L: serially(by: []) has no batch size\n  For example serially(by: [.count(1), .percent(25)]).") {
      serially(by: []) { run("a") }
    },
    RefusalRow(phase: "count 0", "L: serially(by: .count) is 0\n  It must be 1 or more.") { serially(by: .count(0)) { run("a") } },
    RefusalRow(phase: "percent 0", "L: serially(by: .percent) is 0\n  It must be 1 to 100.") {
      serially(by: [.count(1), .percent(0)]) { run("a") }
    },
    RefusalRow(phase: "percent 101", "L: serially(by: .percent) is 101\n  It must be 1 to 100.") {
      serially(by: .percent(101)) { run("a") }
    },
    RefusalRow(phase: "negative pause", "L: serially(pause:) is -1 s\n  It must be 0 or more.") {
      serially(pause: .seconds(-1)) { run("a") }
    },
    RefusalRow(phase: "negative tolerance", "L: serially(tolerating: .count) is -1\n  It must be 0 or more.") {
      serially(tolerating: .count(-1)) { run("a") }
    },
    RefusalRow(phase: "tolerating more than all", "L: serially(tolerating: .percent) is 101\n  It must be 0 to 100.") {
      serially(tolerating: .percent(101)) { run("a") }
    },
  ]

  static let steps = [
    RefusalRow(step: "missing variable", "L: the host web1 has no variable \"prot\"\n  Did you mean \"port\"?") {
      run("a \(host: .variable("prot"))")
    },
    RefusalRow(
      step: "variable of one host",
      "L: the host web2 has no variable \"note\"\n  Add it to the inventory; run --hosts web2 --json shows what it has."
    ) {
      run("a \(host: .variable("note"))")
    },
    RefusalRow(
      step: "unknown variable",
      "L: the host web1 has no variable \"xyzxyz\"\n  Add it to the inventory; run --hosts web1 --json shows what it has."
    ) { run("a \(host: .variable("xyzxyz"))") },
    RefusalRow(
      "list as a word",
      "L: the variable \"list\" of the host web3 is a list or an object, which is no one word\n  Use a variable that holds a text, a number or a truth value."
    ) {
      hosts("web3") { run("a \(host: .variable("list"))") }
    },
    RefusalRow(
      step: "missing variable in a scope",
      "L: the host web1 has no variable \"xyzxyz\"\n  Add it to the inventory; run --hosts web1 --json shows what it has."
    ) {
      within("/srv/\(host: .variable("xyzxyz"))") { run("a") }
    },
    RefusalRow(
      step: "in a branch",
      "L: the host web1 has no variable \"xyzxyz\"\n  Add it to the inventory; run --hosts web1 --json shows what it has."
    ) {
      when("t") {
        run("a")
      } else: {
        run("\(host: .variable("xyzxyz"))")
      }
    },
    RefusalRow(
      step: "missing upload",
      "L: cannot read /nowhere/x.whl: No such file or directory\n  Paths are relative to the folder of the Deployfile."
    ) { upload("x.whl", to: "/tmp/x") },
    RefusalRow(step: "folder", "L: /tmp is a folder\n  Copy a folder with sync(\"...\", to: \"...\").") { upload("/tmp", to: "/tmp/x") },
    RefusalRow(
      step: "missing folder",
      "L: cannot read /nowhere/public: No such file or directory\n  Paths are relative to the folder of the Deployfile."
    ) { sync("public", to: "/tmp/x") },
    RefusalRow(step: "no folder", "L: /etc/passwd is not a folder\n  Copy a file with upload(\"...\", to: \"...\").") {
      sync("/etc/passwd", to: "/tmp/x")
    },
    RefusalRow(
      step: "missing template",
      "L: cannot read /nowhere/x.conf: No such file or directory\n  Paths are relative to the folder of the Deployfile."
    ) { render("x.conf", to: "/tmp/x") },
    RefusalRow(
      step: "secret path",
      "L: a local path cannot hold a secret, captured output or \\(run: ...), which are unknown before the run\n  Use fixed text or \\(host: ...) in it."
    ) {
      upload("a\(Secret.environment("X"))", to: "/tmp/x")
    },
    RefusalRow(step: "secret in a string, into a command", lost) { run("echo \("Bearer \(Secret.environment("X"))")") },
    RefusalRow(step: "secret in a string, raw", lost) { run("echo \(raw: "x\(Secret.environment("X"))")") },
    RefusalRow(step: "secrets in a list", lost) { run("echo \([Secret.environment("X")])") },
    RefusalRow(step: "secret in a string, into a variable", lost) {
      with(["TOKEN": "\(String(describing: Secret.environment("X")))"]) { run("env") }
    },
    RefusalRow(step: "secret in a string, into a template", lost) {
      render("/etc/hostname", to: "/tmp/x", values: ["token": Text(String(describing: Secret.environment("X")))])
    },
    RefusalRow(step: "secret in a string, into a path", lost) { upload("/etc/\("\(Secret.environment("X"))")", to: "/tmp/x") },
    RefusalRow("secret in a string, into a message", lost) {
      notify(.command("true"), "token \("\(Secret.environment("X"))")")
    },
    RefusalRow("secret in a string, for this machine", lost) { local("echo \("\(Secret.environment("X"))")") },
    RefusalRow(
      step: "secret destination",
      "L: the place of an upload cannot hold a secret: every user of the host could read it\n  "
        + "Upload to a fixed name, and rename it there with run(\"...\")."
    ) {
      within("/srv/\(Secret.environment("X"))") { upload("/etc/passwd", to: "x") }
    },
    RefusalRow(
      step: "captured path",
      "L: a local path cannot hold a secret, captured output or \\(run: ...), which are unknown before the run\n  Use fixed text or \\(host: ...) in it."
    ) {
      capture("a", as: Captured("x"))
      download("/a", to: "\(Captured("x"))")
    },
    RefusalRow(
      step: "same download",
      "L: web1 and web2 would both write /nowhere/x.log\n  Tell the files apart, for example with \\(host: .name) in the path."
    ) { download("/x.log", to: "x.log") },
    RefusalRow(step: "retry 0", "L: .retry is 0\n  It must be 1 or more attempts.") { run("a").retry(0) },
    RefusalRow(step: "negative pause", "L: .retry(every:) is -1 s\n  It must be 0 or more.") { run("a").retry(2, every: .seconds(-1)) },
    RefusalRow(step: "timeout 0", "L: .timeout is 0 s\n  It must be more than 0.") { run("a").timeout(.zero) },
    RefusalRow(step: "wait for no time", "L: waitFor(within:) is 0 s\n  It must be more than 0.") { waitFor(.tcp("a:1"), within: .zero) },
    RefusalRow(step: "stable for less than nothing", "L: waitFor(stableFor:) is -1 s\n  It must be 0 or more.") {
      waitFor(.tcp("a:1"), within: .seconds(1), stableFor: .seconds(-1))
    },
    RefusalRow(step: "no status", "L: .http(status:) is 0 to 299\n  It must be 100 to 599.") {
      waitFor(.http("a", status: 0...299), within: .seconds(1))
    },
    RefusalRow(step: "unit without time", "L: .unit(within:) is 3 s\n  It must be more than stableFor.") {
      restart(.unit("a", within: .seconds(3)))
    },
    RefusalRow(step: "signal without time", "L: .signal(within:) is 0 s\n  It must be more than 0.") {
      stop(.signal(.term, pidfile: "a", within: .zero))
    },
    RefusalRow(
      step: "captured later",
      "L: \\(x) is used, but nothing was captured under that name before\n  Put capture(\"...\", as: x) in front of it, in the same task."
    ) { run("a \(Captured("x"))") },
    RefusalRow(
      step: "decided in a question",
      "L: the question of a decision holds another one, the kernel, which nobody has decided yet\n  Ask for both in one question."
    ) { run("a \(Decision("outer", ask: "b \(kernel)") { _ in Verdict() })") },
    RefusalRow(
      step: "path of this run",
      "L: a local path cannot hold a secret, captured output or \\(run: ...), which are unknown before the run\n  Use fixed text or \\(host: ...) in it."
    ) { sync("dist/\(run: .id)", to: "/tmp/x") },
    RefusalRow(
      step: "captured under a bad name",
      "L: \"a b\" cannot be the name of a Captured\n  Use letters, digits and \"_\", not beginning with a digit."
    ) { capture("x", as: Captured("a b")) },
    RefusalRow(
      step: "bad variable",
      "L: \"1A\" cannot be the name of an environment variable\n  Use letters, digits and \"_\", not beginning with a digit."
    ) { with(["1A": "x"]) { run("a") } },
    RefusalRow(
      step: "bad user",
      "L: \"-x\" cannot be the name of a user\n  Use letters, digits, \".\", \"_\" and \"-\", beginning with a letter, a digit or \"_\"."
    ) { sudo(as: "-x") { run("a") } },
    RefusalRow(step: "start by signal", "L: a signal cannot start a service\n  Use start(.unit(\"...\")) or start(.command(\"...\")).") {
      start(.signal(.hup, pidfile: "/x"))
    },
    RefusalRow(step: "NUL", "L: a command holds a NUL byte, which no shell takes\n  Take it out of the interpolated value.") {
      run("a \("b\0c")")
    },
    RefusalRow(step: "NUL in a text", "L: a command holds a NUL byte, which no shell takes\n  Take it out of the interpolated value.") {
      upload("/etc/passwd", to: "b\0c")
    },
  ]

  @Test(arguments: stages + phases + steps) func refuses(row: RefusalRow) {
    do throws(Failure) {
      let plan = try Fleet.plan(limit: row.limit, others: [other, circle], hosts: row.hosts, row.stages)
      Issue.record("planned:\n\(PlanText.text(of: plan))")
    } catch {
      #expect(error.text.replacing(/[A-Za-z]+\.swift:\d+/, with: "L") == "error: \(row.text)\n")
      #expect(error.status == .invalid)
    }
  }

  static let templates: [(id: String, template: String, text: String)] = [
    (
      "unknown", "a\nb {{ wrokers }}",
      "/nowhere/x:2: {{ wrokers }} has no value on web1\n  Give it in render(..., values: [\"wrokers\": \"...\"]), or as a variable of the host."
    ),
    (
      "variable of one host", "{{ note }}",
      "/nowhere/x:1: {{ note }} has no value on web2\n  Give it in render(..., values: [\"note\": \"...\"]), or as a variable of the host."
    ),
    ("open", "a\n\n{{ a", "/nowhere/x:3: a place is not written as {{ name }}\n  A name has letters, digits, \".\", \"_\" and \"-\"."),
    (
      "expression", "{{ a + b }}",
      "/nowhere/x:1: a place is not written as {{ name }}\n  A name has letters, digits, \".\", \"_\" and \"-\"."
    ),
    ("empty", "{{ }}", "/nowhere/x:1: a place is not written as {{ name }}\n  A name has letters, digits, \".\", \"_\" and \"-\"."),
  ]

  @Test(arguments: templates) func refusesTemplates(id: String, template: String, text: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write(template, to: "x")
    do throws(Failure) {
      _ = try Fleet.plan(root: folder.path) { hosts("web") { render("x", to: "/tmp/x", values: ["workers": "4"]) } }
      Issue.record("planned")
    } catch {
      #expect(error.text.replacing(path, with: "/nowhere/x") == "error: \(text)\n")
    }
  }

  @Test func placesAreTheStepsOwn() {
    let line = #line + 4
    do throws(Failure) {
      _ = try Fleet.plan {
        hosts("web") {
          run("a").retry(0)
        }
      }
    } catch {
      #expect(error.place == "PlanErrorTests.swift:\(line)")
    }
  }
}
