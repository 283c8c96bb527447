import Foundation
import TestSupport
import Testing

/// What files and CI logs tell of a run.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct OutputTests {
  static let deployfile = #"""
    let token = Secret.environment("TOKEN")
    let mixed = task("mixed", "Some hosts fail") {
      hosts("web") {
        parallel { run("printf '::error::%s \\033[1m<&>\\n' \(token); test \(host: .name) != b").named("check") }
        parallel { run("echo x >>$D/second; echo '##[add-mask]x'") } }
      local("echo never")
    }
    let fine = task("fine", "Goes well") { hosts("web") { run("echo '::add-mask::x'; echo 'a ##[add-mask]x'; echo \(run: .user) at \(run: .url)") } }
    """#

  private func bench() throws -> Bench { try Bench(Self.deployfile, hosts: ["a", "b"], ssh: #"exec /bin/sh -c "$command""#) }

  /// The XML as Python reads it: suites, cases and what is in them.
  private func read(_ file: String) throws -> [String] {
    let script = """
      import sys, xml.etree.ElementTree as tree
      for suite in tree.parse(sys.argv[1]).getroot():
          print(suite.tag, suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped"))
          for case in suite:
              inside = [(child.tag, child.get("message"), child.text) for child in case]
              print(case.tag, case.get("classname"), case.get("name"), float(case.get("time")) >= 0, inside)
      """
    let ended = try Started(["/usr/bin/env", "python3", "-c", script, file]).end()
    #expect(ended.status == 0, "\(ended)")
    return ended.output.split(separator: "\n").map(String.init)
  }

  @Test func files() throws {
    let bench = try bench()
    let ended = try bench.run(
      "--output", "report.xml", "mixed", "--output=out.jsonl", "--format", "json", environment: ["TOKEN": "s3cr3t"])
    #expect(ended.status == 1, "\(ended)")
    let folder = bench.project.folder
    #expect(
      try read("\(folder.path)/report.xml") == [
        "testsuite mixed:test: hosts web, phase 1 2 1 0 0", "testcase a [1] check True []",
        #"testcase b [1] check True [('failure', 'status 1', '::error::[secret] \\x1b[1m<&>')]"#,
        "testsuite mixed:test: hosts web, phase 2 2 0 0 2",
        "testcase a [2] echo x >>$D/second; echo '##[add-mask]x' True [('skipped', 'not started', None)]",
        "testcase b [2] echo x >>$D/second; echo '##[add-mask]x' True [('skipped', 'not started', None)]",
        "testsuite mixed:test: on this machine 1 0 0 1", "testcase localhost [3] echo never True [('skipped', 'not started', None)]",
      ])
    #expect(folder.read("out.jsonl") == ended.output)
    #expect(ended.output.split(separator: "\n").count > 8)
    #expect(!folder.read("report.xml").contains("s3cr3t"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".part") } == [])
  }

  @Test(arguments: ["nowhere/report.xml", "nowhere/out.jsonl", "folder.xml"]) func cannotBeWritten(path: String) throws {
    let bench = try bench()
    try FileManager.default.createDirectory(atPath: "\(bench.project.folder.path)/folder.xml", withIntermediateDirectories: false)
    let ended = try bench.run("fine", "--output", "first.xml", "--output", path)
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors.hasPrefix("error: --output: cannot write "), "\(ended)")
    #expect(bench.ssh?.calls == [])
    let left = try FileManager.default.contentsOfDirectory(atPath: bench.project.folder.path)
    #expect(left.allSatisfy { !$0.hasPrefix("first.xml") }, "\(left)")
  }

  @Test func aCIFoldsAndIsNotSpokenTo() throws {
    let bench = try bench()
    let variables = [
      "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": "7",
      "GITHUB_ACTOR": "ann",
    ]
    let ended = try bench.run("fine", environment: variables)
    #expect(ended.status == 0, "\(ended)")
    let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.filter { $0.hasPrefix("::") } == ["::group::hosts web, in parallel: a, b", "::endgroup::"], "\(ended.output)")
    #expect(lines.contains("a | ::add-mask::x"))
    #expect(lines.contains("b | a ## [add-mask]x"))
    #expect(lines.contains("a | ann at https://github.com/o/r/actions/runs/7"))
    #expect(!ended.output.contains("##["))
    let plain = try bench.run("fine", "--format", "plain", environment: variables)
    #expect(!plain.output.contains("::group::"))
    #expect(!plain.output.contains("##["))
  }
}
