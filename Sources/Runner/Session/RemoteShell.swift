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

  /// The first line of every session: defines what scripts use, then runs one script a line until its input ends.
  ///
  /// `record` is what the host itself notes of steps that begin and end; see `RemoteRecord`.
  package static func prologue(mark: String, record: RemoteRecord? = nil) -> [UInt8] {
    var line = ScriptLine()
    line.raw("pb_n=$(printf \"\\nx\"); pb_n=${pb_n%x}; pb_k=\(mark); eval ")
    line.quote(functions + RemoteRecord.functions)
    if let record {
      line.raw("; eval ")
      line.quote(record.opening)
    }
    line.raw("; while IFS= read -r pb_script <&9; do eval \"$pb_script\"; done; pb_end")
    return line.bytes
  }

  /// How long processes that ignore TERM may live on after it.
  package static let grace = 2

  // pb_m      a mark on both streams, so that each byte belongs to a step
  // pb_hold   the tether: when our end of the input closes, the whole process group ends
  // pb_stop   no further step or attempt begins; the line that asks for it reaches the tether while steps run
  // pb_step   one step with its attempts: number attempts pause limit user heavy capture payload
  // pb_run    one attempt; `heavy` payloads are secret and so must not be an argument; the kernel takes none of 128 KiB, in
  //           characters of up to 4 bytes
  // pb_v      what was captured, as one quoted word: cut at its quotes in one pass, which is quick for long ones, too
  // Shells announce the death of the process that feeds a heavy payload; only the step's own standard error gets through.
  // With CDPATH, `cd` would go to another folder of that name, and print it.
  // Descriptor 9 is the session's input; no step inherits it. TERM to the group must not end this shell before its steps.
  private static let functions = """
    exec 9<&0 </dev/null
    unset CDPATH
    trap 'exit 143' TERM
    trap pb_stop USR1
    pb_s=\(shellQuoted(supervisor))
    pb_m() { printf '\\036%s %s\\n' "$pb_k" "$1"; printf '\\036%s %s\\n' "$pb_k" "$1" >&2; }
    pb_stop() { pb_q=1; }
    pb_hold() {
      pb_q=
      ( trap '' TERM; exec >/dev/null 2>&1; while IFS= read -r x <&9; do [ "$x" != pb_stop ] || kill -s USR1 $$; done
        kill -s TERM 0; sleep \(grace); kill -s KILL 0 ) &
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
    pb_run() {
      if [ -z "$1$3" ] && [ "$2" = 0 ] && [ ${#4} -le 30000 ]; then sh -c "$4" </dev/null 9<&-; return; fi
      pb_u=$1 pb_l=$2 pb_h=$3 pb_p=$4 pb_g=
      if [ ${#4} -gt 30000 ]; then pb_h=1; fi
      set --
      if [ -n "$pb_u" ]; then set -- sudo -n -u "$pb_u" --; fi
      if [ "$pb_l" != 0 ]; then
        if command -v setsid >/dev/null 2>&1; then set -- "$@" setsid; pb_g=1; else trap : TERM; fi
      fi
      if [ -n "$pb_h" ]; then
        { { sh -c 'echo $PPID'; printf '%s\\n%s\\n' "$pb_p" "$pb_k"; while IFS= read -r x <&9; do :; done; } | {
          IFS= read -r pb_f
          "$@" sh -c "$pb_s" pb "$pb_k" "$pb_l" "$pb_g" 1 '' 2>&8 8>&- 9<&-
          pb_r=$?
          kill -s KILL "$pb_f"
          exit $pb_r
        }; } 8>&2 2>/dev/null
      else
        "$@" sh -c "$pb_s" pb "$pb_k" "$pb_l" "$pb_g" '' "$pb_p" <&9 9<&-
      fi
      pb_r=$?
      trap 'exit 143' TERM
      return $pb_r
    }
    pb_step() {
      pb_a=1 pb_r=1
      while [ -z "$pb_q" ]; do
        pb_w "b $1 $pb_a"
        pb_m "b $1 $pb_a"
        if [ -n "$7" ]; then
          pb_o=$(pb_run "$5" "$4" "$6" "$8")
          pb_r=$?
          [ -z "$pb_o" ] || printf '%s\\n' "$pb_o"
        else
          pb_run "$5" "$4" "$6" "$8"
          pb_r=$?
        fi
        pb_w "e $1 $pb_r"
        pb_m "e $1 $pb_r"
        if [ $pb_r = 0 ] || [ $pb_a -ge $2 ]; then break; fi
        pb_a=$((pb_a + 1))
        sleep "$3"
      done
      if [ -n "$7" ] && [ $pb_r = 0 ]; then eval "pb_c_$7=\\$pb_o"; fi
      return $pb_r
    }
    """

  // busybox takes the -- before a group for a wrong number, complains, and signals the group all the same.
  // Runs one attempt as the right user: ends its group when the input closes, or when the limit is over, which it says on standard error.
  // Arguments: mark limit own-group heavy payload. A heavy payload comes on the input, and ends with the mark.
  private static let supervisor = """
    exec 9<&0 </dev/null
    k=$1 t=$2 g=$3 h=$4 p=$5 o= w=
    trap 'o=1' TERM
    if [ -n "$h" ]; then
      p=
      while IFS= read -r x <&9 && [ "$x" != "$k" ]; do p="$p$x
    "; done
    fi
    if [ -n "$g" ]; then g="-- -$$"; else g=0; fi
    ( trap '' TERM; exec >/dev/null 2>&1; while IFS= read -r x <&9; do :; done; kill -s TERM $g; sleep \(grace); kill -s KILL $g ) & l=$!
    if [ "$t" != 0 ]; then
      ( trap '' TERM; i=0; exec >/dev/null; while [ $i -lt $t ]; do sleep 1 2>/dev/null; i=$((i + 1)); done
        printf '\\036%s t\\n' "$k" >&2; exec 2>/dev/null; kill -s TERM $g; sleep \(grace); kill -s KILL $g ) 9<&- & w=$!
    fi
    if [ -n "$h" ]; then printf '%s' "$p" | sh -c 'p=$(cat; echo x); exec </dev/null; eval "${p%x}"' 9<&-; else sh -c "$p" 9<&-; fi
    r=$?
    if [ -n "$o" ]; then kill -s KILL $g 2>/dev/null; fi
    { kill -s KILL $l $w; } 2>/dev/null
    exit $r
    """
}
