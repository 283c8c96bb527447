import Testing

@testable import Runner

/// Has the engine run on a thread of its own, so that tests can be `@Engine` functions.
///
/// Isolate the functions, not the suite: a suite's isolation is already entered to list its tests, before any trait is prepared.
struct EngineTrait: SuiteTrait, TestTrait {
  var isRecursive: Bool { true }
  func prepare(for test: Test) async throws { Engine.startOnOwnThread() }
}

extension Trait where Self == EngineTrait {
  static var engine: EngineTrait { EngineTrait() }
}

/// What a child printed, as text.
@Engine final class Heard {
  private(set) var output: [UInt8] = []
  private(set) var errorOutput: [UInt8] = []
  func hear(_ stream: OutputStream, _ bytes: ArraySlice<UInt8>) {
    if stream == .output { output += bytes } else { errorOutput += bytes }
  }
  var text: String { String(decoding: output, as: UTF8.self) }
}

/// Starts `sh -c script`.
@Engine func shell(_ script: String, _ heard: Heard = Heard(), input: ChildStart.Input = .null) throws -> Child {
  try Child(ChildStart(["/bin/sh", "-c", script], input: input)) { heard.hear($0, $1) }
}

/// What `sh -c script` prints on standard output.
@Engine func printed(_ script: String, folder: String? = nil, environment: [String]? = nil) async throws -> String {
  let ran = try await runProgram(["/bin/sh", "-c", script], folder: folder, environment: environment)
  return String(decoding: ran.output, as: UTF8.self)
}

/// So many bytes in which a lost, doubled or moved piece shows.
func pattern(_ count: Int) -> [UInt8] {
  // Doubled rather than computed byte by byte, which takes seconds without optimization; 251 is no divisor of a buffer's size.
  var bytes = Array(0...UInt8(250))
  while bytes.count < count { bytes += bytes }
  return Array(bytes.prefix(count))
}
