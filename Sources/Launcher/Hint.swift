/// A text of the compiler's, and what it means in a Deployfile.
struct Hint {
  let pattern: String
  let text: String

  /// What to add to the compiler's text, each hint once.
  static func all(for text: String) -> [String] {
    table.filter { text.contains($0.pattern) }.map(\.text).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What an error in the stub means; nothing when it is not one that a Deployfile can cause.
  static func forStub(_ line: String) -> String? { stubTable.first { line.contains($0.pattern) }?.text }

  private static let table = [
    Hint(
      pattern: "are not allowed at the top level",
      text: "a Deployfile holds declarations only: put what is to be done into a task, and lists of tasks into `let deployfile`"),
    Hint(
      pattern: "is nonisolated global shared mutable state",
      text: "hosts are worked on at the same time, so nothing global may change: make it a `let`"),
    // Without Tasks the name means the module that the Deployfile itself is.
    Hint(pattern: "'module<Deployfile>'", text: noImport),
    Hint(pattern: "'Deployfile' in scope", text: noImport),
    Hint(pattern: "cannot find 'task' in scope", text: noImport),
    Hint(
      pattern: "hashbang line is allowed only in the main file",
      text: "remove the line that begins with #!: a Deployfile is started by `run`, not by itself"),
    Hint(
      pattern: "unable to type-check this expression in reasonable time",
      text: "give each task a `let` of its own and list only their names in `let deployfile`; spell out the types in long expressions"),
    Hint(
      pattern: "no such module",
      text: "a Deployfile can import Tasks, Foundation and what comes with Swift, but no packages; Swift files beside it"
        + " go into the folder of the same name (Deployfile/) and need no import"),
    Hint(
      pattern: "'main' attribute can only apply to one type",
      text: "remove `@main`: `run` starts the program, and the Deployfile only declares `let deployfile`"),
    Hint(
      pattern: "pack expansion requires that",
      text: "a task's block takes one value for each parameter, in their order:"
        + " task(\"name\", \"summary\", version, migrate) { version, migrate in ... }"),
    Hint(
      pattern: "generic parameter 'Element' could not be inferred", text: "say of which type it is: Parameter<Version>(\"version\", ...)"),
    Hint(
      pattern: "'task(_:_:_:fileID:line:_:)' declared here", text: "a task has a name and a summary: task(\"name\", \"summary\") { ... }"),
    Hint(pattern: "'hosts(_:fileID:line:_:)' declared here", text: "say which hosts: hosts(\"web\") { ... }, or hosts(\"all\") { ... }"),
    Hint(
      pattern: "cannot use explicit 'return' statement in the body of result builder",
      text: "a block lists what is to be done, so nothing returns from it: instead of guard or return, write if ... { } else { }"),
    Hint(pattern: "invalid conversion from throwing function of type", text: noEffects),
    Hint(pattern: "to parameter expecting synchronous function type", text: noEffects),
    Hint(pattern: "value of type 'Stage' has no member", text: modifiers),
    Hint(pattern: "value of type 'Phase' has no member", text: modifiers),
    Hint(
      pattern: "'String' to expected argument type 'Command'",
      text: "write \"\\(raw: text)\" if text is shell text, \"\\(text)\" if it is one word"),
    Hint(pattern: "'String' to expected argument type 'Text'", text: "write it as a literal: \"\\(path)\""),
    Hint(pattern: "'String' to expected argument type 'InventorySource'", text: "write it as a literal: \"\\(path)\""),
    Hint(
      pattern: "'String' to expected argument type 'Pattern'", text: "write it as a literal, \"\\(name)\", or as .role(name) or .host(name)"
    ),
    Hint(pattern: "'String' to expected argument type 'Service'", text: "write .unit(\"\\(name)\")"),
    Hint(
      pattern: "'String' to expected argument type 'Secret'",
      text: "a secret does not stand in a Deployfile: write .environment(\"NAME\"), .file(\"PATH\"), .command(\"...\") or .prompt(\"...\")"),
    Hint(
      pattern: "'String' to expected argument type 'Captured'",
      text: "declare a place for it, let previous = Captured(\"previous\"), and name that"),
    Hint(pattern: "to expected argument type 'Duration'", text: durations),
    Hint(pattern: "type 'Duration' has no member", text: durations),
    Hint(pattern: "to expected argument type 'Batches'", text: "write by: .count(2), by: .percent(25), or by: [.count(1), .rest]"),
    Hint(pattern: "to expected dictionary value type 'Text'", text: "values of variables are texts: [\"PORT\": \"80\"]"),
    Hint(pattern: "'TaskDefinition' to expected argument type 'String'", text: "invoke takes the task's name: invoke(\"name\")"),
    Hint(pattern: "undefined reference to", text: brokenLibrary),
    Hint(pattern: "undefined symbol: ", text: brokenLibrary),
    Hint(pattern: "Undefined symbols for architecture", text: brokenLibrary),
    Hint(pattern: "cannot be imported by the Swift", text: otherCompiler),
    Hint(pattern: "was created by a different version of the compiler", text: otherCompiler),
    Hint(pattern: "missing required module", text: brokenLibrary),
    Hint(
      pattern: "SDK is not supported by the compiler",
      text: "the macOS SDK and swiftc are of different releases: select one toolchain with xcode-select, or unset SDKROOT"),
  ]

  private static let stubTable = [
    Hint(
      pattern: "cannot find 'deployfile' in scope",
      text: "`let deployfile` is missing: list the tasks at the end of the file, as in `let deployfile = Deployfile { deploy }`"),
    Hint(pattern: "'deployfile' is inaccessible", text: "`let deployfile` is private, so `run` cannot see it: remove `private`"),
    Hint(pattern: "'deployfile'", text: wrongType),
    Hint(pattern: "to expected argument type 'Deployfile'", text: wrongType),
    Hint(pattern: "to a value of type 'Deployfile'", text: wrongType),
    Hint(pattern: "expected type 'Deployfile'", text: wrongType),
  ]

  private static let wrongType = "`deployfile` is not a Deployfile: declare it as `let deployfile = Deployfile { ... }`"
  private static let noEffects =
    "a block is evaluated while the plan is made, so it cannot fail or wait: what must happen on a host stands in perform(\"name\") { session in ... }"
  private static let modifiers = "modifiers belong to steps: run(\"...\").named(\"...\").timeout(.seconds(5))"
  private static let durations = "write .seconds(5), .seconds(2 * 60) or .milliseconds(250)"
  private static let noImport = "add `import Tasks` as the first line of each file"
  private static let brokenLibrary = "Pushbutton's module and archive may not be of one build: build it again, or install it again"
  private static let otherCompiler = "Pushbutton was built by another Swift release than this swiftc: build it again with this one"
}
