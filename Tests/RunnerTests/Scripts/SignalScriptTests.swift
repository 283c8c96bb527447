import Foundation
import Tasks
import Testing

@testable import Runner

/// Pid files, right and wrong, with real processes.
@Suite struct SignalScriptTests {
  private func run(_ bench: ShellBench, _ service: Service, _ action: ServiceAction = .restart) throws -> (status: Int32, text: String) {
    let command = try #require(service.command(for: action))
    let result = try bench.run(command.run)
    return (result.status, result.text.replacing(bench.path + "/", with: ""))
  }

  @Test(arguments: ShellBench.shells) func refusesWhatIsNoNumber(shell: [String]) throws {
    let bench = try ShellBench(shell)
    for (text, problem) in [
      ("", "the pid file f is empty"), ("\n \n", "the pid file f is empty"),
      ("12 13\n", "the pid file f holds more than one number: \"12 13\""),
      ("12\n13\n", "the pid file f holds more than one number: \"12 13\""), ("0", "the pid file f holds no number of a process: \"0\""),
      ("1\n", "the pid file f holds no number of a process: \"1\""), ("-1", "the pid file f holds no number of a process: \"-1\""),
      ("0x10", "the pid file f holds no number of a process: \"0x10\""), ("012", "the pid file f holds no number of a process: \"012\""),
      ("4294967297", "the pid file f holds no number of a process: \"4294967297\""),
      ("*", "the pid file f holds no number of a process: \"*\""),
      ("999999999", "the pid file f is stale: there is no process 999999999"),
    ] {
      try bench.write("f", text)
      let result = try run(bench, .signal(.term, pidfile: "f"))
      #expect(result.text == problem + "\n")
      #expect(result.status == 1)
    }
    #expect(try run(bench, .signal(.term, pidfile: "none")).text == "there is no pid file none\n")
    #expect(try run(bench, .signal(.term, pidfile: "bin")).text == "the pid file bin is no regular file\n")
    try bench.write("f", "\(getpid())\n")
    #expect(try run(bench, .signal(.term, pidfile: "f")).text == "the process \(getpid()) of f is one that runs this step\n")
  }

  @Test(arguments: ShellBench.shells) func signalsAndStops(shell: [String]) throws {
    let bench = try ShellBench(shell)
    try bench.write(
      "worker", "trap 'echo x >>hups' HUP\ntrap 'sleep 1; echo x >ended; exit' TERM\n: >ready\nwhile :; do sleep 0.1; done\n")
    let process = try bench.start(["/bin/sh", "worker"], pidFile: "f")
    defer { process.terminate() }
    #expect(bench.waits(for: "ready"))
    try bench.write("f", "  \(process.processIdentifier) \n\n")
    #expect(try run(bench, .signal(.hup, pidfile: "f", program: "worker")) == (0, ""))
    #expect(bench.waits(for: "hups"))
    #expect(try run(bench, .signal(.term, pidfile: "f", within: .seconds(60)), .stop) == (0, ""))
    #expect(bench.read("ended") == "x\n")
    #expect(bench.read("hups") == "x\n")
    let stale = try run(bench, .signal(.hup, pidfile: "f"))
    #expect(stale == (1, "the pid file f is stale: there is no process \(process.processIdentifier)\n"))
  }

  @Test(arguments: ShellBench.shells) func stopDoesNotWaitForever(shell: [String]) throws {
    let bench = try ShellBench(shell)
    let process = try bench.start(["/bin/sh", "-c", "trap '' TERM; : >ready; while :; do sleep 0.1; done"], pidFile: "f")
    defer { kill(process.processIdentifier, SIGKILL) }
    #expect(bench.waits(for: "ready"))
    let result = try run(bench, .signal(.term, pidfile: "f", within: .seconds(1)), .stop)
    #expect(result == (1, "the process \(process.processIdentifier) of f still runs 1 s after TERM\n"))
    // A signal with a meaning of the program's own is not waited for.
    #expect(try run(bench, .signal(.winch, pidfile: "f"), .stop) == (0, ""))
  }

  @Test(arguments: ShellBench.shells) func knowsTheProgram(shell: [String]) throws {
    let bench = try ShellBench(shell)
    try bench.write("gunicorn-with-a-long-name", "#!/bin/sh\nexec 2>/dev/null\nwhile :; do sleep 1; done\n", mode: 0o755)
    let processes = [
      ("sleep", try bench.start(["/bin/sleep", "600"], pidFile: "sleep")),
      ("script", try bench.start(["\(bench.path)/gunicorn-with-a-long-name"], pidFile: "script")),
      ("title", try bench.start(["/bin/bash", "-c", "exec -a 'nginx: master process /usr/sbin/nginx' sleep 600"], pidFile: "title")),
    ]
    defer { for process in processes { kill(process.1.processIdentifier, SIGKILL) } }
    usleep(300_000)
    for (file, program, isKnown) in [
      ("sleep", "sleep", true), ("sleep", "/usr/bin/sleep", true), ("sleep", "nginx", false), ("sleep", "600", true),
      ("script", "gunicorn-with-a-long-name", true), ("script", "sh", true), ("script", "gunicorn", false),
      ("title", "nginx", true), ("title", "apache2", false),
    ] {
      let result = try run(bench, .signal(.winch, pidfile: Text(file), program: Text(program)))
      #expect((result.status == 0) == isKnown, "\(file) \(program) \(result)")
      if !isKnown { #expect(result.text.hasSuffix(", not \(program): the pid file is stale\n")) }
    }
  }

  @Test(arguments: ShellBench.shells) func trustsOnlyFilesOfTheOwner(shell: [String]) throws {
    let bench = try ShellBench(shell)
    let process = try bench.start(["/bin/sleep", "600"], pidFile: "f")
    defer { process.terminate() }
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: bench.path + "/f")
    #expect(
      try run(bench, .signal(.winch, pidfile: "f"))
        == (1, "everybody may write to the pid file f, so its number is not to be trusted\n"))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bench.path + "/f")
    guard getuid() == 0 else { return }
    #expect(chown(bench.path + "/f", 65534, 65534) == 0)
    #expect(try run(bench, .signal(.winch, pidfile: "f")).text.contains("belongs neither to root nor to the owner of the process"))
  }
}
