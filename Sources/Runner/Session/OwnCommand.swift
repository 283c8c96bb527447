import Tasks

/// Shell text of ours that a session's own shell runs between the steps: no step, no mark of one in reports.
@Engine enum OwnCommand {
  struct Answer {
    var status: Int
    var output: [UInt8]
    var errorOutput: [UInt8]

    /// The last line that says something.
    var lastWords: String {
      String(decoding: errorOutput.isEmpty ? output : errorOutput, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init)
        ?? "status \(status)"
    }
  }

  /// More than any of them prints.
  private static let limit = 1 << 20

  /// Nothing when the connection was lost before it had ended.
  static func run(_ text: String, on session: HostSession) async -> Answer? {
    var line = ScriptLine()
    line.raw("pb_m 'b 0 1'; eval ")
    line.quote(text)
    line.raw("; pb_m \"e 0 $?\"; pb_m z")
    var answer = Answer(status: 0, output: [], errorOutput: [])
    var isEnded = false
    let end = await session.run(line) { event in
      switch event {
      case .output(_, .output, let bytes): answer.output += bytes.prefix(max(0, limit - answer.output.count))
      case .output(_, .error, let bytes): answer.errorOutput += bytes.prefix(max(0, limit - answer.errorOutput.count))
      case .ended(_, _, let status, _):
        answer.status = status
        isEnded = true
      case .begun, .refused: break
      }
    }
    return end == .done && isEnded ? answer : nil
  }
}
