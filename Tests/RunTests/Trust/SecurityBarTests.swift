import Foundation
import TestSupport
import Testing

/// Statements of docs/security.md that can be seen from outside of a run.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct SecurityBarTests {
  static let deployfile = #"""
    let kept = Captured("kept")
    let all = task("all", "Every way to a host") { locked("bar") {
      hosts("web") { parallel {
        run("echo x >>$D/ran")
        capture("echo kept", as: kept)
        run("echo \(kept)").timeout(.seconds(60)).retry(2)
        upload("file", to: "\(host: .variable("place"))")
        download("\(host: .variable("place"))", to: "down/\(host: .name)")
        perform("code") { session in try await session.run("true") }
        run("exit 3").ignoringFailure()
      } } } }
    let marks = task("marks", "Its marks can be cut off") { hosts("web") {
      run("echo x >>$D/first").named("first"); run("echo y >>$D/second; echo out").named("second") } }
    let sends = task("sends", "A file that takes its time") { hosts("web") { upload("file", to: "\(host: .variable("place"))", mode: 0o644) } }
    """#

  private func bench(ssh: String, hosts: [String] = ["a"]) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: hosts, ssh: ssh)
    try bench.project.folder.write(
      "inventory.ini", "[web]\n" + hosts.map { "\($0) place=\(bench.marks.path)/\($0).copy\n" }.joined())
    try bench.project.folder.write("file", String(repeating: "0123456789abcdef", count: 8192))
    return bench
  }

  /// 3, 4: every call has the guard options first, then `--`, the host, and a command that is no option.
  @Test func everyCallOfSSH() throws {
    let bench = try bench(ssh: #"exec /bin/sh -c "$command""#, hosts: ["a", "b"])
    #expect(try bench.run("all").status == 0)
    #expect(try bench.run("--on", "all", "--", "-oProxyCommand=touch $D/evil").status == 1)
    let calls = bench.ssh?.calls ?? []
    #expect(calls.count == 4)
    for call in calls {
      let words = call.dropFirst("CALL ".count).dropFirst().dropLast().components(separatedBy: "] [")
      let end = try #require(words.firstIndex(of: "--"))
      #expect(["a", "b"].contains(words[end + 1]))
      #expect(words[end + 2].hasPrefix("exec /bin/sh -c '"))
      #expect(words.count == end + 3)
      let options = words[..<end].split(separator: "-o").compactMap(\.first)
      for guarded in [
        "BatchMode=yes", "RemoteCommand=none", "SessionType=default", "StdinNull=no", "ForkAfterAuthentication=no",
        "ClearAllForwardings=yes", "ExitOnForwardFailure=no", "PermitLocalCommand=no", "ForwardAgent=no", "ForwardX11=no", "Tunnel=no",
        "VisualHostKey=no", "UpdateHostKeys=no", "ControlMaster=no", "ControlPath=none", "StrictHostKeyChecking=yes",
      ] { #expect(options.contains(guarded), "\(guarded) in \(call)") }
      #expect(words.contains("-T") && words.contains("-E"))
    }
    #expect(!bench.marks.exists("evil"))
  }

  /// 24, 80: success needs every mark of every step; wherever what comes back is cut off, the run is none.
  @Test(arguments: 0..<24) func outputThatIsCutOffIsNoSuccess(part: Int) throws {
    // The marks of the two streams and the output are a few hundred bytes; the last row keeps all of it.
    let bytes = part * 24
    let bench = try bench(ssh: #"/bin/sh -c "$command" | { head -c \#(bytes); kill -9 $$; }"#)
    let ended = try bench.run("marks")
    let isWhole = ended.status == 0
    let report = "\(bytes): \(ended)"
    if isWhole {
      #expect(bench.counts("first", "second") == [1, 1], "\(report)")
    } else {
      #expect([1, 4].contains(ended.status), "\(report)")
      #expect(ended.rows.contains { $0.contains("outcome unknown") || $0.contains("unreachable") || $0.contains("failed") }, "\(report)")
    }
    #expect(bench.count("first") <= 1 && bench.count("second") <= 1, "\(report)")
  }

  @Test func aProgramThatSaysNothingIsNoSuccess() throws {
    let bench = try bench(ssh: "exit 0")
    let ended = try bench.run("marks")
    #expect(ended.status == 4, "\(ended)")
    #expect(bench.counts("first", "second") == [0, 0])
  }

  /// 11: what is not whole is readable for nobody else, and its name cannot be guessed.
  @Test func aFileOnItsWayIsPrivate() throws {
    let bench = try bench(ssh: #"{ head -c 60000; while [ ! -e "$D/go" ]; do sleep 0.05; done; cat; } | /bin/sh -c "$command""#)
    let run = try bench.start("sends")
    var seen: [(name: String, mode: Int)] = []
    #expect(
      run.wait { _ in
        !Self.parts(bench).isEmpty
      }, "\(run.soFar)")
    seen = Self.parts(bench)
    try bench.marks.write("go", "")
    let ended = run.end()
    #expect(ended.status == 0, "\(ended)")
    #expect(seen.map(\.mode) == [0o600])
    #expect(seen.allSatisfy { $0.name.wholeMatch(of: #/a\.copy\.[0-9a-f]{8,}\.part/#) != nil }, "\(seen)")
    #expect(Self.mode("\(bench.marks.path)/a.copy") == 0o644)
    #expect(Self.parts(bench).isEmpty)
  }

  /// 28: the journal and all beside it are readable for the owner only, whatever the umask.
  @Test func theJournalIsPrivate() throws {
    let bench = try bench(ssh: #"exec /bin/sh -c "$command""#)
    let state = Scratch(), home = Scratch()
    let run = try bench.shell(
      "umask 000; exec \"$run\" all", environment: ["XDG_STATE_HOME": "\(state.path)/state", "HOME": home.path])
    #expect(run.end().status == 0)
    var kinds: Set<String> = []
    for folder in [state.path + "/state", home.path + "/.pushbutton"] {
      for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
        let path = "\(folder)/\(name)"
        #expect((Self.mode(path) ?? 0o777) & 0o077 == 0, "\(path)")
        kinds.insert((name as NSString).lastPathComponent)
      }
    }
    #expect(kinds.isSuperset(of: ["journal.jsonl", "run.json", "plan.json", "plan.txt", "result.json", "a.log", "runs", "locks"]))
  }

  /// 29: a plan touches nothing, here or there.
  @Test func aPlanLeavesNothing() throws {
    let bench = try bench(ssh: #"exec /bin/sh -c "$command""#)
    let state = Scratch(), home = Scratch()
    for words in [["--plan", "all"], ["--plan", "--json", "all"], ["--list"], ["--hosts"], ["--check"], ["--history"]] {
      let ended = try bench.project.start(
        words, environment: bench.environment.merging(["XDG_STATE_HOME": state.path, "HOME": home.path]) { $1 }
      ).end()
      #expect(ended.status == 0, "\(words) \(ended)")
    }
    #expect(bench.ssh?.calls == [])
    #expect(FileManager.default.enumerator(atPath: state.path)?.allObjects.count == 0)
    #expect(FileManager.default.enumerator(atPath: home.path)?.allObjects.count == 0)
    #expect(bench.leftFolders == [])
    #expect(bench.count("ran") == 0)
  }

  /// 33: the version of ssh, and what is known to be wrong with it.
  @Test func theVersionOfSSH() throws {
    let bench = try bench(ssh: #"if [ "$host" = "" ]; then echo 'OpenSSH_9.5p1, OpenSSL 3.0' >&2; exit; fi; exec /bin/sh -c "$command""#)
    #expect(try bench.run("-v", "marks").output.contains("ssh is OpenSSH_9.5p1\n  before 9.6 it hands metacharacters"))
    #expect(!(try bench.run("marks").output.contains("OpenSSH")))
  }

  private static func mode(_ path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
  }

  private static func parts(_ bench: Bench) -> [(name: String, mode: Int)] {
    ((try? FileManager.default.contentsOfDirectory(atPath: bench.marks.path)) ?? []).filter { $0.hasSuffix(".part") }.compactMap { name in
      mode("\(bench.marks.path)/\(name)").map { (name, $0) }
    }
  }
}
