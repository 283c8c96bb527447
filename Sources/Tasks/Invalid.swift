/// What a recipe says of values that it cannot work with: the plan is invalid, and nothing is touched.
///
///     @Steps func scale(to workers: Int) -> [Step] {
///       if workers < 1 { invalid("scale(to: \(workers)): there must be at least one worker") } else { run("bin/scale \(workers)") }
///     }
public func invalid(_ reason: String, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.invalid(reason), at: SourceLocation(fileID, line))
}
