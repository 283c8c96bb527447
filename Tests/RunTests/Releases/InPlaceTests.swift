import Foundation
import TestSupport
import Testing

/// An application in one environment that was there before: each version goes over the one before, and back.
@Suite(.ownThreads, .enabled(if: PipBench.isAvailable, "no built run, or no pypiserver: start bin/test"))
struct InPlaceTests {
  /// Hosts whose environments hold version 1.0.
  private func bench(hosts: [String] = ["a", "b"]) throws -> ReleaseBench {
    let bench = try PipBench.bench(hosts: hosts)
    for host in hosts {
      let made = try Started(
        [
          "/bin/sh", "-c",
          "'\(PipBench.tools.path)/python' -m venv env && env/bin/python -m pip install -q --disable-pip-version-check -i \"$0\" shop==1.0",
          (try #require(PipBench.good)).index("simple") + "/",
        ], folder: try make("\(bench.folder.path)/\(host)"), environment: bench.environment
      ).end()
      #expect(made.status == 0, "\(made)")
    }
    return bench
  }

  private func make(_ folder: String) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  private func modules(_ bench: ReleaseBench) throws -> [String] { try bench.hosts.map { try bench.module("shop", "\($0)/env") } }

  @Test func forwardAndBackOnce() throws {
    let bench = try bench(hosts: ["a"])
    let deploy = try bench.run("placed-deploy", "--version", "1.1")
    #expect(deploy.status == 0, "\(deploy)")
    #expect(try modules(bench) == ["1.1 good"])
    #expect(deploy.output.contains("1.0 -> 1.1"), "\(deploy)")
    let back = try bench.run("placed-rollback")
    #expect(back.status == 0, "\(back)")
    #expect(try modules(bench) == ["1.0 good"])
    let again = try bench.run("placed-rollback")
    #expect(again.status == 1)
    #expect(again.output.contains("no host has a good release that is older than 1.0"), "\(again)")
    #expect(try modules(bench) == ["1.0 good"])
    #expect(try bench.run("placed-releases").output.contains("1.1 (bad)"))
  }

  @Test func aFailedDeployTakesBackAllHosts() throws {
    let bench = try bench()
    try bench.folder.write("a/sick", "")
    let ended = try bench.run("placed-deploy", "--version", "1.1")
    #expect(ended.status == 1)
    // The one that was bounced, and the one that only had it installed.
    #expect(try modules(bench) == ["1.0 good", "1.0 good"], "\(ended)")
    let table = try bench.run("placed-releases").output
    #expect(table.components(separatedBy: "1.1 (bad)").count == 3, "\(table)")
    unlink("\(bench.folder.path)/a/sick")
    #expect(try bench.run("placed-deploy", "--version", "1.1").status == 0)
    #expect(try modules(bench) == ["1.1 good", "1.1 good"])
  }

  @Test func hashesHoldInPlace() throws {
    let bench = try bench(hosts: ["a"])
    let good = try #require(PipBench.good)
    let wrong = try bench.folder.write("wrong.txt", good.requirement("shop-1.1", isRight: false) + good.requirement("helper-1.0"))
    let ended = try bench.run("placed-hashed", "--version", "1.1", "--requirements", wrong)
    #expect(ended.status == 1)
    #expect(ended.output.contains("DO NOT MATCH THE HASHES"), "\(ended)")
    let other = try bench.folder.write("other.txt", good.requirement("shop-1.2"))
    #expect(try bench.run("placed-hashed", "--version", "1.1", "--requirements", other).status == 1)
    #expect(try modules(bench) == ["1.0 good"])
    let right = try bench.folder.write("right.txt", good.requirement("shop-1.1") + good.requirement("helper-1.0"))
    let deployed = try bench.run("placed-hashed", "--version", "1.1", "--requirements", right)
    #expect(deployed.status == 0, "\(deployed)")
    #expect(try modules(bench) == ["1.1 good"])
    #expect(bench.folder.read("a/env/inside") == "\(bench.folder.path)/a/env\n")
  }

  @Test func aStepInsideThatFailsIsTakenBack() throws {
    let bench = try bench(hosts: ["a"])
    let good = try #require(PipBench.good)
    let list = try bench.folder.write("right.txt", good.requirement("shop-1.1") + good.requirement("helper-1.0"))
    try bench.folder.write("a/sick", "")
    #expect(try bench.run("placed-hashed", "--version", "1.1", "--requirements", list).status == 1)
    unlink("\(bench.folder.path)/a/sick")
    let activation = try bench.run("placed-activate", "--version", "1.1")
    #expect(activation.output.contains("version 1.1 in \(bench.folder.path)/a/env is not complete: install it again"), "\(activation)")
    let back = try bench.run("placed-rollback")
    #expect(back.status == 0, "\(back)")
    #expect(try modules(bench) == ["1.0 good"])
    let never = try bench.run("placed-activate", "--version", "1.1")
    #expect(never.output.contains("a/env holds version 1.0, not 1.1: install it first"), "\(never)")
  }

  @Test func aFolderThatIsNoEnvironmentIsRefused() throws {
    let bench = try PipBench.bench(hosts: ["a"])
    try bench.folder.write("a/env/data", "precious")
    let ended = try bench.run("placed-deploy", "--version", "1.1")
    #expect(ended.status == 1)
    #expect(ended.output.contains("\(bench.folder.path)/a/env is no virtual environment: it has no bin/python"), "\(ended)")
    #expect(bench.folder.read("a/env/data") == "precious")
    #expect(bench.names("a/env") == ["data"])
  }

  @Test func aFolderThatIsNotThereIsNotMade() throws {
    let bench = try PipBench.bench(hosts: ["a"])
    #expect(try bench.run("placed-deploy", "--version", "1.1").status == 1)
    #expect(bench.names("a") == [])
  }
}
