/// Collects the environments and tasks of a Deployfile.
@resultBuilder
public enum Declarations {
  /// One environment.
  public static func buildExpression(_ environment: EnvironmentDefinition) -> [Declaration] { [.environment(environment)] }
  /// One task.
  public static func buildExpression(_ task: TaskDefinition) -> [Declaration] { [.task(task)] }
  /// The tasks of a recipe.
  public static func buildExpression(_ tasks: [TaskDefinition]) -> [Declaration] { tasks.map(Declaration.task) }
  /// Statements in a row.
  public static func buildBlock(_ parts: [Declaration]...) -> [Declaration] { parts.flatMap { $0 } }
  /// `if` without `else`.
  public static func buildOptional(_ part: [Declaration]?) -> [Declaration] { part ?? [] }
  /// `if` of an `if`-`else`, or a `switch` case.
  public static func buildEither(first part: [Declaration]) -> [Declaration] { part }
  /// `else`, or a later `switch` case.
  public static func buildEither(second part: [Declaration]) -> [Declaration] { part }
  /// `for`.
  public static func buildArray(_ parts: [[Declaration]]) -> [Declaration] { parts.flatMap { $0 } }
  /// `if #available`.
  public static func buildLimitedAvailability(_ part: [Declaration]) -> [Declaration] { part }

  /// Stages need a task.
  @available(*, unavailable, message: "hosts, local and other stages belong inside a task: task(\"name\", \"summary\") { ... }")
  public static func buildExpression(_ stage: Stage) -> [Declaration] { [] }
  /// Steps need a task and hosts.
  @available(*, unavailable, message: "a step belongs inside a task: task(\"name\", \"summary\") { hosts(\"...\") { run(\"...\") } }")
  public static func buildExpression(_ step: Step) -> [Declaration] { [] }
  /// Phases need a task and hosts.
  @available(*, unavailable, message: "a phase belongs inside a task: task(\"name\", \"summary\") { hosts(\"...\") { parallel { } } }")
  public static func buildExpression(_ phase: Phase) -> [Declaration] { [] }
  /// Only environments and tasks.
  @available(
    *, unavailable,
    message:
      "this is neither an environment nor a task; inside Deployfile { } stand environment(...) and task(...), or constants that hold them"
  )
  @_disfavoredOverload
  public static func buildExpression<Other>(_ other: Other) -> [Declaration] { [] }
}
