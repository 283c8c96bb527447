import Testing

@testable import Runner

/// What a child is given, and what happens when it can't be started.
@Suite(.engine, .timeLimit(.minutes(15))) struct ChildStartTests {
  @Engine private func cause(_ argv: [String], folder: String? = nil, environment: [String]? = nil) -> SpawnError.Cause? {
    do throws(SpawnError) {
      _ = try Child(ChildStart(argv, environment: environment, folder: folder))
      return nil
    } catch {
      return error.cause
    }
  }

  @Test @Engine func saysWhyItCannotStart() {
    #expect(cause(["no-such-program"]) == .notFound)
    #expect(cause(["/no/such/program"]) == .notFound)
    #expect(cause(["/etc/passwd"]) == .notExecutable)
    #expect(cause(["/usr"]) == .notExecutable)
    #expect(cause(["true"], folder: "/no/such/folder") == .folder)
    #expect(cause(["no-such-program"], folder: "/usr") == .notFound)
    #expect(cause([]) == .arguments)
    #expect(cause([""]) == .arguments)
    #expect(cause(["echo", "a\0b"]) == .arguments)
    #expect(cause(["true"], environment: ["A=a\0b"]) == .arguments)
    #expect(cause(["true", String(repeating: "x", count: 2 << 20)]) == .arguments)
    #expect(cause(["true"]) == nil)
  }

  @Test @Engine func failedStartsLeakNothing() {
    _ = cause(["true"], folder: "/no/such/folder")
    let before = Descriptor.opened().count
    for _ in 0..<200 { #expect(cause(["no-such-program"]) == .notFound) }
    // Other tests run at the same time; a leak would be 600.
    #expect(Descriptor.opened().count < before + 300)
  }

  #if os(Linux)
    @Test @Engine func inheritsOnlyTheStandardStreams() async throws {
      // Opened the way careless code does it: without close-on-exec.
      let careless = open("/dev/null", O_RDONLY)
      defer { close(careless) }
      // The shell's own listing needs none: `[ -e ]` opens nothing.
      let script = "for n in $(seq 0 1000); do [ -e /proc/$$/fd/$n ] && echo $n; done; true"
      #expect(try await printed(script) == "0\n1\n2\n")
    }

    @Test @Engine func startsWithNoSignalBlockedOrIgnored() async throws {
      let status = try await runProgram(["cat", "/proc/self/status"])
      let lines = String(decoding: status.output, as: UTF8.self).split(separator: "\n")
      for name in ["SigBlk", "SigIgn"] {
        let line = try #require(lines.first { $0.hasPrefix("\(name):") })
        let set = try #require(UInt64(line.dropFirst(name.count + 2), radix: 16))
        // glibc's posix_spawn leaves 32 and 33, which belong to its threads, ignored until they are used.
        #expect(set & ~0x1_8000_0000 == 0)
      }
    }

    @Test @Engine func leadsASessionUnlessToldOtherwise() async throws {
      #expect(try await printed("[ $(cut -d' ' -f6 /proc/$$/stat) = $$ ] && echo leads") == "leads\n")
      let heard = Heard()
      let child = try Child(ChildStart(["cut", "-d ", "-f6", "/proc/self/stat"], group: .inherit)) { heard.hear($0, $1) }
      #expect(await child.wait() == .exited(0))
      #expect(heard.text == "\(getsid(0))\n")
    }
  #endif

  @Test @Engine func nullInputAndOutput() async throws {
    let child = try Child(ChildStart(["sh", "-c", "echo lost; read line"], output: .null))
    #expect(await child.wait() == .exited(1))
  }
}
