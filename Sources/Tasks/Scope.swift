/// Where and as whom steps run.
///
/// Scopes are attributes of the steps inside: they nest and compose in every order.
package enum Scope: Sendable {
  case within(Text)
  case with([String: Text])
  case sudo(String)
}

/// Runs the steps inside in a folder of the host; folders nest.
///
///     within("/srv/shop") { run("bin/migrate") }
public func within(_ folder: Text, @Steps _ steps: () -> [Step]) -> [Step] { steps().map { $0.inside(.within(folder)) } }

/// Gives the steps inside environment variables; inner ones win.
///
///     with(["RAILS_ENV": "production"]) { run("bin/rake assets") }
public func with(_ variables: [String: Text], @Steps _ steps: () -> [Step]) -> [Step] {
  steps().map { $0.inside(.with(variables)) }
}

/// Runs the steps inside as another user, root by default; the innermost user wins.
///
///     sudo(as: "shop") { run("bin/warm") }
public func sudo(as user: String = "root", @Steps _ steps: () -> [Step]) -> [Step] { steps().map { $0.inside(.sudo(user)) } }

extension Step {
  fileprivate func inside(_ scope: Scope) -> Step { inside([scope]) }

  /// The step with scopes around its own.
  package func inside(_ outer: [Scope]) -> Step {
    var step = self
    step.scopes = outer + scopes
    return step
  }
}
