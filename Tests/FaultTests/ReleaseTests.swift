import Foundation
import TestSupport
import Testing

/// Rows 53 to 60 and 67: releases, whatever has happened before or happens in the middle.
///
/// Nothing that is live is lost.
@Suite(.needsFleet, .ownThreads) struct ReleaseTests {
  /// The locks of an application stand in the home of its user, and every test has its own.
  private let home = Scratch()
  private let server: PrivateServer
  private let hosts: [RemoteHost]

  init() throws {
    let fleet = try #require(Fleet.current)
    let server = try PrivateServer(fleet, ["SetEnv \"HOME=\(home.path)\""])
    self.server = server
    hosts = try ["web1", "web2", "web3"].map { try server.host($0, fleet) }
  }

  private func site(_ count: Int, _ releases: String...) throws -> Site { try Site(Array(hosts.prefix(count)), releases: releases) }

  @Test(
    "row 53: current is missing, a folder, dangling, outside or a loop",
    arguments: [
      ("missing", "nothing of site is live, so there is nothing to go back from"),
      ("folder", "nothing of site is live, so there is nothing to go back from"),
      ("dangling", "no host has a good release that is older than 20200101T000000.000Z-0"),
      ("outside", "web1: current points to elsewhere, which is no release of site"),
      ("loop", "web1: current points to current, which is no release of site"),
    ])
  func row53_current(kind: String, refusal: String) throws {
    let site = try site(1, "1", "2")
    let app = site.project.path(hosts[0], "app"), current = "\(app)/current"
    try site.good("1")
    unlink(current)
    try site.write("app/elsewhere/file", on: hosts[0])
    switch kind {
    case "folder": rename("\(app)/elsewhere", current)
    case "dangling": symlink("releases/20200101T000000.000Z-0", current)
    case "outside": symlink("elsewhere", current)
    case "loop": symlink("current", current)
    default: break
    }
    let before = site.link(hosts[0])
    let back = try site.project.report("rollback")
    #expect(back.status == 1)
    #expect(Site.told(back) == refusal)
    #expect(site.link(hosts[0]) == before)

    let forward = try site.deploy("2")
    if kind == "folder" {
      #expect(forward.status == 1)
      let refused = "\(current) is a real file or folder, not a link to a release: move it away"
      #expect(forward.lines(hosts[0], "make a release of site 2", "stderr") == [refused])
    } else {
      #expect(forward.status == 0, "\(forward)")
      #expect(site.live == ["2"])
    }
    #expect(site.project.count(hosts[0], kind == "folder" ? "app/current/file" : "app/elsewhere/file") == 1)
  }

  @Test("row 54: the first deploy fails") func row54_first() throws {
    let site = try site(2, "1", "2")
    try site.write("sick", on: hosts[0])
    let report = try site.deploy("1")
    #expect(report.status == 1)
    #expect(Site.told(report).hasSuffix("no host has a good release that is older than 1"))
    // What has failed is no target, and the other host was left alone.
    #expect(site.live == ["1", nil])
    unlink(site.project.path(hosts[0], "sick"))
    try site.good("2")
    #expect(site.live == ["2", "2"])
    #expect(try site.project.report("rollback").status == 1)
    #expect(site.live == ["2", "2"])
  }

  @Test("row 55: hosts on different versions go back to their own") func row55_different() throws {
    let site = try site(2, "1", "2", "3")
    try site.good("1")
    try site.good("2", limit: "web2")
    try site.write("sick-of-3", on: hosts[1])
    let report = try site.deploy("3")
    #expect(report.status == 1)
    #expect(Site.told(report).contains("site goes back to what was live before\n  web1: from 3 to 1\n  web2: from 3 to 2"), "\(report)")
    #expect(site.live == ["1", "2"])
    #expect(try site.project.report("releases").status == 0)
  }

  @Test("row 56: one of three cannot be prepared") func row56_prepare() throws {
    let site = try site(3, "1", "2")
    try site.good("1")
    let links = hosts.map(site.link)
    try site.replace("app/releases", on: hosts[1])
    let report = try site.deploy("2")
    #expect(report.status == 1)
    #expect(report.events.last { $0.event == "host.finished" && $0.host == "web2" && $0.outcome == "failed" } != nil)
    #expect(hosts.map(site.link) == links)
    #expect(site.project.counts("restarts") == [1, 1, 1])
  }

