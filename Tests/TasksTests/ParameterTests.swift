import Testing

@testable import Tasks

/// Words given to a parameter, and the value or error that they make.
struct DecodingRow: CustomTestStringConvertible, Sendable {
  let id: String
  let decoded: String
  let expected: String

  init<Value>(_ id: String, _ parameter: Parameter<Value>, _ words: [String]?, _ expected: String) {
    self.id = id
    self.expected = expected
    do throws(ParameterError) {
      decoded = String(reflecting: try parameter.value(from: words.map { [parameter.definition.name: $0] } ?? [:]))
    } catch {
      switch error {
      case .missing(let definition): decoded = "missing \(definition.name)"
      case .malformed(let definition, let text): decoded = "malformed \(definition.name): \(text)"
      }
    }
  }

  var testDescription: String { id }
}

/// What the command line and help know of a parameter.
struct DefinitionRow: CustomTestStringConvertible, Sendable {
  let id: String
  let definition: ParameterDefinition
  let expected: ParameterDefinition

  init<Value>(
    _ id: String, _ parameter: Parameter<Value>, type: String, choices: [String] = [], required: Bool = false, flag: Bool = false,
    list: Bool = false, version: Bool = false, package: Package? = nil, default text: String? = nil
  ) {
    self.id = id
    definition = parameter.definition
    expected = ParameterDefinition(
      name: "x", help: "help", type: type, choices: choices, isRequired: required, isFlag: flag, isList: list, isVersion: version,
      package: package,
      defaultText: text)
  }

  var testDescription: String { id }
}

private let shop = Package("shop", index: "https://pypi.example.com/simple")

private enum Color: String, CaseIterable, Sendable { case red, green = "dark-green" }

/// An enum that says itself what words mean.
private enum Size: String, CaseIterable, ParameterValue {
  case small, large
  static let parameterType = "size"
  init?(parameter text: String) {
    switch text {
    case "S": self = .small
    case "L": self = .large
    default: return nil
    }
  }
  var parameterText: String { self == .small ? "S" : "L" }
}

private struct Branch: ParameterValue {
  let name: String
  static let parameterType = "branch"
  init?(parameter text: String) {
    guard !text.contains(" ") else { return nil }
    name = text
  }
  var parameterText: String { name }
}

@Suite struct ParameterTests {
  private static let branch = Branch(parameter: "main")

