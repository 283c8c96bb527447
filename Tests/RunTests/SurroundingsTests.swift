import Foundation
import TestSupport
import Testing

/// Whatever stands around a run, a deploy goes on or says clearly why not.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct SurroundingsTests {
  static let deployfile = #"""
    let deploy = task("deploy", "Many lines, then more") { hosts("web") {
      parallel { run("seq 2000; echo x >>$D/first") }
      parallel { run("seq 2000; echo x >>$D/second") } } }
    let fails = task("fails", "Many lines, then a failure") { hosts("web") { run("seq 2000; echo x >>$D/first; exit 3") } }
    """#

  private func bench(_ count: Int = 3) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: (1...count).map { "web\($0)" }, ssh: #"exec /bin/sh -c "$command""#)
    // Compiled now, so that a test's narrow surroundings concern the run alone.
    #expect(try bench.run("--list").status == 0)
    return bench
  }

  @Test(arguments: [
    #""$run" deploy >&-; echo $? >$D/status"#, #""$run" deploy 2>&1 >/dev/full; echo $? >$D/status"#,
    #"{ "$run" deploy; echo $? >$D/status; } | head -1"#, #"{ "$run" deploy --format json; echo $? >$D/status; } | true"#,
    #""$run" deploy <&-; echo $? >$D/status"#, #""$run" deploy <&- >&- 2>&-; echo $? >$D/status"#,
    #"env -u HOME "$run" deploy; echo $? >$D/status"#, #"env -u TERM -u LANG -u USER LC_ALL=C "$run" deploy; echo $? >$D/status"#,
    #"nohup "$run" deploy; echo $? >$D/status"#, #"trap '' PIPE CHLD; "$run" deploy; echo $? >$D/status"#,
    #"cd /; "$run" -f "$OLDPWD/Deployfile.swift" deploy; echo $? >$D/status"#,
  ])
  func aDeployGoesOn(command: String) throws {
    let bench = try bench()
    _ = try bench.shell(command).end()
    #expect(bench.marks.read("status") == "0\n")
    #expect(bench.counts("first", "second") == [3, 3])
    #expect(bench.leftFolders == [])
  }

  @Test func aClosedOutputDoesNotHideAFailure() throws {
    let bench = try bench()
    _ = try bench.shell(#"{ "$run" fails; echo $? >$D/status; } | head -1"#).end()
    #expect(bench.marks.read("status") == "1\n")
    #expect(bench.count("first") == 3)
  }

  @Test func aMissingFolderForTemporaryFilesIsSaid() throws {
    let bench = try bench()
    let ended = try bench.run("deploy", environment: ["TMPDIR": "/no/such/folder"])
    #expect(ended.status == 2, "\(ended)")
    #expect(
      ended.errors == """
        error: cannot make a private folder in /no/such/folder: No such file or directory
          Set TMPDIR to a folder that you may write to.

        """)
    #expect(bench.ssh?.calls == [])
  }

  @Test func aFolderInWhichEverybodyMayReplaceEverythingIsRefused() throws {
    let bench = try bench()
    let folder = "\(bench.temporary.path)/open"
    mkdir(folder, 0o700)
    chmod(folder, 0o777)
    let ended = try bench.run("deploy", environment: ["TMPDIR": folder])
    #expect(ended.status == 2, "\(ended)")
    #expect(
      ended.errors == """
        error: the folder for temporary files, \(folder), lets everybody replace what others have put there
          Set TMPDIR to a folder of your own, or set the folder's sticky bit: chmod +t \(folder)

        """)
    #expect(bench.ssh?.calls == [])
    chmod(folder, 0o1777)
    #expect(try bench.run("deploy", environment: ["TMPDIR": folder]).status == 0)
  }

  @Test(arguments: ["", "."]) func otherFoldersForTemporaryFiles(folder: String) throws {
    let bench = try bench()
    #expect(try bench.run("deploy", environment: ["TMPDIR": folder]).status == 0)
    #expect(bench.counts("first", "second") == [3, 3])
  }

  @Test func fewDescriptorsMeanFewHostsAtOnce() throws {
    let bench = try bench(30)
    let ended = try bench.shell(#"ulimit -n 40; "$run" deploy -q; echo $? >$D/status"#).end()
    #expect(bench.marks.read("status") == "0\n", "\(ended)")
    #expect(bench.counts("first", "second") == [30, 30])
    #expect(ended.output.contains("only "), "\(ended)")
  }
}
