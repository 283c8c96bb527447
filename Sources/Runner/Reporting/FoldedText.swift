import Tasks

/// The output of a run's steps at its end: the same output of several hosts once, and how others differ from the most common.
enum FoldedText {
  static func lines(of steps: [(title: String, output: FoldedOutput)], _ palette: Palette) -> [String] {
    steps.flatMap { step in ["", palette.bold(step.title)] + step.output.text.map { line($0, palette) } }
  }

  private static func line(_ text: String, _ palette: Palette) -> String {
    if text.hasPrefix("  - ") { return palette.red(text) }
    if text.hasPrefix("  + ") { return palette.green(text) }
    return text.hasPrefix("    ") ? text : "  \(text)"
  }
}
