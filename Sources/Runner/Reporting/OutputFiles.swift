/// The files of `--output`, open from the start.
@Engine struct OutputFiles {
  private var files: [(kind: Invocation.Output.Kind, file: OutputFile)] = []

  init(_ outputs: [Invocation.Output], in folder: String) throws(Failure) {
    for output in outputs {
      do throws(SystemError) {
        files.append((output.kind, try OutputFile(absolute(output.path, in: folder), isAtomic: output.kind == .xml)))
      } catch {
        discard()
        throw Failure(cannotWrite: error)
      }
    }
  }

  func reporters(run: String, mask: @escaping (String) -> String) -> [any Reporter] {
    files.map { kind, file in
      switch kind {
      case .jsonl: return JSONReporter(run: run, sink: Sink(descriptor: file.descriptor))
      case .xml:
        return JUnitReporter(file: file, mask: mask) { error in
          try? File.write(Array(Failure(cannotWrite: error, isLate: true).text.utf8), to: 2)
        }
      }
    }
  }

  func discard() {
    for (_, file) in files { file.discard() }
  }
}
