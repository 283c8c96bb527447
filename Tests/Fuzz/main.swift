import Foundation
import Fuzzing
import Runner
import Synchronization

// What bin/fuzz starts: `Fuzz [--inputs N] [--seed S] [--only INDEX] [PARSER...]`, a child of itself for each parser, so that a crash or
// an input without end is told with the input.

/// Both processes write to one output: line by line, so that they stay in order.
func say(_ text: String) {
  print(text)
  fflush(nil)
}

struct Words {
  var inputs = 1_000_000
  var seed: UInt64 = UInt64.random(in: 1...999_999)
  var only: Int?
  var record: String?
  var parsers: [Fuzzed] = []

  init(_ words: some Sequence<String>) {
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      switch word {
      case "--inputs": inputs = rest.popFirst().flatMap { Int($0) } ?? inputs
      case "--seed": seed = rest.popFirst().flatMap { UInt64($0) } ?? seed
      case "--only": only = rest.popFirst().flatMap { Int($0) }
      case "--record": record = rest.popFirst()
      default:
        guard let parser = Fuzzed.all.first(where: { $0.name == word }) else {
          say("fuzz: no parser \(word); there are \(Fuzzed.all.map(\.name).joined(separator: ", "))")
          exit(2)
        }
        parsers.append(parser)
      }
    }
    if parsers.isEmpty { parsers = Fuzzed.all }
  }
}

let words = Words(CommandLine.arguments.dropFirst())
if let record = words.record, let parser = words.parsers.first {
  Engine.startOnOwnThread()
  exit(await Worker(parser, words, record).run())
}
exit(await Overseer(words).run())

/// Runs the inputs of one parser.
struct Worker {
  let parser: Fuzzed
  let words: Words
  let record: Record

  init(_ parser: Fuzzed, _ words: Words, _ path: String) {
    self.parser = parser
    self.words = words
    record = Record(path)
  }

  func run() async -> Int32 {
    let range = words.only.map { $0..<($0 + 1) } ?? 0..<words.inputs
    if let finding = await FuzzRun(parser, seed: words.seed).run(range, record: { record.write($0, $1) }) {
      say("fuzz: \(parser.name): \(finding.problem)")
      Overseer.tell(parser.name, words.seed, finding.index, finding.input)
      return 1
    }
    guard words.only == nil else { return 0 }
    var status: Int32 = 0
    for (number, shape) in parser.shapes.enumerated() {
      record.write(-1 - number, Array(shape.name.utf8))
      guard let problem = Growth.problem(parser, shape) else { continue }
      say("fuzz: \(parser.name): \(problem)")
      status = 1
    }
    return status
  }
}

/// The input that is being looked at, in memory that outlives a crash.
final class Record {
  private static let size = 1 << 20
  private let memory: UnsafeMutableRawPointer

  init(_ path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    guard descriptor >= 0, ftruncate(descriptor, off_t(Self.size)) == 0,
      let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED
    else { fatalError("cannot use \(path)") }
    self.memory = memory
    close(descriptor)
  }

  func write(_ index: Int, _ input: [UInt8]) {
    let count = min(input.count, Self.size - 16)
    memory.storeBytes(of: index, as: Int.self)
    memory.storeBytes(of: count, toByteOffset: 8, as: Int.self)
    input.withUnsafeBytes { (memory + 16).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: count) }
  }

  var index: Int { memory.load(as: Int.self) }
  var input: [UInt8] { Array(UnsafeRawBufferPointer(start: memory + 16, count: memory.load(fromByteOffset: 8, as: Int.self))) }
}

/// Starts a worker for each parser, and watches it.
struct Overseer {
  /// No input takes a thousandth of it.
  static let patience = 60.0

  let words: Words

  init(_ words: Words) { self.words = words }

  func run() async -> Int32 {
    var status: Int32 = 0
    for parser in words.parsers {
      let begin = Date()
      let isGood = oversee(parser)
      let seconds = (Date().timeIntervalSince(begin) * 10).rounded() / 10
      say(
        "fuzz: \(parser.name): \(isGood ? "good" : "BAD"), \(words.only == nil ? words.inputs : 1) inputs, \(seconds) s, seed \(words.seed)"
      )
      if !isGood { status = 1 }
    }
    return status
  }

  private func oversee(_ parser: Fuzzed) -> Bool {
    let path = NSTemporaryDirectory() + "/pushbutton-fuzz-\(getpid())"
    defer { unlink(path) }
    let record = Record(path)
    let worker = Process()
    worker.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    worker.arguments =
      ["--record", path, "--seed", "\(words.seed)", "--inputs", "\(words.inputs)", parser.name]
      + (words.only.map { ["--only", "\($0)"] } ?? [])
    do { try worker.run() } catch {
      say("fuzz: cannot start: \(error)")
      return false
    }
    var last = record.index, since = Date()
    while worker.isRunning {
      usleep(50_000)
      if record.index != last { (last, since) = (record.index, Date()) }
      guard Date().timeIntervalSince(since) > Self.patience else { continue }
      say("fuzz: \(parser.name): no end after \(Int(Self.patience)) s")
      Self.tell(parser.name, words.seed, record.index, record.input)
      kill(worker.processIdentifier, SIGKILL)
    }
    worker.waitUntilExit()
    if worker.terminationReason == .uncaughtSignal, worker.terminationStatus != SIGKILL {
      say("fuzz: \(parser.name): crashed with signal \(worker.terminationStatus)")
      Self.tell(parser.name, words.seed, record.index, record.input)
    }
    return worker.terminationReason == .exit && worker.terminationStatus == 0
  }

  static func tell(_ parser: String, _ seed: UInt64, _ index: Int, _ input: [UInt8]) {
    guard index >= 0 else { return say("fuzz:   while growing: \(String(decoding: input, as: UTF8.self))") }
    say("fuzz:   input \(index): \(literal(input))")
    say("fuzz:   again: bin/fuzz --seed \(seed) --only \(index) \(parser)")
  }
}
