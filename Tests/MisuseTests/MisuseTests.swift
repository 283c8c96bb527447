import TestSupport
import Testing

@Suite("mistakes in a Deployfile", .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct MisuseTests {
  @Test("are told where they are and what to do instead", arguments: Misuse.all) func tells(misuse: Misuse) throws {
    let folder = Scratch()
    try folder.write("Deployfile.swift", misuse.deployfile)
    let run = try Started(
      [BuiltRun.path ?? "run", "--list"], folder: folder.path, environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "NO_COLOR": "1"])
    let ended = run.end()
    // The only thing here that another compiler changes.
    #expect(ended.errors.replacing(/swiftc \d+(\.\d+)+/, with: "swiftc VERSION") == misuse.errors)
    #expect(ended.status == 2)
    #expect(ended.output.isEmpty)
  }

  @Test func everyRowHasAName() { #expect(Set(Misuse.all.map(\.id)).count == Misuse.all.count) }
}
