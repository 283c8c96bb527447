/// Asks the host: if the command ends with status 0 the first steps run, otherwise those after `else`.
///
/// Plans show both. A command that is not found, or is killed, is no answer and fails the step.
///
///     when("test -f maintenance.html") {
///       run("rm maintenance.html")
///     } else: {
///       run("true").named("nothing to take down")
///     }
public func when(
  _ test: Command, @Steps _ steps: () -> [Step], @Steps `else` otherwise: () -> [Step] = { [] }, fileID: StaticString = #fileID,
  line: UInt = #line
) -> [Step] {
  [Step(.when(test, then: steps(), otherwise: otherwise()), at: SourceLocation(fileID, line))]
}
