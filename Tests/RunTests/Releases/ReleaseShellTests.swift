import Foundation
import TestSupport
import Testing

/// The life of a release with other shells as the hosts' `/bin/sh`, and on a disk that is full.
@Suite(.ownThreads, .enabled(if: StandInBench.canMount, "mounting in a namespace of one's own needs root"))
struct ReleaseShellTests {
  static let shells = ["/usr/bin/dash", "/bin/bash", "/usr/bin/busybox"].filter(FileManager.default.isExecutableFile)

  @Test(arguments: shells) func everythingWorksIn(shell: String) throws {
    // Compiled with the shell that the machine has.
    #expect(try StandInBench.bench().run("--list").status == 0)
    var bench = try StandInBench.bench()
    var environment = ["SHELL": shell, "APPLETS": "\(bench.folder.path)/applets"]
    // With busybox's shell come its programs.
    if shell.hasSuffix("busybox") { environment["PATH"] = "\(bench.folder.path)/applets:/usr/bin:/bin" }
    bench.prefix = [
      "/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/bash", "-euc",
      """
      case $SHELL in (*busybox) mkdir -p "$APPLETS" && busybox --install -s "$APPLETS" ;; esac
      /usr/bin/mount --bind "$SHELL" "$(/usr/bin/readlink -f /bin/sh)"
      exec "$@"
      """, "-",
    ]
    func run(_ words: String..., status: Int32 = 0) throws -> String {
      let ended = try bench.run(words: words, environment: environment)
      #expect(ended.status == status, "\(shell), \(words): \(ended)")
      return ended.output
    }

    for version in ["0.9", "1.0", "1.4.2"] { #expect(try run("deploy", "--version", version).contains("-> \(version)\n")) }
    #expect(bench.texts("content") == ["1.4.2", "1.4.2"])
    #expect(bench.lives == ["1.4.2", "1.4.2"])
    try bench.folder.write("b/sick", "")
    #expect(try run("deploy", "--version", "latest", status: 1).contains("1.5.0 -> 1.4.2\n"))
    #expect(bench.lives == ["1.4.2", "1.4.2"])
    #expect(try run("rollback").contains("1.4.2 -> 1.0\n"))
    #expect(bench.lives == ["1.0", "1.0"])
    let row = #/a     1\.0   [-0-9]{10} [:0-9]{5} UTC  root  1\.5\.0 \(bad\), 1\.4\.2 \(bad\), 0\.9/#
    let table = try run("releases")
    #expect(table.contains(row), "\(table)")
    #expect(try run("deploy", "--version", "2.0rc1").contains("1.0 -> 2.0rc1\n"))
    #expect(try run("prune").contains("removing 0.9"))
    #expect(bench.names("a/releases").map { String($0.drop { $0 != "-" }) } == ["-1.0", "-2.0rc1"])
    #expect(bench.folder.lines("a/releases.log") > 10)
  }

  /// An installation fails there and nothing is switched; going back works.
  @Test func theWayBackNeedsNoSpace() throws {
    #expect(try StandInBench.bench().run("--list").status == 0)
    let bench = try StandInBench.bench(hosts: ["a"])
    let ended = try Started(
      [
        "/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/bash", "-uc",
        #"""
        mkdir "$D/a" && mount -t tmpfs -o size=1m none "$D/a" || exit
        go() { "$run" "$@" -i "$D/inventory.ini" >>"$D/said" 2>&1; echo "$1 $? $(readlink "$D/a/current" | sed 's/.*Z-//')"; }
        go deploy --version 1.0
        go deploy --version 1.4.2
        dd if=/dev/zero of="$D/a/fill" bs=4096 2>/dev/null
        go deploy --version 1.5.0
        go rollback
        tail -n 20 "$D/said" >"$D/last"
        cat "$D/a/current/content"
        go releases
        grep -h '^a ' "$D/said" | tail -n 2 | head -n 1 | sed 's/  */ /g'
        rm "$D/a/fill"
        go deploy --version 1.5.0
        go rollback
        """#,
      ], folder: bench.project.folder.path,
      environment: bench.environment.merging(["run": BuiltRun.path ?? ""]) { $1 }
    ).end()
    let lines = ended.output.split(separator: "\n").map(String.init)
    let said = bench.folder.read("said")
    #expect(
      lines.filter { !$0.hasPrefix("a ") } == [
        "deploy 0 1.0", "deploy 0 1.4.2", "deploy 1 1.4.2", "rollback 0 1.0", "1.0", "releases 0 1.0", "deploy 0 1.5.0", "rollback 0 1.0",
      ], "\(ended) \(said)")
    #expect(said.contains("No space left on device"))
  }
}
