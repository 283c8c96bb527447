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
  package static func prologue(mark: String, record: RemoteRecord? = nil) -> [UInt8] {
    var supervisor = ScriptLine()
    supervisor.quote(Supervisor.text)
    var line = ScriptLine()
    line.raw("pb_n=$(printf \"\\nx\"); pb_n=${pb_n%x}; pb_k=\(mark); pb_s=")
    line.quote(supervisor.bytes)
    line.raw("; pb_b=")
    line.quote(Supervisor.boot)
    line.raw("; pb_z=")
    line.quote(Supervisor.heavy)
    line.raw("; eval ")
    line.quote(functions + RemoteRecord.functions)
    if let record {
      line.raw("; eval ")
      line.quote(record.opening)
    }
    line.raw("; while IFS= read -r x <&9; do if [ \"$x\" = \"$pb_k\" ]; then IFS= read -r pb_script <&9 && eval \"$pb_script\"; fi; done")
    return line.bytes
  }

  /// A script as the prologue wants it.
  package static func lines(of script: ScriptLine, mark: String) -> [UInt8] {
    Array(mark.utf8) + [UInt8(ascii: "\n")] + script.bytes + [UInt8(ascii: "\n")]
  }

  /// Asks the running script to begin no further step; one byte, so that it is read whole or not at all.
  package static let stop: [UInt8] = [UInt8(ascii: "\n")]

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

  // pb_m      a mark on both streams, so that each byte belongs to a step
  // pb_hold   the tether, the only reader of the input while steps run: any line asks to stop, and when our end closes, the whole
  //           process group ends
  // pb_stop   no further step or attempt begins
  // pb_step   one step with its attempts: number attempts pause limit user heavy capture payload
  // pb_run    one attempt; `heavy` payloads are secret and so must not be an argument; the kernel takes none of 128 KiB, in
  //           characters of up to 4 bytes
  // pb_watch  one attempt with a supervisor. What feeds it ends with the group, which closes the pipe: so the supervisor learns of it,
  //           even as another user and in another group. Where sudo did not start it, the pipe still has what it was to read.
  // pb_send   one transfer, which reads the input itself
  // pb_v      what was captured, as one quoted word: cut at its quotes in one pass, which is quick for long ones, too
  // pb_big    whether it is little enough to be captured; a character has up to 4 bytes
  // Shells announce the death of the process that feeds; only the step's own standard error gets through.
  // With CDPATH, `cd` would go to another folder of that name, and print it.
  // Descriptor 9 is the session's input; no step inherits it. TERM to the group must not end this shell before its steps.
  private static let functions = """
    exec 9<&0 </dev/null
    unset CDPATH
    trap 'exit 143' TERM
    trap pb_stop USR1
    pb_m() { printf '\\036%s %s\\n' "$pb_k" "$1"; printf '\\036%s %s\\n' "$pb_k" "$1" >&2; }
    pb_stop() { pb_q=1; }
    pb_hold() {
      pb_q=
      ( trap '' TERM; exec >/dev/null 2>&1; while IFS= read -r x <&9; do kill -s USR1 $$; done
        kill -s USR1 $$; kill -s TERM 0; sleep \(grace); kill -s KILL 0 ) &
      pb_w=$!
    }
    pb_free() { { kill -s KILL $pb_w; wait $pb_w; } 2>/dev/null; }
    pb_v() {
      eval "[ -n \\"\\${pb_c_$1+x}\\" ]" || { printf '%s' "\\"\\${pb_c_$1?nothing was captured on this host as $1}\\""; return; }
      eval "s=\\$pb_c_$1\\'"
      set -f
      IFS=\\'
      r=\\'
      for x in $s; do printf '%s%s' "$r" "$x"; r="'\\\\''"; done
      printf \\'
    }
    pb_watch() {
      {
        { exec 9<&-; sh -c 'echo $PPID'; printf '%s\\n' pb "$pb_s" "$pb_k" "$pb_l" "$pb_h" "$pb_p" "$pb_k"; exec sleep 2147483647; } | {
          trap : TERM
          IFS= read -r pb_f
          set --
          if [ -n "$pb_u" ]; then set -- sudo -n -u "$pb_u" --; printf '\\036%s d\\n' "$pb_k" >&8; fi
          "$@" sh -c 'eval "$1"' pb "$pb_b" '' '' '' 2>&8 8>&- 6>&- 9<&-
          pb_r=$?
          kill -s KILL "$pb_f"
          if [ -n "$pb_u" ] && ! IFS= read -r x; then echo u >&6; fi
          exit $pb_r
        }
      } 8>&2 2>/dev/null
    }
    pb_run() {
      if [ -z "$1" ] && [ "$2" = 0 ]; then
        if [ -z "$3" ] && [ ${#4} -le 30000 ]; then sh -c "$4" </dev/null 9<&-; return; fi
        printf '%s\\n#pb' "$4" | sh -c "$pb_z" 9<&-
        return
      fi
      pb_u=$1 pb_l=$2 pb_h=$3 pb_p=$4
      if [ ${#4} -gt 30000 ]; then pb_h=1; fi
      if ! command -v setsid >/dev/null 2>&1; then trap : TERM; fi
      if [ -n "$1" ]; then
        { pb_x=$(trap : TERM; pb_watch 6>&1 >&5 5>&-); pb_r=$?; } 5>&1
        if [ -z "$pb_x" ] && [ $pb_r -lt 126 ]; then pb_r=126; fi
      else
        pb_watch
        pb_r=$?
      fi
      trap 'exit 143' TERM
      return $pb_r
    }
    pb_big() { [ ${#1} -le \(BoundedBytes.captureLimit / 4) ] || [ "$(printf '%s' "$1" | wc -c)" -le \(BoundedBytes.captureLimit) ]; }
    pb_step() {
      pb_a=1 pb_r=1
      while [ -z "$pb_q" ]; do
        pb_w "b $1 $pb_a"
        pb_m "b $1 $pb_a"
        if [ -n "$7" ]; then
          pb_o=$(pb_run "$5" "$4" "$6" "$8")
          pb_r=$?
          pb_big "$pb_o" || { pb_r=\(tooMuch); pb_o=; }
          [ -z "$pb_o" ] || printf '%s\\n' "$pb_o"
        else
          pb_run "$5" "$4" "$6" "$8"
          pb_r=$?
        fi
        pb_w "e $1 $pb_r"
        pb_m "e $1 $pb_r"
        [ $pb_r != \(tooMuch) ] || pb_r=1
        if [ $pb_r = 0 ] || [ $pb_a -ge $2 ]; then break; fi
        pb_a=$((pb_a + 1))
        sleep "$3"
      done
      if [ -n "$7" ] && [ $pb_r = 0 ]; then eval "pb_c_$7=\\$pb_o"; fi
      return $pb_r
    }
    pb_send() {
      if [ -z "$1" ]; then set --; else set -- sudo -n -u "$1" --; printf '\\036%s d\\n' "$pb_k" >&2; fi
      "$@" sh -c 'eval "$1"' pb "$pb_b" '' '' 1 <&9 9<&-
    }
    """
}
