import Foundation
import TestSupport
import Testing

/// What a release can be made of.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ReleaseSourceTests {
  @Test func anArchiveIsUnpacked() throws {
    let bench = try FolderBench.bench()
    try bench.shell(
      "mkdir -p 'made it/site-1/sub dir'; cd 'made it'; echo one >'site-1/sub dir/file'; tar -czf '../site one.tar.gz' site-1")
    let source = "\(bench.folder.path)/site one.tar.gz"
    let whole = try bench.run("archive", "--release", "1", "--source", source)
    #expect(whole.status == 0, "\(whole)")
    #expect(bench.texts("site-1/sub dir/file") == ["one", "one"])
    #expect(try bench.run("archive", "--release", "2", "--source", source, "--strip", "1").status == 0)
    #expect(bench.texts("sub dir/file") == ["one", "one"])
    #expect(bench.lives == ["2", "2"])
    // The archive itself does not stay.
    let id = try #require(bench.live("a"))
    #expect(!bench.names("a/.pushbutton/\(id)").contains("archive"))
  }

  @Test func aBrokenArchiveIsNeverComplete() throws {
    let bench = try FolderBench.bench()
    let source = try bench.folder.write("site.tar.gz", "no archive")
    let ended = try bench.run("archive", "--release", "1", "--source", source)
    #expect(ended.status == 1)
    #expect(bench.lives == ["-", "-"])
    #expect(try bench.run("releases").output.contains("1 (incomplete)"))
  }

  @Test func aFolderIsCopiedOnce() throws {
    let bench = try FolderBench.bench()
    try bench.shell("mkdir -p 'source 1/sub' && echo one >'source 1/sub/file' && ln -s sub 'source 1/link'")
    let ended = try bench.run("folder", "--release", "1", "--source", "\(bench.folder.path)/source 1")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.texts("link/file") == ["one", "one"])
  }

  @Test func aMissingFolderIsRefusedFirst() throws {
    let bench = try FolderBench.bench()
    let ended = try bench.run("folder", "--release", "1", "--source", "\(bench.folder.path)/nowhere")
    #expect(ended.status == 2, "\(ended)")
    #expect(bench.names("a") == [])
  }

  // MARK: Repositories

  private func repository(_ bench: ReleaseBench) throws -> String {
    try bench.shell(
      """
      git init -q -b main work
      (cd work && echo 1 >file && git add . && git commit -qm 1 && git tag v1)
      git clone -q --bare work 'site x.git'
      """)
    return "\(bench.folder.path)/site x.git"
  }

  private func commit(_ bench: ReleaseBench, _ text: String) throws {
    try bench.shell("cd work && echo \(text) >file && git commit -qam \(text) && git push -q '../site x.git' main")
  }

  @Test func aBranchMayMove() throws {
    let bench = try FolderBench.bench()
    let source = try repository(bench)
    let first = try bench.run("git", "--release", "1", "--source", source, "--revision", "main")
    #expect(first.status == 0, "\(first)")
    #expect(bench.texts("file") == ["1", "1"])
    try commit(bench, "2")
    #expect(try bench.run("git", "--release", "2", "--source", source, "--revision", "main").status == 0)
    #expect(bench.texts("file") == ["2", "2"])
    #expect(Set(bench.texts("REVISION")).count == 1)
    #expect(!bench.names("a/current").contains(".git"))
    #expect(try bench.run("git", "--release", "3", "--source", source, "--revision", "v1").status == 0)
    #expect(bench.texts("file") == ["1", "1"])
    #expect(try bench.run("rollback").status == 0)
    #expect(bench.texts("file") == ["2", "2"])
  }

  @Test(arguments: ["nowhere", "--all", "main:file", "v1^{tree}"]) func whatIsNoCommitIsRefused(revision: String) throws {
    let bench = try FolderBench.bench()
    let source = try repository(bench)
    let ended = try bench.run("git", "--release", "1", "--source", source, "--revision=\(revision)")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.output.contains("has no revision \(revision)"), "\(ended)")
    #expect(bench.names("a/releases") == [])
    #expect(bench.lives == ["-", "-"])
  }

  @Test func aMissingRepositoryIsRefused() throws {
    let bench = try FolderBench.bench()
    let ended = try bench.run("git", "--release", "1", "--source", "\(bench.folder.path)/nowhere.git", "--revision", "main")
    #expect(ended.status == 1)
    #expect(bench.names("a/releases") == [])
    #expect(!bench.names("a/.pushbutton").contains("repository.part"), "\(bench.names("a/.pushbutton"))")
  }

  @Test func hostsThatSeeDifferentCommitsAreRefused() throws {
    let bench = try FolderBench.bench()
    let source = try repository(bench)
    #expect(try bench.run("git", "--release", "1", "--source", source, "--revision", "main").status == 0)
    // Each host reaches another copy by the same relative path, as two mirrors that are not in step.
    try bench.shell("for host in a b; do git clone -q --bare 'site x.git' $host/.pushbutton/mirror.git; done")
    try commit(bench, "2")
    try bench.shell("cd work && git push -q ../b/.pushbutton/mirror.git main")
    let ended = try bench.run("git", "--release", "2", "--source", "./mirror.git", "--revision", "main")
    #expect(ended.status == 1)
    let said = ended.output + ended.errors
    #expect(said.contains("the hosts see different commits as main: a "), "\(ended)")
    #expect(bench.lives == ["1", "1"])
    #expect(bench.names("a/releases").count == 1)
  }
}
