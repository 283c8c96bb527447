import Foundation
import TestSupport
import Testing

/// Every block of Swift in README, the guide and the examples' own pages compiles: as a Deployfile, or as a piece of one.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct SwiftBlockTests {
  /// What the compiler says of pages, in one go.
  private func errors(in pages: [Page]) throws -> [String] {
    let folder = Scratch()
    var files = [try folder.write("Names.swift", SwiftBlocks.names)]
    for (number, page) in pages.enumerated() {
      files.append(try folder.write("Page\(number).swift", SwiftBlocks.source(of: page, number: number)))
    }
    let built = (try #require(BuiltRun.path) as NSString).deletingLastPathComponent
    let modules = FileManager.default.fileExists(atPath: "\(built)/Modules/Tasks.swiftmodule") ? "\(built)/Modules" : built
    let compiler = ProcessInfo.processInfo.environment["SWIFT_EXEC"] ?? "swiftc"
    let options = ["-typecheck", "-swift-version", "6", "-parse-as-library", "-wmo", "-suppress-warnings", "-module-name", "Pages"]
    let ended = try Started(["/usr/bin/env", compiler] + options + ["-I", modules] + files, folder: folder.path).end()
    let told = ended.errors.split(separator: "\n").map(String.init).filter { $0.contains(#/^\S+:\d+:\d+: error: /#) }
    return ended.status == 0 ? [] : told.isEmpty ? [ended.errors] : told
  }

  @Test func everyBlockCompiles() throws {
    // What these show is part of an example, see RecipeTests and RehearsalTests, and compiled there.
    let others = ["docs/recipes.md", "docs/testing.md"]
    let pages = Page.all.filter { !others.contains($0.path) && !$0.blocks(of: "swift").isEmpty }
    #expect(pages.count > 10)
    #expect(try errors(in: pages) == [])
  }

  @Test func mistakesAreFoundWhereTheyAre() throws {
    let page = Page(
      "docs/wrong.md",
      text: """
        # Wrong

        ```swift
        let uptime = task("uptime", "Load") {
          run("uptime")
        }
        ```

        ```swift
        hosts("web") { restart(shopp) }
        restart("shop")
        local("true")
        uptime.start()
        ```

        """)
    let errors = try errors(in: [page])
    #expect(
      errors.map { $0.split(separator: ":")[...1].joined(separator: ":") } == ["docs/wrong.md:5", "docs/wrong.md:10", "docs/wrong.md:13"])
  }
}
