import Foundation
import TestSupport
import Testing

/// `run --completion fish`, in the real one.
@Suite(
  .ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"),
  .enabled(if: CompletionProject.has("fish"), "there is no fish"))
struct FishCompletionTests {
  private static let start = #"""
    function fish_prompt; printf 'ready> '; end
    function fish_greeting; end
    function tell; printf 'BEGIN:'; printf '<%s>' $argv; printf ':END\n'; end
    set -g fish_autosuggestion_enabled 0
    alias r=run
    alias prod='run -e production'
    run --completion fish | source

    """#

  @Test func atATerminal() throws {
    let project = try CompletionProject()
    let rows = CompletionProject.rows(try project.failedRun())
    try project.home.write("config/fish/config.fish", Self.start)
    let told = try project.typed(["fish", "-i"], rows.map(\.line) + ["~/bin/run fai"])
    #expect(told == CompletionProject.texts(rows) + ["<\(project.home.path)/bin/run><fails:>"])
    #expect(!project.home.exists("ran"))
  }

  private func complete(_ project: CompletionProject, _ line: String) throws -> [String] {
    let ended = try project.start(["fish", "-c", "complete -C \"$argv\"", line]).end()
    #expect(ended.errors == "")
    return ended.output.split(separator: "\n").map(String.init)
  }

  @Test func candidatesWithWhatTheyMean() throws {
    let project = try CompletionProject()
    try project.home.write("config/fish/config.fish", Self.start)
    #expect(
      try complete(project, "run ") == [
        #"deploy:\#tInstall: it's "x", $HOME"#, "fails:\tFails", "warm:cache:\tFill it",
      ])
    #expect(
      try complete(project, "run deploy:") == [
        #"deploy:production\#tInstall: it's "x", $HOME"#, #"deploy:staging\#tInstall: it's "x", $HOME"#,
      ])
    #expect(try complete(project, "run -e ") == ["production\tprotected", "staging"])
    #expect(try complete(project, "run deploy:staging --mood ") == [#"it's $HOME "a\b"!"#, "calm;still", "~me"].sorted())
    #expect(try complete(project, #"run -l \$"#) == ["$x'y\trole, 1 host"])
    #expect(try complete(project, "run --version; run fa") == ["fails:\tFails"])
  }

  @Test func aBrokenDeployfileIsSilent() throws {
    let project = try CompletionProject("let deployfile = Deployfile { nonsense }\nlet other = 1 +\n")
    try project.home.write("config/fish/config.fish", Self.start)
    #expect(try complete(project, "run dep") == [])
    #expect(try complete(project, "run --verb") == ["--verbose\tshow commands, attempts and ssh's own messages"])
  }
}
