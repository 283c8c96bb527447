import Foundation
import TestSupport
import Testing

/// `run --completion zsh`, in the real one.
@Suite(
  .ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"),
  .enabled(if: CompletionProject.has("zsh"), "there is no zsh"))
struct ZshCompletionTests {
  private static let start = #"""
    PS1='ready> ' PS2=
    unsetopt prompt_cr prompt_sp
    bindkey -e
    alias r=run prod='run -e production'
    tell() { printf 'BEGIN:'; printf '<%s>' "$@"; printf ':END\n' }
    autoload -Uz compinit

    """#

  private func tell(_ project: CompletionProject, _ lines: [String]) throws -> [String] {
    try project.typed(["zsh", "-d", "-i"], lines)
  }

  @Test func atATerminal() throws {
    let project = try CompletionProject()
    let rows = CompletionProject.rows(try project.failedRun())
    try project.home.write(".zshrc", Self.start + "compinit -u\nsource <(run --completion zsh)\n")
    let told = try tell(project, rows.map(\.line) + ["~/bin/run fai"])
    #expect(told == CompletionProject.texts(rows) + ["<\(project.home.path)/bin/run><fails:>"])
    #expect(!project.home.exists("ran"))
  }

  @Test func fromAFolderOfFunctions() throws {
    let project = try CompletionProject()
    let script = try project.start(["run", "--completion", "zsh"]).end()
    #expect(script.status == 0)
    try project.home.write("functions/_run", script.output)
    try project.home.write(".zshrc", Self.start + "fpath=(~/functions $fpath)\ncompinit -u\n")
    #expect(
      try tell(project, ["run dep", "run deploy:pr", "./bin/run fai"])
        == ["<run><deploy:>", "<run><deploy:production>", "<./bin/run><fails:>"])
  }

  @Test func aBrokenDeployfileIsSilent() throws {
    let project = try CompletionProject("let deployfile = Deployfile { nonsense }\nlet other = 1 +\n")
    try project.home.write(".zshrc", Self.start + "compinit -u\nsource <(run --completion zsh)\n")
    #expect(
      try tell(project, ["run dep", "run --verb", "run -f inv"]) == ["<run><dep>", "<run><--verbose>", "<run><-f><inventory.ini>"])
  }
}
