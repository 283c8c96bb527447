/// `run --report [RUN] [--open]`: tells of a run that was, or still goes on, by what it has written down.
struct Reporting {
  let invocation: Invocation
  let place: Program.Place

  func report(_ word: String?) throws(Failure) -> ExitStatus {
    let run = try PastRun.toTell(of: word, root: place.root)
    guard let folder = RunFolder.all(of: place.root).map({ RunFolder(path: "\($0)/\(run.id)") }), let story = RunStory(folder) else {
      throw Failure.noRunToReport
    }
    var pages: [String] = []
    do throws(SystemError) {
      for output in invocation.outputs {
        let path = absolute(output.path, in: place.workingFolder)
        try Self.write(output.kind == .md ? MarkdownReport.text(of: story) : PageText.text(of: story), to: path)
        pages.append(path)
      }
      if invocation.outputs.isEmpty {
        try folder.write(PageText.text(of: story), to: "report.html")
        pages.append(folder.path("report.html"))
      }
    } catch { throw Failure(cannotReport: error) }
    try? File.write(Array(pages.map { "\($0.safe)\n" }.joined().utf8), to: 1)
    if invocation.opensReport { for page in pages { try show(page) } }
    return .done
  }

  private static func write(_ text: String, to path: String) throws(SystemError) {
    let result = Engine.run { () async -> Result<Void, SystemError> in
      do throws(SystemError) {
        try OutputFile(path, isAtomic: true).complete(text)
        return .success(())
      } catch { return .failure(error) }
    }
    try result.get()
  }

  /// With the program that opens what a person double-clicks.
  private func show(_ page: String) throws(Failure) {
    let name = Platform.opener
    guard let program = SystemProgram.find(name) else { throw Failure.cannotOpen(page, name, "it is not in PATH") }
    let isOpen = Engine.run { () async in (try? await runProgram([program, page]))?.exit.isSuccess ?? false }
    if !isOpen { throw Failure.cannotOpen(page, name, "it failed") }
  }
}

extension PastRun {
  /// The run that a word names, or else the last one that did something.
  static func toTell(of word: String?, root: String) throws(Failure) -> PastRun {
    let runs = all(of: root)
    guard let last = runs.first(where: { !$0.record.isUnlocking }) else { throw Failure.noRunToReport }
    guard let word else { return last }
    let found = runs.filter { $0.id.hasPrefix(word) }
    guard let first = found.first else { throw Failure(ResumeError.unknown(word, last: last.id)) }
    if found.count > 1, first.id != word { throw Failure(ResumeError.ambiguous(word, found.map(\.id))) }
    return first
  }
}
