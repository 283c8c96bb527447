import Foundation
import TestSupport
import Testing

/// Rows 9 to 15: who the host is, and who we are.
///
/// Nothing has run on a host that refuses us or that we refuse, and others go on.
@Suite(.needsFleet, .ownThreads) struct IdentityTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  private var knownName: String { "[\(fleet.address(0))]:\(fleet.port)" }
  private var denied: String { "permission denied (publickey) as \(NSUserName())" }

  /// Runs one step on the host and on one that is well.
  private func check(_ host: RemoteHost, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let project = try SSHProject([host, fleet.host("well", at: 1)])
    let report = try project.report("touches")
    #expect(report.status == 4, sourceLocation: sourceLocation)
    report.expect(host, "unreachable", reason, sourceLocation: sourceLocation)
    #expect(project.counts() == [0, 1], sourceLocation: sourceLocation)
    project.expectNothingLeft(sourceLocation: sourceLocation)
  }

  /// A host that is logged in to with another key.
  private func host(withKey path: String) throws -> RemoteHost {
    var host = fleet.host("web1")
    host.configuration = try fleet.configurationWithoutKey(["IdentityFile \"\(path)\"", "IdentityAgent none"], in: scratch, name: "web1")
    return host
  }

  /// A host with other known hosts.
  private func host(knowing text: String, _ lines: [String] = []) throws -> RemoteHost {
    var host = fleet.host("web1")
    let file = try scratch.write("known", text)
    host.configuration = try fleet.configuration(["UserKnownHostsFile \"\(file)\""] + lines, in: scratch, name: "web1")
    return host
  }

  private func shownKey() throws -> String {
    "ED25519 \(try Fleet.fingerprint(try scratch.write("server.pub", try fleet.hostKey() + "\n")))"
  }

  @Test("row 9: a key that the host does not take is tried once") func row9_denied() throws {
    let server = try PrivateServer(fleet, [])
    defer { server.stop() }
    try Fleet.makeKey("\(scratch.path)/other")
    var host = try server.host("web1", fleet)
    let lines = ["IdentityFile \"\(scratch.path)/other\"", "IdentityAgent none", "HostKeyAlias \(knownName)"]
    host.configuration = try fleet.configurationWithoutKey(lines, in: scratch, name: "web1")
    try check(host, "\(denied); keys tried: \(scratch.path)/other")
    #expect(server.count("Connection from") == 1)
    #expect(server.count("Failed publickey") == 1)
  }

  @Test("row 10: a key with a passphrase, and nobody is asked for it") func row10_encrypted() throws {
    let path = "\(scratch.path)/locked"
    try FileManager.default.copyItem(atPath: fleet.key, toPath: path)
    try FileManager.default.copyItem(atPath: "\(fleet.key).pub", toPath: "\(path).pub")
    #expect(try Started(["/usr/bin/ssh-keygen", "-q", "-p", "-P", "", "-N", "secret", "-f", path]).end().status == 0)
    let project = try SSHProject([try host(withKey: path)])
    // On a terminal, where ssh by itself would ask; nobody answers.
    let settings = "stty -g >before; \(BuiltRun.path ?? "run") touches; echo \"status $?\"; stty -g >after"
    let ended = try project.terminal(["/bin/sh", "-c", settings])
    let reason = "\(denied); keys tried: \(path); \(path) has a passphrase, and no agent holds it: ssh-add \(path)"
    #expect(ended.output.contains(reason), "\(ended)")
    #expect(ended.output.contains("status 4"))
    #expect(!ended.output.lowercased().contains("enter passphrase"))
    #expect(project.project.folder.read("before") == project.project.folder.read("after"))
    #expect(project.counts() == [0])
  }

  @Test("row 11: a key that others may read") func row11_open() throws {
    let path = "\(scratch.path)/open"
    try FileManager.default.copyItem(atPath: fleet.key, toPath: path)
    try FileManager.default.copyItem(atPath: "\(fleet.key).pub", toPath: "\(path).pub")
    chmod(path, 0o644)
    try check(
      try host(withKey: path),
      "\(denied); keys tried: \(path); \(path) is ignored because others may read it (mode 0644): chmod 600 \(path)")
  }

  @Test("row 11: a key that is not there") func row11_missing() throws {
    let path = "\(scratch.path)/missing"
    try check(try host(withKey: path), "\(denied); no key was tried; cannot read \(path): No such file or directory")
  }

  @Test("row 12: a host key that is not known") func row12_unknown() throws {
    try check(
      try host(knowing: ""),
      "the host key of \(knownName) is not known (\(try shownKey())): compare it with the host's own, then add it to known_hosts by "
        + "connecting once with ssh, or accept it with --accept-new-host-keys")
    #expect(scratch.read("known") == "")
  }

  @Test("row 13: a host key that has changed") func row13_changed() throws {
    try Fleet.makeKey("\(scratch.path)/other")
    let text = "\(knownName) \(scratch.read("other.pub").split(separator: " ").prefix(2).joined(separator: " "))\n"
    // Not even where the user's configuration says that it does not matter.
    try check(
      try host(knowing: text, ["StrictHostKeyChecking no"]),
      "THE HOST KEY OF \(knownName) HAS CHANGED (now \(try shownKey()), another one stands in \(scratch.path)/known:1): somebody may be "
        + "between you and the host; if you know why it changed, remove the old one with ssh-keygen -R '\(knownName)' -f "
        + "'\(scratch.path)/known'")
    #expect(scratch.read("known") == text)
  }

  @Test("row 14: a host key that is revoked") func row14_revoked() throws {
    let text = "@revoked \(knownName) \(try fleet.hostKey())\n"
    try check(try host(knowing: text), "the host key of \(knownName) is revoked (\(try shownKey())): it may have been stolen")
    #expect(scratch.read("known") == text)
  }

  @Test("row 15: known hosts that cannot be written down") func row15_unwritable() throws {
    var host = fleet.host("web1")
    host.configuration = try fleet.configuration(["UserKnownHostsFile /proc/nowhere/known"], in: scratch, name: "web1")
    let project = try SSHProject([host])
    let warning =
      "web1: its key was not known, and cannot be written down in /proc/nowhere/known, so that any other is accepted the next time: "
    for number in 1...2 {
      let report = try project.report("--accept-new-host-keys", "touches")
      #expect(report.status == 0, "\(report)")
      #expect(report.events.contains { $0.event == "notice" && $0.text?.hasPrefix(warning) == true }, "\(report)")
      #expect(project.counts() == [number])
    }
    #expect(try project.report("touches").status == 4)
    #expect(project.counts() == [2])
  }
}
