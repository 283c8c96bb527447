import Testing
@testable import Runner

@Suite(.engine, .timeLimit(.minutes(1))) struct ProgramTests {
  @Test @Engine func isFoundInPath() {
    #expect(Program.find("sh", in: "/nowhere::/bin") == "/bin/sh")
    #expect(Program.find("sh") != nil)
    #expect(Program.find("/bin/sh") == "/bin/sh")
    #expect(Program.find("no-such-program") == nil)
    #expect(Program.find("passwd", in: "/etc") == nil)
    #expect(Program.find("bin", in: "/usr") == nil)
    #expect(Program.find("") == nil)
  }

  @Test @Engine func runsToItsEnd() async throws {
    let input = Array("some text".utf8)
    let ran = try await runProgram(["sh", "-c", "cat; echo oops >&2; exit 6"], input: input)
    #expect(ran == (.exited(6), input, Array("oops\n".utf8)))
  }

  @Test @Engine func keepsNoMoreThanTheLimit() async throws {
    let ran = try await runProgram(["head", "-c", "3000000", "/dev/zero"], outputLimit: 1000)
    #expect(ran.exit == .exited(0))
    #expect(ran.output.count == 1000)
  }
}
