import Foundation
import TestSupport
import Testing

/// Releases of the Deployfile's `site`, below `app` in the folder of every host.
struct Site {
  let project: SSHProject

  /// The hosts have an archive for each of these releases, with one file that says which it is, and others of some size.
  init(_ hosts: [RemoteHost], releases: [String], size: Int = 0) throws {
    project = try SSHProject(hosts)
    for release in releases {
      let folder = "source/\(release)"
      try project.project.folder.write("\(folder)/content", "\(release)\n")
      if size > 0 { try project.project.folder.write("\(folder)/large", String(repeating: "x", count: size)) }
      let ended = try Started(
        ["/bin/tar", "-cf", "\(release).tar", "-C", folder, "."], folder: project.project.folder.path
      ).end()
      #expect(ended.status == 0, "\(ended)")
    }
  }

  func deploy(_ release: String, limit: String? = nil, task: String = "deploy") throws -> Report {
    Report(
      try project.project.start(
        ["--format", "json", task, "--release", release] + (limit.map { ["--limit", $0] } ?? []), environment: project.environment
      ).end())
  }

  /// A deploy that must succeed.
  func good(_ releases: String..., limit: String? = nil) throws {
    for release in releases {
      let report = try deploy(release, limit: limit)
      #expect(report.status == 0, "\(report)")
    }
  }

  /// What is live on each host, by the file that it holds; nothing without a link to a release that has it.
  var live: [String?] { project.hosts.map { project.text($0, "app/current/content").map { String($0.dropLast()) } } }

  /// What `current` is.
  func link(_ host: RemoteHost) -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: project.path(host, "app/current")) }

  /// The releases that a host has, oldest first.
  func releases(_ host: RemoteHost) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: project.path(host, "app/releases"))) ?? []
    return names.sorted().map { String($0.drop { $0 != "-" }.dropFirst()) }
  }

  /// What the run told people in its notices and decisions.
  static func told(_ report: Report) -> String {
    report.events.filter { $0.event == "notice" || $0.event == "decision.made" || $0.stream != nil }.compactMap(\.text)
      .joined(separator: "\n")
  }
}
