import Foundation
import TestSupport
import Testing

/// Deploys with the real pip, from the index that is named and from no other.
@Suite(.ownThreads, .enabled(if: PipBench.isAvailable, "no built run, or no pypiserver: start bin/test"))
struct PipTests {
  /// Everything that could name another index, a newer package of the same name, or a place to install to.
  private func hostile(_ bench: ReleaseBench) throws -> [String: String] {
    let evil = try #require(PipBench.evil).index("simple") + "/"
    let settings = "[global]\nindex-url = \(evil)\nextra-index-url = \(evil)\n[install]\nfind-links = \(evil)shop/\nupgrade = true\n"
    for file in ["pip.conf", "home/.config/pip/pip.conf", "home/.pip/pip.conf"] { try bench.folder.write(file, settings) }
    try bench.folder.write("target/shop.py", "")
    return [
      "PIP_INDEX_URL": evil, "PIP_EXTRA_INDEX_URL": evil, "PIP_FIND_LINKS": "\(evil)shop/",
      "PIP_CONFIG_FILE": "\(bench.folder.path)/pip.conf", "XDG_CONFIG_HOME": "\(bench.folder.path)/home/.config",
      "PIP_TARGET": "\(bench.folder.path)/target", "PIP_ROOT": "\(bench.folder.path)/target", "PIP_NO_DEPS": "1", "PIP_DRY_RUN": "1",
      "PIP_PRE": "1", "PIP_CONSTRAINT": "/no/such/file", "PYTHONPATH": "\(bench.folder.path)/target",
      "http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1", "no_proxy": "127.0.0.1",
    ]
  }

  @Test func nothingElseTakesPart() throws {
    let bench = try PipBench.bench(hosts: ["a"])
    let hostile = try hostile(bench)
    let first = try bench.run("genuine", "--version", "1.0", environment: hostile)
    #expect(first.status == 0, "\(first)")
    #expect(try bench.module("shop", "a/current") == "1.0 good")
    #expect(try bench.module("helper", "a/current") == "1.0 good")
    let second = try bench.run("deploy", "--version", "1.1", environment: hostile)
    #expect(second.status == 0, "\(second)")
    #expect(try bench.module("shop", "a/current") == "1.1 good")
    let back = try bench.run("rollback", environment: hostile)
    #expect(back.status == 0, "\(back)")
    #expect(bench.lives == ["1.0"])
    #expect(try bench.module("shop", "a/current") == "1.0 good")
    #expect(try #require(PipBench.evil).requests == [])
    #expect(bench.names("target") == ["shop.py"])
  }

  @Test func whatCannotBeInstalledLeavesNothing() throws {
    let bench = try PipBench.bench()
    #expect(try bench.run("steps", "--version", "1.0").status == 0)
    let before = bench.hosts.map(bench.live)
    let ended = try bench.run("deploy", "--version", "1.3")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.hosts.map(bench.live) == before)
    #expect(bench.hosts.map { bench.names("\($0)/releases").count } == [1, 1])
    #expect(ended.output.contains("No matching distribution found for missing"), "\(ended)")
  }

  @Test func rightHashesAreInstalled() throws {
    let bench = try PipBench.bench(hosts: ["a"])
    let good = try #require(PipBench.good)
    let list = try bench.folder.write("requirements.txt", good.requirement("shop-1.0") + good.requirement("helper-1.0"))
    let ended = try bench.run("hashed", "--version", "1.0", "--requirements", list)
    #expect(ended.status == 0, "\(ended)")
    #expect(try bench.module("shop", "a/current") == "1.0 good")
  }

  private static let mustList = "requirements.txt must list shop==1.1 and everything that it needs, with hashes"

  static let refused: [(id: String, lines: [(wheel: String, isRight: Bool)], says: String)] = [
    ("a wrong hash", [("shop-1.1", false), ("helper-1.0", true)], "DO NOT MATCH THE HASHES"),
    ("a dependency that is not listed", [("shop-1.1", true)], "all requirements must have their versions pinned"),
    ("another version", [("shop-1.0", true), ("helper-1.0", true)], mustList),
    ("another package only", [("helper-1.0", true)], mustList),
  ]

  @Test func otherHashesAreRefused() throws {
    let bench = try PipBench.bench()
    let good = try #require(PipBench.good)
    #expect(try bench.run("steps", "--version", "1.2").status == 0)
    let before = bench.hosts.map(bench.live)
    for row in Self.refused {
      let list = try bench.folder.write(
        "requirements.txt", row.lines.map { good.requirement($0.wheel, isRight: $0.isRight) }.joined())
      let ended = try bench.run("hashed", "--version", "1.1", "--requirements", list)
      #expect(ended.status == 1, "\(row.id)")
      #expect((ended.output + ended.errors).localizedCaseInsensitiveContains(row.says), "\(row.id): \(ended)")
      #expect(bench.hosts.map(bench.live) == before)
      #expect(bench.hosts.map { bench.names("\($0)/releases").count } == [1, 1])
    }
    let table = try bench.run("releases")
    #expect(table.output.contains("1.1 (incomplete)"), "\(table)")
  }

  @Test func stepsInsideComeBeforeTheEnd() throws {
    let bench = try PipBench.bench()
    let ended = try bench.run("steps", "--version", "1.2")
    #expect(ended.status == 0, "\(ended)")
    for host in bench.hosts {
      let id = try #require(bench.live(host))
      #expect(bench.folder.read("\(host)/current/inside") == "\(bench.folder.path)/\(host)/releases/\(id)\n")
      #expect(bench.folder.read("\(host)/current/complete") == "")
    }
  }

  @Test func aStepInsideThatFailsIsTheEnd() throws {
    let bench = try PipBench.bench()
    try bench.folder.write("b/sick", "")
    let ended = try bench.run("steps", "--version", "1.2")
    #expect(ended.status == 1)
    #expect(bench.lives == ["-", "-"])
    let activation = try bench.run("activate", "--version", "1.2", "--limit", "b")
    #expect(activation.status == 1)
    #expect(activation.output.contains("version 1.2 is not installed in \(bench.folder.path)/b: install it first"), "\(activation)")
    #expect(bench.lives == ["-", "-"])
    #expect(try bench.run("activate", "--version", "1.2", "--limit", "a").status == 0)
    #expect(bench.lives == ["1.2", "-"])
  }
}
