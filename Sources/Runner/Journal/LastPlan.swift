import Tasks

/// The plan of the last run of the same, to compare with.
struct LastPlan {
  private let run: PastRun
  private let text: String

  /// Nothing when this machine knows of no such run.
  init?(of title: String, root: String) {
    let earlier = PastRun.all(of: root).first { $0.record.title == title && $0.record.pattern == nil && !$0.record.isUnlocking }
    guard let earlier, let path = earlier.folder(of: root)?.path("plan.txt"), let bytes = try? File.read(path) else { return nil }
    run = earlier
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// How these plans, which are not filled in yet, differ from it.
  func lines(to plans: [Plan], _ palette: Palette) -> [String] {
    let new = plans.map { PlanText.text(of: $0.filled(with: run.record.facts)) }.joined(separator: "\n")
    return PlanDifference.lines(from: text, to: new, run: run, palette)
  }
}
