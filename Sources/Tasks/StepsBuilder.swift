/// Collects steps: `@Steps func warmUp() -> [Step] { run("bin/warm"); run("bin/check") }`.
@resultBuilder
public enum Steps {
  /// One step.
  public static func buildExpression(_ step: Step) -> [Step] { [step] }
  /// The steps of a scope, a condition or a recipe.
  public static func buildExpression(_ steps: [Step]) -> [Step] { steps }
  /// Statements in a row.
  public static func buildBlock(_ parts: [Step]...) -> [Step] { parts.flatMap { $0 } }
  /// `if` without `else`.
  public static func buildOptional(_ part: [Step]?) -> [Step] { part ?? [] }
  /// `if` of an `if`-`else`, or a `switch` case.
  public static func buildEither(first part: [Step]) -> [Step] { part }
  /// `else`, or a later `switch` case.
  public static func buildEither(second part: [Step]) -> [Step] { part }
  /// `for`.
  public static func buildArray(_ parts: [[Step]]) -> [Step] { parts.flatMap { $0 } }
  /// `if #available`.
  public static func buildLimitedAvailability(_ part: [Step]) -> [Step] { part }

  /// Phases do not nest.
  @available(
    *, unavailable,
    message: "a phase cannot stand inside a phase: put parallel { } and serially { } side by side, directly inside hosts(\"...\") { }"
  )
  public static func buildExpression(_ phase: Phase) -> [Step] { [] }
  /// Stages stand outside.
  @available(
    *, unavailable,
    message: "hosts, local, notify and other stages cannot stand among the steps of a phase: put them directly inside the task"
  )
  public static func buildExpression(_ stage: Stage) -> [Step] { [] }
  /// Tasks stand outside.
  @available(
    *, unavailable,
    message: "a task cannot stand among steps: list it in Deployfile { }, and run it from another task with invoke(\"name\")"
  )
  public static func buildExpression(_ task: TaskDefinition) -> [Step] { [] }
  /// A command is not a step.
  @available(*, unavailable, message: "a text is not a step: write run(\"...\")")
  public static func buildExpression(_ text: String) -> [Step] { [] }
  /// A block lists what is to be done.
  @available(
    *, unavailable,
    message: "this would happen while the plan is made, on this machine: list steps here, and prepare values with let or in a function"
  )
  public static func buildExpression(_ nothing: Void) -> [Step] { [] }
  /// Only steps.
  @available(
    *, unavailable,
    message:
      "this is not a step; steps are run, capture, upload, download, sync, render, restart, reload, start, stop, waitFor, perform, and the scopes within, with, sudo and when"
  )
  @_disfavoredOverload
  public static func buildExpression<Other>(_ other: Other) -> [Step] { [] }
}
