import Foundation
import TestSupport
import Testing

/// The first screen that anybody sees: its Deployfile is the example file, and plans.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ReadmeTests {
  private func text(of name: String) throws -> String { try String(contentsOfFile: "\(BuiltRun.root)/\(name)", encoding: .utf8) }

  @Test func firstBlockIsTheExample() throws {
    let readme = try text(of: "README.md")
    let block = try #require(readme.split(separator: "```swift\n", maxSplits: 1).last?.split(separator: "```", maxSplits: 1).first)
    #expect(try text(of: "Deployfile.swift.example") == String(block))
  }

  @Test func examplePlans() throws {
    let project = try Project(try text(of: "Deployfile.swift.example"))
    try project.folder.write(
      "inventory.ini",
      """
      [web]
      web1 ansible_host=10.0.0.11
      web2 ansible_host=10.0.0.12

      [web:vars]
      root=/srv/shop
      port=8000

      """)
    #expect(
      try project.run("--plan", "deploy:production", "--version", "1.1.0")
        == Ended(
          status: 0,
          output: """
            plan of deploy:production --version=1.1.0
              2 hosts, at most 32 at once; 10 s to connect, one attempt; \
            up to 5 more, after about 1 s, 2 s, 4 s, 8 s, 16 s, if the server drops the connection
              hosts web: web[1-2]
                in parallel, at most 32 at once
                  [1] install 1.1.0: /srv/shop/venv/bin/pip install --quiet shop==1.1.0
                one batch after the other; a failed host stops it
                  batch 1: web1
                  batch 2: web2
                  [2] restart: signal HUP to the process in /srv/shop/shop.pid
                  [3] wait until (by host)
                        web1: http://10.0.0.11:8000/version contains 1.1.0, within 30 s, asking every 1 s
                        web2: http://10.0.0.12:8000/version contains 1.1.0, within 30 s, asking every 1 s

            """, errors: ""))
  }

  @Test func goingBackPlans() throws {
    let section = try #require(try text(of: "README.md").components(separatedBy: "## Going back\n").last)
    let project = try Project(section.components(separatedBy: "```swift\n")[1].components(separatedBy: "```")[0])
    try project.folder.write("inventory.ini", "[web]\nweb1\nweb2\n")
    let ended = try project.run("--plan", "rollback:production")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("this machine decides for all of them: the release of shop to go back to\n"))
  }

  /// The output on the first screen is a real one: of this Deployfile, on the four hosts of the demo.
  @Test func outputIsOfTheExample() throws {
    let readme = try text(of: "README.md")
    #expect(readme.contains("deploy:production: done in "))
    for host in 1...4 { #expect(readme.contains("web\(host) > install 1.1.0\n")) }
  }

  @Test func itsLinksLeadSomewhere() throws {
    for match in try text(of: "README.md").matches(of: /\]\((?<path>[^)#]+)\)/) {
      #expect(FileManager.default.fileExists(atPath: "\(BuiltRun.root)/\(match.output.path)"), "\(match.output.path)")
    }
  }
}
