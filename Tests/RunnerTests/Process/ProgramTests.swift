import Testing

@testable import Runner

@Suite(.engine, .timeLimit(.minutes(15))) struct ProgramTests {
  @Test @Engine func isFoundInPath() {
    #expect(SystemProgram.find("sh", in: "/nowhere::/bin") == "/bin/sh")
    #expect(SystemProgram.find("sh") != nil)
    #expect(SystemProgram.find("/bin/sh") == "/bin/sh")
    #expect(SystemProgram.find("no-such-program") == nil)
    #expect(SystemProgram.find("passwd", in: "/etc") == nil)
    #expect(SystemProgram.find("bin", in: "/usr") == nil)
    #expect(SystemProgram.find("") == nil)
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