  @Test("row 57: one of three fails its check") func row57_unhealthy() throws {
    let site = try site(3, "1", "2")
    try site.good("1")
    try site.write("sick-of-2", on: hosts[1])
    let report = try site.deploy("2")
    #expect(report.status == 1)
    #expect(Site.told(report).contains("site goes back to 1: "))
    #expect(Site.told(report).contains("\n  web3: stays on 1, because this run has not switched it"))
    #expect(site.live == ["1", "1", "1"])
    // Switched and taken back, or left alone.
    #expect(site.project.counts("restarts") == [3, 3, 1])
    let table = Site.told(try site.project.report("releases"))
    for host in ["web1", "web2"] { #expect(table.contains(try Regex("\(host)  1  .* root  2 \\(bad\\)")), "\(table)") }
  }

  @Test("row 58: one of three cannot be taken back") func row58_stuck() throws {
    let site = try site(3, "1", "2")
    try site.good("1")
    try site.write("sick-of-2", on: hosts[2])
    try site.write("stuck-on-1", on: hosts[0])
    let report = try site.deploy("2")
    #expect(report.status == 1)
    #expect(report.outcome(hosts[0]) == "failed")
    // The others are taken back all the same.
    #expect(site.live == ["1", "1", "1"])
    #expect(site.project.counts("restarts") == [3, 3, 3])
    #expect(try site.project.report("releases").ended.output.contains("1 (unsettled)"))
    // Done once more, all come to the same end.
    unlink(site.project.path(hosts[0], "stuck-on-1"))
    unlink(site.project.path(hosts[2], "sick-of-2"))
    try site.good("2")
  }

  @Test("row 58: the release to go back to is not there on one of three") func row58_targetGone() throws {
    let site = try site(3, "1", "2")
    try site.good("1", "2")
    try FileManager.default.removeItem(atPath: site.project.path(hosts[1], "app/releases"))
    let report = try site.project.report("rollback")
    #expect(report.status == 1)
    #expect(Site.told(report).contains("is not there, or not good, on web2;"), "\(report)")
    #expect(site.project.counts("restarts") == [2, 2, 2])
    let rest = try site.project.report("rollback", "--limit", "!web2")
    #expect(rest.status == 0, "\(rest)")
    #expect(site.live == ["1", nil, "1"])
  }

  @Test("row 59: rollbacks one after the other, and after a deploy that failed") func row59_twice() throws {
    let site = try site(2, "1", "2", "3", "4")
    try site.good("1", "2", "3")
    #expect(try site.project.report("rollback").status == 0)
    #expect(site.live == ["2", "2"])
    try site.write("sick-of-4", on: hosts[1])
    #expect(try site.deploy("4").status == 1)
    #expect(site.live == ["2", "2"])
    // 3 was left, 4 was never good, and 1 is not kept any more.
    #expect(Site.told(try site.project.report("rollback")) == "no host has a good release that is older than 2")
    #expect(site.live == ["2", "2"])
  }

  @Test("row 60: cleaning up with keep 1 after a deploy that failed") func row60_keep() throws {
    let site = try site(1, "1", "2", "3", "4")
    try site.good("1", "2")
    try site.write("sick-of-3", on: hosts[0])
    #expect(try site.deploy("3").status == 1)
    #expect(site.live == ["2"])
    #expect(try site.project.report("prunes").status == 0)
    #expect(site.live == ["2"])
    try site.good("4")
    #expect(site.live == ["4"])
    #expect(site.releases(hosts[0]) == ["2", "4"])
    #expect(try site.project.report("rollback").status == 0)
    #expect(site.live == ["2"])
  }

  @Test("row 67: a clock that goes back by a day", .enabled(if: Site.faketime != nil, "faketime is missing")) func row67_clock() throws {
    let site = try site(2, "1", "2", "3")
    try site.good("1", "2")
    let links = hosts.map(site.link)
    let report = try site.deploy("3", faking: "-1d")
    #expect(report.status == 1)
    for host in hosts.prefix(2) {
      let words = report.lines(host, "make a release of site 3", "stderr").joined()
      #expect(words.contains("app has a newer release than ") && words.contains("set the clock of the machine that is wrong"), "\(report)")
    }
    #expect(hosts.map(site.link) == links)

    // A release of the future is gone back from, and then it stands in nobody's way.
    #expect(try site.deploy("3", faking: "+1d").status == 0)
    #expect(site.live == ["3", "3"])
    #expect(try site.deploy("1").status == 1)
    #expect(try site.project.report("rollback").status == 0)
    #expect(site.live == ["2", "2"])
    try site.good("1")
    #expect(site.live == ["1", "1"])
  }

  @Test("row 67: two deploys of the same moment", .enabled(if: Site.faketime != nil, "faketime is missing")) func row67_moment() throws {
    let site = try site(2, "1", "2")
    #expect(try site.deploy("1", faking: "2026-01-01 00:00:00").status == 0)
    let report = try site.deploy("1", faking: "2026-01-01 00:00:00")
    #expect(report.status == 1)
    let words = report.lines(hosts[0], "make a release of site 1", "stderr").joined()
    #expect(words.contains("20260101T000000.000Z-1 belongs to another run"), "\(report)")
    #expect(try site.deploy("2", faking: "2026-01-01 00:00:00").status == 0)
    #expect(site.live == ["2", "2"])
    #expect(site.releases(hosts[0]) == ["1", "2"])
  }
}
