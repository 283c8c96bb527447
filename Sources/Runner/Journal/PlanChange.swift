/// The lines of a plan's text that have come, and those that have gone.
package enum PlanChange {
  private static let shown = 10

  package static func lines(from old: String, to new: String) -> [String] {
    let old = old.split(separator: "\n"), new = new.split(separator: "\n")
    let (before, after) = (Set(old), Set(new))
    let changes = old.filter { !after.contains($0) }.map { "- \($0)" } + new.filter { !before.contains($0) }.map { "+ \($0)" }
    if changes.isEmpty { return ["something that a plan does not show, such as the address of a host or code of the Deployfile"] }
    return changes.count > shown ? changes.prefix(shown) + ["and \(changes.count - shown) more"] : changes
  }
}