  static let rows: [DecodingRow] = [
    DecodingRow("text", Parameter<String>("x"), ["a b"], #""a b""#),
    DecodingRow("empty text", Parameter<String>("x"), [""], #""""#),
    DecodingRow("missing", Parameter<String>("x"), nil, "missing x"),
    DecodingRow("default", Parameter<String>("x", default: "d"), nil, #""d""#),
    DecodingRow("over the default", Parameter<String>("x", default: "d"), ["w"], #""w""#),
    DecodingRow("integer", Parameter<Int>("x"), ["42"], "42"),
    DecodingRow("negative", Parameter<Int>("x"), ["-3"], "-3"),
    DecodingRow("plus", Parameter<Int>("x"), ["+3"], "3"),
    DecodingRow("no integer", Parameter<Int>("x"), ["4.2"], "malformed x: 4.2"),
    DecodingRow("too large", Parameter<Int>("x"), ["9223372036854775808"], "malformed x: 9223372036854775808"),
    DecodingRow("hexadecimal", Parameter<Int>("x"), ["0x10"], "malformed x: 0x10"),
    DecodingRow("number", Parameter<Double>("x"), ["2.5"], "2.5"),
    DecodingRow("exponent", Parameter<Double>("x"), ["1e3"], "1000.0"),
    DecodingRow("infinite", Parameter<Double>("x"), ["inf"], "malformed x: inf"),
    DecodingRow("not a number", Parameter<Double>("x"), ["nan"], "malformed x: nan"),
    DecodingRow("true", Parameter<Bool>("x"), ["true"], "true"),
    DecodingRow("false", Parameter<Bool>("x", default: true), ["false"], "false"),
    DecodingRow("yes", Parameter<Bool>("x"), ["yes"], "malformed x: yes"),
    DecodingRow("no flag given", Parameter<Bool>("x"), nil, "missing x"),
    DecodingRow("version", Parameter<Version>("x"), ["v1.4.0-RC2"], #""1.4.0rc2""#.replacing("\"", with: "")),
    DecodingRow("no version", Parameter<Version>("x"), ["latest"], "malformed x: latest"),
    DecodingRow("choice", Parameter<Color>("x"), ["dark-green"], "TasksTests.(unknown context).Color.green"),
    DecodingRow("no choice", Parameter<Color>("x"), ["green"], "malformed x: green"),
    DecodingRow("default choice", Parameter<Color>("x", default: .red), nil, "TasksTests.(unknown context).Color.red"),
    DecodingRow("own words", Parameter<Size>("x"), ["L"], "TasksTests.(unknown context).Size.large"),
    DecodingRow("not the raw value", Parameter<Size>("x"), ["large"], "malformed x: large"),
    DecodingRow("own type", Parameter<Branch>("x"), ["main"], #"TasksTests.(unknown context).Branch(name: "main")"#),
    DecodingRow("not the own type", Parameter<Branch>("x"), ["a b"], "malformed x: a b"),
    DecodingRow("list", Parameter<[Int]>("x"), ["1", "2"], "[1, 2]"),
    DecodingRow("list of one", Parameter<[Int]>("x"), ["1"], "[1]"),
    DecodingRow("missing list", Parameter<[Int]>("x"), nil, "missing x"),
    DecodingRow("default list", Parameter<[Int]>("x", default: [7]), nil, "[7]"),
    DecodingRow("empty default list", Parameter<[Int]>("x", default: []), nil, "[]"),
    DecodingRow("bad item", Parameter<[Int]>("x"), ["1", "b"], "malformed x: b"),
    DecodingRow(
      "list of choices", Parameter<[Color]>("x"), ["red", "red"],
      "[TasksTests.(unknown context).Color.red, TasksTests.(unknown context).Color.red]"),
    DecodingRow("list of own words", Parameter<[Size]>("x"), ["S"], "[TasksTests.(unknown context).Size.small]"),
    DecodingRow("optional", Parameter<Int?>("x"), ["3"], "Optional(3)"),
    DecodingRow("nothing", Parameter<Int?>("x"), nil, "nil"),
    DecodingRow("bad optional", Parameter<Int?>("x"), ["b"], "malformed x: b"),
    DecodingRow("optional flag", Parameter<Bool?>("x"), ["false"], "Optional(false)"),
    DecodingRow("optional choice", Parameter<Color?>("x"), ["red"], "Optional(TasksTests.(unknown context).Color.red)"),
    DecodingRow("no optional choice", Parameter<Color?>("x"), nil, "nil"),
  ]

  @Test(arguments: rows) func decodes(row: DecodingRow) {
    let place = /\.\(unknown context at \$[0-9a-f]+\)/
    #expect(row.decoded.replacing(place, with: ".(unknown context)") == row.expected)
  }

  static let definitions: [DefinitionRow] = [
    DefinitionRow("text", Parameter<String>("x", "help"), type: "text", required: true),
    DefinitionRow("text with default", Parameter<String>("x", "help", default: "a b"), type: "text", default: "a b"),
    DefinitionRow("integer", Parameter<Int>("x", "help", default: -1), type: "integer", default: "-1"),
    DefinitionRow("number", Parameter<Double>("x", "help", default: 0.5), type: "number", default: "0.5"),
    DefinitionRow("flag", Parameter<Bool>("x", "help"), type: "flag", required: true, flag: true),
    DefinitionRow("flag with default", Parameter<Bool>("x", "help", default: false), type: "flag", flag: true, default: "false"),
    DefinitionRow(
      "version", Parameter<Version>("x", "help", default: Version("1.0-1")), type: "version", version: true, default: "1.0.post1"),
    DefinitionRow(
      "version of a package", Parameter<Version>("x", "help", of: shop), type: "version", required: true, version: true, package: shop),
    DefinitionRow(
      "version of a package, with default", Parameter<Version>("x", "help", default: Version("1"), of: shop), type: "version",
      version: true,
      package: shop, default: "1"),
    DefinitionRow("optional version", Parameter<Version?>("x", "help", of: shop), type: "version", version: true, package: shop),
    DefinitionRow(
      "versions", Parameter<[Version]>("x", "help", of: shop), type: "list of version", required: true, list: true, version: true,
      package: shop),
    DefinitionRow(
      "choice", Parameter<Color>("x", "help", default: .green), type: "choice", choices: ["red", "dark-green"], default: "dark-green"),
    DefinitionRow("own words", Parameter<Size>("x", "help", default: .large), type: "size", default: "L"),
    DefinitionRow("own type", Parameter<Branch>("x", "help", default: branch), type: "branch", default: "main"),
    DefinitionRow("list", Parameter<[Int]>("x", "help", default: [1, 2]), type: "list of integer", list: true, default: "1 2"),
    DefinitionRow("required list", Parameter<[String]>("x", "help"), type: "list of text", required: true, list: true),
    DefinitionRow("list of flags is no flag", Parameter<[Bool]>("x", "help"), type: "list of flag", required: true, list: true),
    DefinitionRow(
      "list of choices", Parameter<[Color]>("x", "help"), type: "list of choice", choices: ["red", "dark-green"], required: true, list: true
    ),
    DefinitionRow("optional", Parameter<Int?>("x", "help"), type: "integer"),
    DefinitionRow("optional flag", Parameter<Bool?>("x", "help"), type: "flag", flag: true),
    DefinitionRow("optional choice", Parameter<Color?>("x", "help"), type: "choice", choices: ["red", "dark-green"]),
  ]

  @Test(arguments: definitions) func defines(row: DefinitionRow) { #expect(row.definition == row.expected) }

  @Test func tasksGiveTypedValues() throws {
    let version = Parameter<Version>("version"), count = Parameter<Int?>("count"), names = Parameter<[String]>("name", default: [])
    let deploy = task("deploy", "Deploy", version, count, names) { version, count, names in
      local("\(version) \(count ?? 0) \(names)")
    }
    #expect(deploy.parameters.map(\.name) == ["version", "count", "name"])
    #expect(Outline.text(try deploy.stages(["version": ["1.0"], "name": ["a", "b c"]])) == "local 1.0 0 a 'b c'")
    #expect(throws: ParameterError.missing(version.definition)) { try deploy.stages([:]) }
    #expect(throws: ParameterError.malformed(count.definition, text: "x")) { try deploy.stages(["version": ["1.0"], "count": ["x"]]) }
  }
}
