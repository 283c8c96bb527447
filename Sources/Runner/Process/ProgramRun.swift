/// Runs a program to its end and keeps up to `outputLimit` bytes of each of its streams; what is beyond is read and dropped.
@Engine package func runProgram(
  _ argv: [String], folder: String? = nil, environment: [String]? = nil, input: [UInt8] = [], outputLimit: Int = 16 << 20,
  started: (Child) -> Void = { _ in }
) async throws(SpawnError) -> (exit: ChildExit, output: [UInt8], errorOutput: [UInt8]) {
  let kept = ProgramOutput(limit: outputLimit)
  let start = ChildStart(argv, environment: environment, folder: folder, input: input.isEmpty ? .null : .pipe)
  let child = try Child(start) { kept.add($1, of: $0) }
  started(child)
  child.send(input)
  child.closeInput()
  let exit = await child.wait()
  return (exit, kept.output, kept.errorOutput)
}

@Engine private final class ProgramOutput {
  private(set) var output: [UInt8] = []
  private(set) var errorOutput: [UInt8] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func add(_ bytes: ArraySlice<UInt8>, of stream: OutputStream) {
    switch stream {
    case .output: output += bytes.prefix(limit - output.count)
    case .error: errorOutput += bytes.prefix(limit - errorOutput.count)
    }
  }
}
