import Foundation
import TestSupport
import Testing

/// A Deployfile of release folders for `ReleaseBench`; what they are made of stands in the bench's own folder.
enum FolderBench {
  static let project: Project? = try? ReleaseBench.project(
    #"""
    let root: Text = "\(host: .variable("root"))"
    let home: Text = "\(host: .variable("home"))"
    let site = ReleaseFolder("site", root: root)
    let linked = ReleaseFolder("site", root: root, linkedFiles: [".env", "config/deep/secrets.yml"], linkedFolders: ["uploads", "var/log files"])
    let label = Parameter<String>("release", "what it is called")
    let source = Parameter<String>("source", "what it is made of")
    let count = Parameter<Int>("strip", "leading folders", default: 0)
    let revision = Parameter<String>("revision", "of the repository")
    let archive = task("archive", "From an archive", label, source, count) { label, source, count in
      hosts("web") { parallel { site.install(.archive("\(source)", stripping: count), as: label) }; serially { site.activate(label) } } }
    let folder = task("folder", "From a folder", label, source) { label, source in
      hosts("web") { parallel { site.install(.folder("\(source)"), as: label) }; serially { site.activate(label) } } }
    let git = task("git", "From a repository", label, source, revision) { label, source, revision in
      hosts("web") { parallel { site.install(.git(source, revision: revision), as: label) }; serially { site.activate(label) } } }
    let linking = task("linked", "With links", label, source) { label, source in
      hosts("web") { parallel { linked.install(.folder("\(source)"), as: label) }; serially { linked.activate(label) } } }
    let inside = task("inside", "With steps", label, source) { label, source in
      hosts("web") {
        parallel {
          site.install(.folder("\(source)"), as: label) {
            render("page.tmpl", to: "page")
            sync("\(source)", to: "copy")
            run("pwd >place; [ ! -e \(host: .variable("root"))/sick ]").named("inside")
          }
        }
        serially { site.activate(label) } } }
    let switchOnly = task("switch", "Not marked", label) { label in
      hosts("web") { site.activate(label); run("exit 7").named("fails") } }
    let good = task("good", "Mark it") { hosts("web") { site.markGood() } }
    let prune = task("prune", "Remove old ones") { hosts("web") { site.prune(keep: 2) } }
    """#,
    tasks: """
      archive
        folder
        git
        linking
        inside
        switchOnly
        good
        prune
        site.tasks(on: "web", from: { _ in .folder("source") })
      """)

  static func bench(hosts: [String] = ["a", "b"]) throws -> ReleaseBench {
    let project = try #require(project)
    try project.folder.write("page.tmpl", "page of {{ host.name }}\n")
    try project.folder.write("source/file", "from the ready task\n")
    return try ReleaseBench(project, hosts: hosts)
  }
}

extension ReleaseBench {
  /// Runs shell text in the bench's folder.
  func shell(_ text: String) throws {
    let ended = try Started(
      ["/bin/sh", "-euc", text], folder: folder.path,
      environment: environment.merging([
        "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t",
      ]) { $1 }
    ).end()
    #expect(ended.status == 0, "\(text): \(ended)")
  }

  /// What a file of the live release says, in host order.
  func texts(_ name: String) -> [String] { hosts.map { folder.read("\($0)/current/\(name)").trimmingCharacters(in: .newlines) } }
}
