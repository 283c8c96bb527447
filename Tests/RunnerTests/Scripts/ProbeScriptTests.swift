import Foundation
import Tasks
import Testing

@testable import Runner

/// Probes with a real server and each program that can ask it.
@Suite(.enabled(if: AnsweringServer.current != nil, "python3 is missing")) struct ProbeScriptTests {
  private let server: AnsweringServer

  init() throws { server = try #require(AnsweringServer.current) }

  private func bench(_ shell: [String], _ client: String) throws -> ShellBench {
    let bench = try ShellBench(shell)
    try bench.link("date", "sleep", "sed", "tail", "cat", "timeout")
    switch client {
    case "busybox": try bench.program("wget", #"exec /usr/bin/busybox wget "$@""#)
    default: try bench.link(client)
    }
    return bench
  }

  private static let clients = [("curl", "/usr/bin/curl"), ("wget", "/usr/bin/wget"), ("busybox", "/usr/bin/busybox")]
    .filter { FileManager.default.isExecutableFile(atPath: $0.1) }.map(\.0)

  @Test(arguments: ShellBench.shells, clients) func statusesAndTexts(shell: [String], client: String) throws {
    let bench = try bench(shell, client)
    let url = "http://127.0.0.1:\(server.port)"
    for (probe, answer) in [
      (.http("\(url)/200"), nil), (.http("\(url)/204"), nil), (.http("\(url)/200", status: 200, contains: "it's <200>"), nil),
      (.http("\(url)/201", status: 200...299), nil), (.http("\(url)/503", status: 503), nil),
      (.http("\(url)/503"), "answered 503"), (.http("\(url)/404", status: 200...299), "answered 404"),
      (.http("\(url)/200", status: 204), "answered 200: it's <200>"), (.http("\(url)/200", contains: "missing"), "answered: it's <200>"),
      (.http("\(url)/200", contains: "HTTP/1.0 200"), "answered: it's <200>"),
      (.http("http://127.0.0.1:1/"), client == "wget" ? "does not answer" : "127.0.0.1"),
    ] as [(Probe, String?)] {
      let result = try bench.run(probe.command(within: 0, stableFor: 0), only: true)
      #expect(result.status == (answer == nil ? 0 : 1), "\(probe.shown.template) \(result)")
      if let answer { #expect(result.text.contains(answer), "\(probe.shown.template) \(result)") } else { #expect(result.text == "") }
    }
  }

  @Test(arguments: ShellBench.shells) func staysHealthy(shell: [String]) throws {
    let bench = try ShellBench(shell)
    // The clock stands still, so nothing ends but by its count.
    try bench.program("sleep", "echo x >>\"$D/slept\"")
    func command(_ answers: String, stable: Int) throws -> (status: Int32, text: String) {
      for file in ["asked", "slept"] { try? FileManager.default.removeItem(atPath: "\(bench.path)/\(file)") }
      let question: Command =
        "echo x >>\"$D/asked\"; n=$(wc -l <\"$D/asked\"); set -- \(raw: answers); shift $((n - 1)); echo \"said $1\"; test \"$1\" = yes"
      return try bench.run(Probe.command(question).command(within: 60, stableFor: stable))
    }
    #expect(try command("no no yes", stable: 0) == (0, ""))
    #expect(bench.read("asked").count == 6)
    #expect(try command("no yes yes no yes yes yes yes", stable: 3) == (0, ""))
    #expect(bench.read("asked").count == 16)
    #expect(bench.read("slept").count == 14)
  }

  @Test(arguments: ShellBench.shells) func tellsTheLastAnswer(shell: [String]) throws {
    let bench = try ShellBench(shell)
    // Every look at the clock is 10 s later.
    try bench.program("date", "echo x >>\"$D/looked\"; echo $(($(wc -l <\"$D/looked\") * 10))")
    try bench.program("sleep", ":")
    let question: Command = "echo x >>\"$D/asked\"; n=$(wc -l <\"$D/asked\"); echo \"answer $n\"; test $n -eq 2 || test $n -eq 3"
    let result = try bench.run(Probe.command(question).command(within: 30, stableFor: 5))
    #expect(result == (1, "answer 5\nbefore that, the answer was yes 2 times in a row\n"))
  }

  @Test func plansShowIt() {
    #expect(Probe.http("u", status: 204).shown.template == "u answers 204")
    #expect(Probe.http("u", status: 200...299, contains: "x").shown.template == "u answers 200 to 299 and contains x")
    #expect(Probe.http("u", contains: "x").shown.template == "u contains x")
  }
}

/// A server whose pages answer with the status that is their name.
final class AnsweringServer: Sendable {
  static let current = try? AnsweringServer()

  let port: Int

  private init() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.program]
    // It ends with its standard input, which is to say with us.
    process.standardInput = Pipe()
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.split(separator: "\n").first ?? "") else { throw CocoaError(.fileReadUnknown) }
    self.port = port
    Self.kept.append(process)
  }

  nonisolated(unsafe) private static var kept: [Process] = []

  private static let program = """
    import http.server, os, sys, threading
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status = int(self.path[1:])
            body = b"" if status == 204 else b"it's <%d>\\nHTTP/1.1 999 no\\n" % status
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        def log_message(self, *arguments): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    """
}
