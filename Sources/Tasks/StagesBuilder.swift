/// Collects stages: `@Stages func release() -> [Stage] { hosts("web") { ... }; local("git tag live") }`.
@resultBuilder
public enum Stages {
  /// One stage.
  public static func buildExpression(_ stage: Stage) -> [Stage] { [stage] }
  /// The stages of a recipe.
  public static func buildExpression(_ stages: [Stage]) -> [Stage] { stages }
  /// Statements in a row.
  public static func buildBlock(_ parts: [Stage]...) -> [Stage] { parts.flatMap { $0 } }
  /// `if` without `else`.
  public static func buildOptional(_ part: [Stage]?) -> [Stage] { part ?? [] }
  /// `if` of an `if`-`else`, or a `switch` case.
  public static func buildEither(first part: [Stage]) -> [Stage] { part }
  /// `else`, or a later `switch` case.
  public static func buildEither(second part: [Stage]) -> [Stage] { part }
  /// `for`.
  public static func buildArray(_ parts: [[Stage]]) -> [Stage] { parts.flatMap { $0 } }
  /// `if #available`.
  public static func buildLimitedAvailability(_ part: [Stage]) -> [Stage] { part }

  /// Steps need hosts.
  @available(
    *, unavailable, message: "a step runs on hosts: put it inside hosts(\"...\") { }, or use local(\"...\") for a command on this machine"
  )
  public static func buildExpression(_ step: Step) -> [Stage] { [] }
  /// Steps need hosts.
  @available(*, unavailable, message: "steps run on hosts: put them inside hosts(\"...\") { }")
  public static func buildExpression(_ steps: [Step]) -> [Stage] { [] }
  /// Phases need hosts.
  @available(*, unavailable, message: "parallel { } and serially { } run on hosts: put them inside hosts(\"...\") { }")
  public static func buildExpression(_ phase: Phase) -> [Stage] { [] }
  /// Tasks stand outside.
  @available(
    *, unavailable, message: "a task cannot stand inside a task: list it in Deployfile { }, and run it from here with invoke(\"name\")"
  )
  public static func buildExpression(_ task: TaskDefinition) -> [Stage] { [] }
  /// A command is not a stage.
  @available(*, unavailable, message: "a text is not a stage: write local(\"...\"), or run(\"...\") inside hosts(\"...\") { }")
  public static func buildExpression(_ text: String) -> [Stage] { [] }
  /// Environments stand outside.
  @available(*, unavailable, message: "an environment cannot stand inside a task: list it in Deployfile { }")
  public static func buildExpression(_ environment: EnvironmentDefinition) -> [Stage] { [] }
  /// A block lists what is to be done.
  @available(
    *, unavailable,
    message:
      "this would happen while the plan is made, on this machine: list stages such as hosts and local here, and prepare values with let or in a function"
  )
  public static func buildExpression(_ nothing: Void) -> [Stage] { [] }
  /// Only stages.
  @available(*, unavailable, message: "this is not a stage; stages are hosts, local, notify, confirm, invoke, locked, attempt and always")
  @_disfavoredOverload
  public static func buildExpression<Other>(_ other: Other) -> [Stage] { [] }
}
