import Tasks

/// The shell program that a session runs on the host, and the words that start it.
///
/// It needs a POSIX `sh` and no other program for plain steps, and uses `setsid` for steps with a timeout where the host has it.
/// What the login shell sees is free of everything that bash, fish and tcsh read differently: no `'` inside, no `\`, no `!`, no newline.
package enum RemoteShell {
  /// The command for the login shell: says `ready`, then waits for one line that only counts when it is complete.
  ///
  /// A script that is cut off has no final newline, so `read` fails and nothing runs.
  package static func command(ready: String) -> String { "exec /bin/sh -c '\(bootstrap(ready: ready))'" }

  /// The same for a `/bin/sh` that is started directly.
  package static func bootstrap(ready: String) -> String { "echo \(ready); IFS= read -r s && eval \"$s\"" }

  /// The first line of every session: defines what scripts use, then runs one script after the other until its input ends.
  ///
  /// A script is a line that follows the mark on a line of its own: what is left of a word to stop that came too late is none.
  /// `record` is what the host itself notes of steps that begin and end; see `RemoteRecord`.
  package static func prologue(mark: String, prompt: String, record: RemoteRecord? = nil) -> [UInt8] {
    var line = ScriptLine()
    line.raw("pb_n=$(printf \"\\nx\"); pb_n=${pb_n%x}; pb_k=\(mark); pb_y=\u{1E}\(prompt); pb_d=; pb_e=; pb_i=0; eval ")
    line.raw(quotedFunctions)
    if let record {
      line.raw("; eval ")
      line.quote(record.opening)
    }
    line.raw(
      "; while IFS= read -r x <&9; do if [ \"$x\" = \"$pb_k\" ]; then IFS= read -r pb_script <&9 && eval \"$pb_script\"; fi; done; pr_end")
    return line.bytes
  }

  private static let quotedFunctions = ScriptLine(quoting: functions + RemoteRecord.functions)

  /// A script that defines what only some scripts need, and says nothing; such a script is sent it first.
  package static let more: ScriptLine = {
    var line = ScriptLine()
    line.raw("pb_s=")
    line.quote(ScriptLine(quoting: Supervisor.text).bytes)
    line.raw("; pb_b=")
    line.quote(Supervisor.boot)
    line.raw("; pb_z=")
    line.quote(Supervisor.heavy)
    line.raw("; eval ")
    line.quote(moreFunctions)
    return line
  }()

  /// A script as the prologue wants it.
  package static func lines(of script: ScriptLine, mark: String) -> [UInt8] {
    Array(mark.utf8) + [UInt8(ascii: "\n")] + script.bytes + [UInt8(ascii: "\n")]
  }

  /// Asks the running script to begin no further step; one byte, so that it is read whole or not at all.
  ///
  /// A script whose steps run in another process than the session's shell has told its number, and is asked by that.
  package static func stop(_ process: Int?) -> [UInt8] { Array((process.map { "s \($0)\n" } ?? "\n").utf8) }

  /// What the process that feeds a step is told: that number's step.
  package static func password(_ password: [UInt8], for step: Int) -> [UInt8] { Array("\(step) p ".utf8) + password + [UInt8(ascii: "\n")] }

  /// That the step runs, and may read what it is to do.
  package static func go(_ step: Int) -> [UInt8] { Array("\(step) g\n".utf8) }

  /// That there is no more to say.
  package static func close(_ step: Int) -> [UInt8] { Array("\(step) c\n".utf8) }

  /// What a transfer reads before its data: the payload, one quoted word.
  package static func head(of payload: ScriptLine, mark: String) -> [UInt8] {
    var line = ScriptLine()
    line.raw("pb\n")
    line.quote("printf '\\036%s u\\n' \(mark) >&2\n")
    return line.bytes + payload.bytes + [UInt8(ascii: "\n")]
  }

  /// How long processes that ignore TERM may live on after it.
  package static let grace = 2

  /// The status, which no program can end with, of a step that printed more than is captured.
  package static let tooMuch = 1000
}
