/// The files of `--output`, open from the start.
@Engine struct OutputFiles {
  private var files: [(kind: Invocation.Output.Kind, file: OutputFile)] = []

  init(_ outputs: [Invocation.Output], in folder: String) throws(Failure) {
    for output in outputs {
      do throws(SystemError) {
        files.append((output.kind, try OutputFile(absolute(output.path, in: folder), isAtomic: output.kind != .jsonl)))
      } catch {
        discard()
        throw Failure(cannotWrite: error)
      }
    }
  }

  /// `story` is what is known of the run before it begins.
  func reporters(_ story: RunStory, mask: @escaping (String) -> String) -> [any Reporter] {
    var pages: [(file: OutputFile, text: (RunStory) -> String)] = []
    var reporters: [any Reporter] = []
    for (kind, file) in files {
      switch kind {
      case .jsonl: reporters.append(JSONReporter(run: story.facts.id, sink: Sink(descriptor: file.descriptor)))
      case .xml: reporters.append(JUnitReporter(file: file, mask: mask, complain: { Self.complain($0) }))
      case .html: pages.append((file, { PageText.text(of: $0) }))
      case .md: pages.append((file, { MarkdownReport.text(of: $0) }))
      }
    }
    guard !pages.isEmpty else { return reporters }
    let recorder = StoryRecorder(story) { [pages] story in
      for (file, text) in pages {
        do throws(SystemError) { try file.complete(text(story)) } catch { Self.complain(error) }
      }
    }
    return reporters + [recorder]
  }

  private static func complain(_ error: SystemError) {
    try? File.write(Array(Failure(cannotWrite: error, isLate: true).text.utf8), to: 2)
  }

  func discard() {
    for (_, file) in files { file.discard() }
  }
}
