import Foundation
import TestSupport
import Testing

/// The examples that need a server beside them: web servers that are asked all the time, and a package index.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ExampleServerTests {
  /// Ports that nobody has at the moment.
  private func freePorts(_ count: Int) throws -> [String] {
    let ended = try Started([
      "/usr/bin/env", "python3", "-c",
      "import socket, sys\ns = [socket.socket() for _ in range(int(sys.argv[1]))]\nfor x in s: x.bind(('127.0.0.1', 0))\nprint(*[x.getsockname()[1] for x in s])",
      "\(count)",
    ]).end()
    return ended.output.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  @Test func loadBalancer() throws {
    let example = try Example("load-balancer")
    let ports = try freePorts(3)
    for (index, port) in ports.enumerated() { try example.replace("port=808\(index + 1)", with: "port=\(port)", in: "inventory/local.ini") }
    func run(_ words: String...) throws {
      let ended = try example.run(words)
      #expect(ended.status == 0, "\(ended)")
    }
    try run("setup:local")
    try run("serve:local")
    defer { _ = try? example.run("halt:local") }
    try run("deploy:local", "--release", "1")
    #expect(example.live("web1", "web2", "web3") == ["1", "1", "1"])

    // A balancer of three lines: it sends each request to a host that is in the rotation, and counts those that get no page.
    let balancer = try Started(
      [
        "/bin/sh", "-c",
        """
        while [ ! -e "$D/enough" ]; do
          for port in "$@"; do
            curl -fsS "http://127.0.0.1:$port/rotation.txt" | grep -q in || continue
            curl -fsS -o "$D/page" "http://127.0.0.1:$port/" && echo page >>"$D/pages" || echo "$port" >>"$D/failures"
          done
        done
        """, "balancer",
      ] + ports, environment: ["D": example.folder.path])
    defer { balancer.signal(SIGKILL) }
    #expect(balancer.wait { _ in example.folder.lines("pages") > 3 })
    try run("deploy:local", "--release", "2")
    let served = example.folder.lines("pages")
    #expect(balancer.wait { _ in example.folder.lines("pages") > served + 3 })
    try run("rollback:local")
    try example.folder.write("enough", "")
    _ = balancer.end()
    #expect(example.folder.read("failures") == "")
    #expect(example.live("web1", "web2", "web3") == ["1", "1", "1"])
    #expect(["web1", "web2", "web3"].map { example.read("\($0)/shared/rotation.txt") } == ["in\n", "in\n", "in\n"])
  }

  @Test(.enabled(if: PipBench.isAvailable, "no pypiserver: start bin/test")) func pythonApp() throws {
    let example = try Example("python-app")
    try example.replace("https://pypi.example.com/simple", with: try #require(PipBench.good).index("simple"), in: "Deployfile/Index.swift")
    #expect(try example.run("setup:local").status == 0)
    let first = try example.run("deploy:local", "--version", "1.0")
    #expect(first.status == 0, "\(first)")
    let second = try example.run("deploy:local", "--version", ">=1.0,<1.2")
    #expect(second.status == 0, "\(second)")
    #expect(example.live("web1", "web2") == ["1.1", "1.1"])
    let back = try example.run("rollback:local")
    #expect(back.status == 0, "\(back)")
    #expect(example.live("web1", "web2") == ["1.0", "1.0"])
    #expect(example.read("web2/restarts.log").split(separator: "\n").map { $0.split(separator: "-").last } == ["1.0", "1.1", "1.0"])
  }
}
