import Foundation
import TestSupport
import Testing

/// `run --completion bash`, in the real one.
@Suite(
  .ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"),
  .enabled(if: CompletionProject.has("bash"), "there is no bash"))
struct BashCompletionTests {
  private static let start = #"""
    PS1='ready> '
    alias r=run prod='run -e production'
    tell() { printf 'BEGIN:'; printf '<%s>' "$@"; printf ':END\n'; }
    eval "$(run --completion bash)"

    """#

  @Test func atATerminal() throws {
    let project = try CompletionProject()
    let rows = CompletionProject.rows(try project.failedRun())
    let file = try project.home.write("bashrc", Self.start)
    let told = try project.typed(["bash", "--noprofile", "--rcfile", file, "-i"], rows.map(\.line) + ["FOO=1 run fai", "~/bin/run fai"])
    let expected =
      CompletionProject.texts(rows) + ["<FOO=1><run><fails:>", "<\(project.home.path)/bin/run><fails:>"]
    #expect(told == expected)
    #expect(!project.home.exists("ran"))
  }

  /// Some take the colon out of the characters that end a word.
  @Test func withoutColonsThatEndWords() throws {
    let project = try CompletionProject()
    let file = try project.home.write("bashrc", Self.start + "COMP_WORDBREAKS=${COMP_WORDBREAKS//[:=]}\n")
    #expect(
      try project.typed(
        ["bash", "--noprofile", "--rcfile", file, "-i"], ["run deploy:pr", "run -l 'web:!d", "run --limit=web:st", "run --environment=st"])
        == ["<run><deploy:production>", "<run><-l><web:!db1>", "<run><--limit=web:stage1>", "<run><--environment=staging>"])
  }

  /// The function that bash calls, and what it leaves in `COMPREPLY`.
  @Test func inAScript() throws {
    let project = try CompletionProject()
    let script = #"""
      eval "$(run --completion bash)"
      for line in 'run ' 'run d' 'run deploy:' 'run deploy:staging --' 'run -l ' 'run nothing'; do
        COMP_LINE=$line COMP_POINT=${#line}
        text=${line##*[ :]}
        _pushbutton run "$text" ''
        printf '%s|' "$line" "${COMPREPLY[@]}"
        echo
      done
      COMP_LINE='run deploy:production' COMP_POINT=5
      _pushbutton run d ''
      printf '%s|' "${COMPREPLY[@]}"
      """#
    let ended = try project.start(["bash", "-c", script]).end()
    let lines = ended.output.split(separator: "\n").map(String.init)
    #expect(ended.errors == "")
    #expect(lines.count == 7, "\(ended)")
    guard lines.count == 7 else { return }
    #expect(lines[0] == "run |deploy:|fails:|warm:cache:|")
    #expect(lines[1] == "run d|deploy:|")
    #expect(lines[2] == "run deploy:|production |staging |")
    #expect(lines[3].hasPrefix("run deploy:staging --|--version |--mood |--plan |--diff |--list |"))
    #expect(lines[4] == #"run -l |all |web |\$x\'y |web1 |web2 |db1 |stage1 |"#)
    #expect(lines[5] == "run nothing|")
    #expect(lines[6] == "deploy:|")
  }

  /// A Deployfile that does not compile costs the tasks, and says nothing at the prompt.
  @Test func aBrokenDeployfileIsSilent() throws {
    let project = try CompletionProject("let deployfile = Deployfile { nonsense }\nlet other = 1 +\n")
    let file = try project.home.write("bashrc", Self.start)
    #expect(
      try project.typed(["bash", "--noprofile", "--rcfile", file, "-i"], ["run dep", "run --verb", "run -f inv"])
        == ["<run><dep>", "<run><--verbose>", "<run><-f><inventory.ini>"])
  }
}
