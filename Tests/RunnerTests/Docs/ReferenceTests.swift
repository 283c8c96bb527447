import Tasks
import Testing

@testable import Runner

/// `docs/reference.md` and `docs/run.1` say of every option, status, variable and field what the code has, and of nothing else.
@Suite struct ReferenceTests {
  private static func argument(_ option: Option) -> String {
    switch option.argument {
    case .none: ""
    case .required(let name): " \(name)"
    case .optional(let name): " [\(name)]"
    }
  }

  @Test func options() {
    let expected = Option.all.map { option in
      "\(option.short.map { "`-\($0)`, " } ?? "")`\(option.long)\(Self.argument(option))`"
    }
    #expect(ReferencePage.rows("Options").map { $0[0] } == expected)
    // Every option has a word in the language of the parser.
    #expect(Set(Option.all.map(\.name)) == Set(Option.Name.allCases))
  }

  @Test func exitStatuses() {
    #expect(ReferencePage.names("Exit status") == ExitStatus.allCases.map { String($0.rawValue) })
  }

  @Test func environmentVariables() {
    let own = ReferencePage.names("Environment variables")
    let services = ReferencePage.rows("Environment variables", table: 1).flatMap { ReferencePage.quoted($0[1]) }
    #expect(Set(own).intersection(services) == [])
    #expect(Set(own + services) == ReferencePage.variables)
    #expect(Set(own).count == own.count)
  }

  @Test func listFields() {
    #expect(Set(ReferencePage.names("JSON of --list")) == Self.keys(of: Listing.json(of: Shop.deployfile)))
  }

  @Test func hostFields() {
    let host = Host("a", address: "10.0.0.1", port: 22, user: "u", roles: ["web"])
    #expect(Set(ReferencePage.names("JSON of --hosts")) == Self.keys(of: Listing.json(of: [host], environment: "production")))
  }

  @Test func planFields() {
    let (keys, kinds) = ReferencePage.keys("Plan/PlanJSON.swift")
    #expect(Set(ReferencePage.names("JSON of --plan")) == keys)
    let sentence = ReferencePage.text.split(separator: "\n").first { $0.hasPrefix("Kinds of stages: ") } ?? ""
    #expect(Set(ReferencePage.quoted(String(sentence))) == Set(kinds))
  }

  @Test func historyFields() {
    #expect(Set(ReferencePage.names("JSON of --history")) == ReferencePage.keys("Journal/History.swift").keys)
  }

  @Test func eventFields() {
    var event = Event(
      .stepFinished, host: "a", name: "n", stream: .output, text: "t", status: 1, duration: 1, outcome: .failed, attempt: 2)
    event.step = 3
    #expect(ReferencePage.names("JSON of --format json").sorted() == Self.keys(of: event.json(run: "r")).sorted())
    #expect(ReferencePage.names("JSON of --format json", table: 1) == Event.Kind.allCases.map(\.rawValue))
    let outcomes = ReferencePage.rows("JSON of --format json").first { $0[0] == "`outcome`" }
    #expect(Set(ReferencePage.quoted(outcomes?[1] ?? "")) == Set(Outcome.allCases.map(\.rawValue)))
  }

  private static func keys(of value: Value) -> Set<String> {
    switch value {
    case .object(let members): Set(members.map(\.key)).union(members.flatMap { keys(of: $0.value) })
    case .array(let values): Set(values.flatMap(keys))
    default: []
    }
  }
}
