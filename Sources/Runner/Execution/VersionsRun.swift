import Tasks

/// Shows what an index offers of one package.
@Engine struct VersionsRun {
  let context: RunContext
  let package: Package

  func run() async -> Execution.End {
    let name = "versions of \(package.name) in \(package.shownIndex)"
    context.report(Event(.phaseStarted, name: name))
    let started = Clock.now
    // A question changes nothing: it ends at the first Ctrl-C.
    let number = context.interruption.observe(stop: { context.indexes.cancel() }, cancel: {})
    let answer = await show()
    context.interruption.unobserve(number)
    let outcome = context.interruption.isRequested ? .cancelled : answer
    context.report(Event(.phaseFinished, name: name, duration: (Clock.now - started).seconds, outcome: outcome))
    return outcome == .succeeded ? .completed : outcome == .cancelled ? .interrupted : .failed
  }

  private func show() async -> Outcome {
    do throws(Failure) {
      switch try await context.indexes.offers(of: package) {
      case .success(let offers):
        for line in OffersText.lines(of: offers) { context.report(Event(.notice, text: line)) }
        return .succeeded
      case .failure(let problem): throw Failure(problem, of: package, needing: "the versions")
      }
    } catch {
      if !context.interruption.isRequested { context.report(Event(.notice, text: error.text.withoutFinalNewline)) }
      return .failed
    }
  }
}

/// The versions of a package as a short table.
package enum OffersText {
  /// Lines for the newest ones; how many older ones there are is said, too.
  package static func lines(of offers: Offers, limit: Int = 20) -> [String] {
    let shown = offers.all.prefix(limit)
    let latest = offers.latest
    let width = shown.map(\.version.description.count).max() ?? 0
    var lines = shown.map { offer in
      var marks: [String] = []
      if offer.version == latest { marks.append("latest") }
      if offer.version.isPreRelease { marks.append("pre-release") }
      if offer.isYanked { marks.append("yanked" + (offer.yankedReason.map { ": \($0)" } ?? "")) }
      if let python = offer.requiresPython { marks.append("Python \(python)") }
      return marks.isEmpty ? "  \(offer.version)" : "  \(offer.version.description.padded(to: width))  \(marks.joined(separator: ", "))"
    }
    if shown.count < offers.all.count { lines.append("  and \(offers.all.count - shown.count) older") }
    return lines
  }
}

extension String {
  fileprivate var withoutFinalNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
