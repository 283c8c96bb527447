import Tasks

extension Secret {
  /// What `-K` asks for.
  package static let askedForSudo = Secret.prompt("sudo password")
}

extension RunContext {
  /// What sudo gets when it asks, in the plan that is being run.
  var sudoPassword: [UInt8]? { plan?.sudoPassword.flatMap { secrets[$0] } }

  /// Writes scripts for one host; with `noting` the host notes their steps.
  func writer(for state: HostState, noting: Bool = false) -> ScriptWriter {
    ScriptWriter(
      host: state.host, secrets: secrets, plan: noting && journal != nil ? planNumber : nil, answersSudo: sudoPassword != nil)
  }

  /// What to tell of a step that sudo did not begin, after it has asked so many times; `last` is what it said last.
  ///
  /// A password that was of no use is not given to the host again.
  func refusal(of step: PlannedStep, asked: Int, last: String?, on state: HostState) -> SudoRefusal {
    let refusal = SudoRefusal(
      words: SudoWords.refused(step.attributes.user, on: state.host, last: last, asked: asked, hasPassword: sudoPassword != nil),
      isFinal: asked > 0)
    if refusal.isFinal { state.sudoRefusal = refusal }
    return refusal
  }
}

extension PlannedStep {
  /// Whether sudo may ask for a password before it: `sync` has no way to answer.
  var mayAskForPassword: Bool {
    if case .sync = action { return false }
    return attributes.user != nil
  }
}

/// Why sudo did not begin a step.
package struct SudoRefusal: Sendable, Equatable {
  package var words: String
  /// It has had the password: another attempt would be one more on the way to a locked account.
  package var isFinal: Bool
}
