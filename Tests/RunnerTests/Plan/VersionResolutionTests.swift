import Tasks
import Testing

@testable import Runner

/// Where the planner finds the package whose versions a parameter takes, and what it asks.
@Suite struct VersionResolutionTests {
  private static let shop = Package("shop", index: "https://pypi.example.com/simple")
  private static let other = Package("other", index: "https://pypi.example.com/simple")
  private static let version = Parameter<Version>("version", "")

  private static func deploy(_ stages: @escaping @Sendable (Version) -> [Stage]) -> TaskDefinition {
    task("t", "T", version) { version in stages(version) }
  }

  private static func install(_ version: Version, _ package: Package = shop) -> Step { run("i \(version)").installs(version, of: package) }

  struct Row: CustomTestStringConvertible, Sendable {
    let id: String
    let task: TaskDefinition
    var testDescription: String { id }
  }

  private static let inner = task("inner", "I", version) { version in hosts("web") { install(version) } }

  static let rows = [
    Row(id: "of", task: task("t", "T", Parameter<Version>("version", "", of: shop)) { version in local("\(version)") }),
    Row(id: "of, optional", task: task("t", "T", Parameter<Version?>("version", "", of: shop)) { _ in local("a") }),
    Row(id: "of, list", task: task("t", "T", Parameter<[Version]>("version", "", of: shop)) { _ in local("a") }),
    Row(id: "of, default", task: task("t", "T", Parameter<Version>("version", "", default: Version("1"), of: shop)) { _ in local("a") }),
    Row(
      id: "step",
      task: deploy { version in
        @Stages func stages() -> [Stage] { hosts("web") { install(version) } }; return stages()
      }),
    Row(
      id: "behind others",
      task: deploy { version in
        @Stages func stages() -> [Stage] {
          local("a")
          hosts("web") {
            run("a")
            install(Version("1.0") ?? version, other)
          }
          hosts("web") { serially { install(version) } }
        }
        return stages()
      }),
    Row(
      id: "nested",
      task: deploy { version in
        @Stages func stages() -> [Stage] {
          always {
            locked("l") {
              attempt {
                hosts("web") {
                  when("a") {
                    run("a")
                  } else: {
                    within("/x") { install(version) }
                  }
                }
              } onFailure: {
                local("a")
              }
            }
          } finally: {
            local("a")
          }
        }
        return stages()
      }),
    Row(
      id: "in finally",
      task: deploy { version in
        @Stages func stages() -> [Stage] {
          always {
            local("a")
          } finally: {
            hosts("web") { install(version) }
          }
        }
        return stages()
      }),
    Row(
      id: "invoked",
      task: deploy { version in
        @Stages func stages() -> [Stage] { invoke("inner", ["version": "\(version)"]) }
        return stages()
      }),
    Row(
      id: "only for one form of version",
      task: deploy { version in
        @Stages func stages() -> [Stage] { if version.isPreRelease { local("a") } else { hosts("web") { install(version) } } }
        return stages()
      }),
  ]

  private static func planner(_ task: TaskDefinition, answers: [VersionQuestion: Version] = [:]) throws -> Planner {
    let deployfile = Deployfile {
      environment("test", inventory: "unused")
      task
      inner
    }
    var planner = Planner(deployfile: deployfile, inventory: try Inventory(Fleet.hosts), environment: "test", root: "/nowhere")
    planner.answers = answers
    return planner
  }

  @Test(arguments: rows) func asksForThePackage(row: Row) throws {
    var planner = try Self.planner(row.task)
    let question = VersionQuestion(package: Self.shop, word: "latest")
    let error = #expect(throws: PlanError.self) { try planner.plan(row.task, words: ["version": ["latest"]]) }
    guard case .unresolved(question, "version", "t") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    var again = try Self.planner(row.task, answers: [question: try #require(Version("1.5.0"))])
    let plan = try again.plan(row.task, words: ["version": ["latest"]])
    #expect(plan.parameters.map { "\($0.name)=\($0.value)" } == ["version=1.5.0"])
    #expect(plan.wantedVersions.map { "\($0.package.name) \($0.version)" }.contains("shop 1.5.0"))
  }

  @Test func twoParametersHaveTheirOwn() throws {
    let both = task("t", "T", Parameter<Version>("a", ""), Parameter<Version>("b", "")) { a, b in
      hosts("web") {
        Self.install(b, Self.other)
        Self.install(a)
      }
    }
    var answers: [VersionQuestion: Version] = [:]
    answers[VersionQuestion(package: Self.shop, word: "latest")] = Version("1.0")
    answers[VersionQuestion(package: Self.other, word: ">=2")] = Version("2.0")
    var planner = try Self.planner(both, answers: answers)
    let plan = try planner.plan(both, words: ["a": ["latest"], "b": [">=2"]])
    #expect(plan.steps.map(\.shown.template) == ["i 2.0", "i 1.0"])
  }

  @Test func anExactVersionAsksNothing() throws {
    let task = Self.rows[4].task
    var planner = try Self.planner(task)
    let plan = try planner.plan(task, words: ["version": ["v1.4"]])
    #expect(plan.parameters.map(\.value) == ["v1.4"])
    #expect(plan.wantedVersions.map { "\($0.package.name) \($0.version)" } == ["shop 1.4"])
  }

  @Test func withoutAPackage() throws {
    let task = Self.deploy { version in
      @Stages func stages() -> [Stage] {
        local("\(version)")
        invoke("inner", ["version": "1.0"])
        invoke("inner", ["version": "nonsense"])
        invoke("unknown")
        invoke("t", ["version": "\(version)"])
      }
      return stages()
    }
    var planner = try Self.planner(task)
    let error = #expect(throws: PlanError.self) { try planner.plan(task, words: ["version": [">=1"]]) }
    guard case .noPackage("version", ">=1", "t") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  static let words: [(text: String, reason: String)] = [
    ("", "A version is missing."), (">=", "A version is missing behind >=."), ("x", "A release number is missing in \"x\"."),
    (">=x", "A release number is missing in \">=x\"."), ("1.0x", "\"x\" fits nothing in \"1.0x\"."),
    ("=1", "\"=1\" has no operator; there are === ~= == != <= >= < and >."),
    ("1.0+", "A local part is missing behind \"+\" or a separator in \"1.0+\"."),
    (">=1+a", "A local part (+...) is not allowed with >=, only with == and !=."),
    ("~=1.*", "A wildcard (.*) is not allowed with ~=, only with == and !=."),
    ("==1a1.*", "A wildcard (.*) follows a plain release only, as in ==1.4.*."), ("~=1", "~= needs two numbers at least, as in ~=1.4."),
    ("===a;", "\";\" cannot be in \"===a;\"."), (">=1,<2,<=y", "A release number is missing in \"<=y\"."),
    ("1234567890123456789", "1234567890123456789 is too large a number: versions here have numbers of up to 18 digits."),
  ]

  @Test(arguments: words) func saysWhatIsWrong(text: String, reason: String) {
    let error = #expect(throws: VersionSyntaxError.self) { try VersionWord(parsing: text) }
    #expect(error?.words == reason)
  }
}
