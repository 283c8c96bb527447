import Foundation
import TestSupport
import Testing

/// The life of a release folder: links, guards, steps inside, marks.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ReleaseFolderTests {
  private func source(_ bench: ReleaseBench, _ text: String = "one") throws -> String {
    try bench.folder.write("source/file", text)
    return "\(bench.folder.path)/source"
  }

  private func deploy(_ bench: ReleaseBench, _ labels: String...) throws {
    for label in labels {
      let ended = try bench.run("folder", "--release", label, "--source", try source(bench, label))
      #expect(ended.status == 0, "\(ended)")
    }
  }

  @Test func sharedFilesAndFoldersAppear() throws {
    let bench = try FolderBench.bench(hosts: ["a"])
    let source = try source(bench)
    try bench.folder.write("source/uploads/from-the-source", "not used")
    try bench.folder.write("source/config/deep/other.yml", "stays")
    for file in [".env", "config/deep/secrets.yml"] { try bench.folder.write("a/shared/\(file)", "shared \(file)") }
    let ended = try bench.run("linked", "--release", "1", "--source", source)
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.texts(".env") == ["shared .env"])
    #expect(bench.texts("config/deep/secrets.yml") == ["shared config/deep/secrets.yml"])
    #expect(bench.texts("config/deep/other.yml") == ["stays"])
    try bench.shell("echo kept >a/current/uploads/picture && echo kept >'a/current/var/log files/log'")
    #expect(bench.folder.read("a/shared/uploads/picture") == "kept\n")
    #expect(try bench.run("linked", "--release", "2", "--source", source).status == 0)
    #expect(bench.texts("uploads/picture") == ["kept"])
    #expect(bench.texts("var/log files/log") == ["kept"])
    #expect(!bench.folder.exists("a/current/uploads/from-the-source"))
  }

  @Test func aMissingLinkedFileIsRefusedFirst() throws {
    let bench = try FolderBench.bench(hosts: ["a"])
    try bench.folder.write("a/shared/.env", "")
    let ended = try bench.run("linked", "--release", "1", "--source", try source(bench))
    #expect(ended.status == 1)
    let says = "\(bench.folder.path)/a/shared/config/deep/secrets.yml is linked into every release and is not there: put it there first"
    #expect(ended.output.contains(says), "\(ended)")
    #expect(bench.names("a/releases") == [])
    #expect(bench.lives == ["-"])
  }

  @Test func aRealFolderIsNotReplaced() throws {
    let bench = try FolderBench.bench()
    try bench.folder.write("b/current/precious", "data")
    let ended = try bench.run("folder", "--release", "1", "--source", try source(bench))
    #expect(ended.status == 1)
    let says = "\(bench.folder.path)/b/current is a real file or folder, not a link to a release: move it away"
    #expect(ended.output.contains(says), "\(ended)")
    #expect(bench.names("b") == ["current"])
    #expect(bench.folder.read("b/current/precious") == "data")
    #expect(bench.lives == ["-", "-"])
  }

  @Test func stepsRunInsideTheRelease() throws {
    let bench = try FolderBench.bench()
    let ended = try bench.run("inside", "--release", "1", "--source", try source(bench))
    #expect(ended.status == 0, "\(ended)")
    for host in bench.hosts {
      #expect(bench.folder.read("\(host)/current/place") == "\(bench.folder.path)/\(host)/releases/\(try #require(bench.live(host)))\n")
    }
    #expect(bench.texts("page") == ["page of a", "page of b"])
    #expect(bench.texts("copy/file") == ["one", "one"])
  }

  @Test func aFailedStepInsideIsTheEnd() throws {
    let bench = try FolderBench.bench()
    try deploy(bench, "1")
    try bench.folder.write("b/sick", "")
    #expect(try bench.run("inside", "--release", "2", "--source", try source(bench)).status == 1)
    #expect(bench.lives == ["1", "1"])
    #expect(try bench.run("switch", "--release", "2", "--limit", "b").output.contains("version 2 is not installed"))
    #expect(bench.lives == ["1", "1"])
  }

  @Test func labelsBecomeNames() throws {
    let bench = try FolderBench.bench()
    try deploy(bench, "feature/x y", "$(touch bad);'\"*", "ü")
    #expect(bench.lives == ["-", "-"])
    #expect(Set(bench.names("a/releases").map { String($0.drop { $0 != "-" }) }) == ["-feature-x-y", "---touch-bad-----", "--"])
    #expect(try bench.run("rollback", "--to", "feature-x-y").status == 0)
    #expect(bench.lives == ["feature-x-y", "feature-x-y"])
    #expect(try bench.run("rollback", "--to", "nothing").output.contains("no host has a good release of version nothing"))
  }

  @Test func onlyWhatIsMarkedCanBeGoneBackTo() throws {
    let bench = try FolderBench.bench()
    try deploy(bench, "1")
    // Switched by a run that failed later, so that nothing has marked it.
    #expect(try bench.run("deploy", "--release", "2", environment: [:]).status == 0)
    #expect(try bench.run("switch", "--release", "1").status == 1)
    #expect(try bench.run("releases").output.contains("1 (unsettled)"))
    let good = try bench.run("good")
    #expect(good.output.contains("1 is good"), "\(good)")
    #expect(!(try bench.run("releases").output.contains("unsettled")))
  }

  @Test func readyTasksDeployAndGoBack() throws {
    let bench = try FolderBench.bench()
    try deploy(bench, "1")
    let ended = try bench.run("deploy", "--release", "feature/x y")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.lives == ["feature-x-y", "feature-x-y"])
    #expect(bench.texts("file") == ["from the ready task", "from the ready task"])
    #expect(try bench.run("rollback").status == 0)
    #expect(bench.lives == ["1", "1"])
    #expect(bench.texts("file") == ["1", "1"])
    #expect(try bench.run("releases").output.contains("feature-x-y (bad)"))
  }

  @Test func pruningKeepsTheLastGoodOne() throws {
    let bench = try FolderBench.bench()
    try deploy(bench, "1", "2", "3", "4")
    #expect(try bench.run("prune").status == 0)
    #expect(bench.names("a/releases").map { String($0.drop { $0 != "-" }) } == ["-3", "-4"])
    #expect(bench.names("b/.pushbutton").filter { $0.first == "2" }.count == 2)
    #expect(try bench.run("rollback").status == 0)
    #expect(bench.lives == ["3", "3"])
    #expect(bench.folder.lines("a/releases.log") >= 8 + 2)
  }
}
