/// Collects phases: `@Phases func rollout() -> [Phase] { parallel { ... }; serially { ... } }`.
///
/// Steps written directly here are one parallel phase together with the steps next to them.
@resultBuilder
public enum Phases {
  /// One phase.
  public static func buildExpression(_ phase: Phase) -> [Phase] { [phase] }
  /// The phases of a recipe.
  public static func buildExpression(_ phases: [Phase]) -> [Phase] { phases }
  /// A step without a block.
  public static func buildExpression(_ step: Step) -> [Phase] { implicit([step]) }
  /// The steps of a scope, a condition or a recipe without a block.
  public static func buildExpression(_ steps: [Step]) -> [Phase] { implicit(steps) }
  /// Statements in a row.
  public static func buildBlock(_ parts: [Phase]...) -> [Phase] { merged(parts) }
  /// `if` without `else`.
  public static func buildOptional(_ part: [Phase]?) -> [Phase] { part ?? [] }
  /// `if` of an `if`-`else`, or a `switch` case.
  public static func buildEither(first part: [Phase]) -> [Phase] { part }
  /// `else`, or a later `switch` case.
  public static func buildEither(second part: [Phase]) -> [Phase] { part }
  /// `for`.
  public static func buildArray(_ parts: [[Phase]]) -> [Phase] { merged(parts) }
  /// `if #available`.
  public static func buildLimitedAvailability(_ part: [Phase]) -> [Phase] { part }

  /// Stages stand outside.
  @available(
    *, unavailable,
    message:
      "a stage cannot stand inside hosts(\"...\") { }: put hosts, local, notify, confirm, invoke and locked side by side, directly inside the task"
  )
  public static func buildExpression(_ stage: Stage) -> [Phase] { [] }
  /// Tasks stand outside.
  @available(
    *, unavailable,
    message: "a task cannot stand inside hosts: list it in Deployfile { }, and run it from another task with invoke(\"name\")"
  )
  public static func buildExpression(_ task: TaskDefinition) -> [Phase] { [] }
  /// A command is not a step.
  @available(*, unavailable, message: "a text is not a step: write run(\"...\")")
  public static func buildExpression(_ text: String) -> [Phase] { [] }
  /// A block lists what is to be done.
  @available(
    *, unavailable,
    message:
      "this would happen while the plan is made, on this machine: list steps and phases here, and prepare values with let or in a function"
  )
  public static func buildExpression(_ nothing: Void) -> [Phase] { [] }
  /// Only phases and steps.
  @available(
    *, unavailable,
    message: "this is neither a phase nor a step; inside hosts stand parallel { }, serially { } and steps such as run(\"...\")"
  )
  @_disfavoredOverload
  public static func buildExpression<Other>(_ other: Other) -> [Phase] { [] }

  private static func implicit(_ steps: [Step]) -> [Phase] {
    guard !steps.isEmpty else { return [] }
    return [Phase(strategy: .parallel(limit: nil), steps: steps, isImplicit: true, location: steps.first?.location)]
  }

  private static func merged(_ parts: [[Phase]]) -> [Phase] {
    var phases: [Phase] = []
    for phase in parts.joined() {
      if phase.isImplicit, let last = phases.indices.last, phases[last].isImplicit {
        phases[last].steps += phase.steps
      } else {
        phases.append(phase)
      }
    }
    return phases
  }
}
