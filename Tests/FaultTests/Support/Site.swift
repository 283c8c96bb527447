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

  func deploy(_ release: String, limit: String? = nil, faking time: String? = nil) throws -> Report {
    let words = [BuiltRun.path ?? "run", "--format", "json", "deploy", "--release", release] + (limit.map { ["--limit", $0] } ?? [])
    let prefix = time.map { [Self.faketime ?? "faketime", "-f", $0] } ?? []
    return Report(
      try Started(
        prefix + words, folder: project.project.folder.path,
        environment: project.environment.merging(["PUSHBUTTON_CACHE_DIR": BuiltRun.cache]) { $1 }
      ).end())
  }

  static let faketime = ["/usr/bin/faketime", "/usr/local/bin/faketime"].first(where: FileManager.default.isExecutableFile)

  /// Puts a file with one line on a host.
  func write(_ name: String, on host: RemoteHost) throws {
    let path = project.path(host, name)
    try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try "precious\n".write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Puts a file where a host has a folder, so that nothing can be made in it.
  func replace(_ name: String, on host: RemoteHost) throws {
    rename(project.path(host, name), project.path(host, "\(name).away"))
    try write(name, on: host)
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

  /// What the run told people beside its steps.
  static func told(_ report: Report) -> String {
    report.events.filter { $0.event == "notice" || $0.event == "decision.made" }.compactMap(\.text)
      .joined(separator: "\n")
  }
}
