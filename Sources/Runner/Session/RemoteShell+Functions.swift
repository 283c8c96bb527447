extension RemoteShell {
  // pb_m      a mark on both streams, so that each byte belongs to a step; in front of it the end of the step before, if that was left to it
  // pb_late   tells the end that was left to the next mark, after all
  // pb_done   tells that the script is done
  // pb_hold   the tether, the only reader of the input while steps run: an empty line asks to stop, and when our end closes, the whole
  //           process group ends
  // pb_stop   no further step or attempt begins
  // pb_step   one step with its attempts: number attempts pause limit user heavy capture payload joined. A `joined` step is followed by
  //           another one at once, or by the end: its own end is told together with what comes then, a packet and a note less
  // pb_run    one attempt
  // pb_end    ends the whole process group
  // pr_w      the host's own note of a step, see RemoteRecord
  // With CDPATH, `cd` would go to another folder of that name, and print it.
  // Descriptor 9 is the session's input, 7 what the tether hands on; no step inherits them. TERM to the group must not end this shell
  // before its steps.
  /// What every script needs.
  ///
  /// A shell reads its input byte by byte: each byte here is a call of the host's system.
  static let functions = """
    exec 9<&0 </dev/null
    unset CDPATH
    trap 'exit 143' TERM
    trap pb_stop USR1
    pb_m() {
      printf '\\036%s %s\\n' ${pb_d:+"$pb_k" "$pb_d"} "$pb_k" "$1"
      printf '\\036%s %s\\n' ${pb_d:+"$pb_k" "$pb_d"} "$pb_k" "$1" >&2
      pb_d=
    }
    pb_late() { if [ -n "$pb_d" ]; then pb_x=$pb_d pb_d=; pr_w "$pb_x"; pb_m "$pb_x"; fi; return 1; }
    pb_done() { if [ -n "$pb_d" ]; then pr_w; fi; pr_i=; pb_m z; }
    pb_stop() { pb_q=1; }
    pb_read() {
      trap '' TERM
      exec 2>/dev/null
      while IFS= read -r x <&9; do
        case $x in
          '') kill -s USR1 $$ ;;
          's '*) kill -s USR1 "${x#s }" ;;
          *) printf '%s\\n' "$x" ;;
        esac
      done
      exec >/dev/null 8>&-
      kill -s USR1 $$
      pb_end
    }
    pb_end() { kill -s TERM 0; ( trap '' TERM; exec >/dev/null 2>&1 8>&-; sleep \(grace); kill -s KILL 0 ) & }
    pb_hold() { pb_q=; ( exec >/dev/null; pb_read ) & pb_w=$!; }
    pb_free() { { kill -s KILL $pb_w; wait $pb_w; } 2>/dev/null; }
    pb_run() {
      if [ -z "$1" ] && [ "$2" = 0 ] && [ -z "$3" ] && [ ${#4} -le \(longPayload) ]; then sh -c "$4" </dev/null 7<&- 9<&-; return; fi
      pb_more "$@"
    }
    pb_step() {
      pb_a=1 pb_r=1
      while [ -z "$pb_q" ] || pb_late; do
        pb_i=$((pb_i + 1))
        pr_w "b $1 $pb_a"
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
        pb_d="e $1 $pb_r"
        if [ -z "$9" ] || [ $pb_r != 0 ]; then pb_late; fi
        [ $pb_r != \(tooMuch) ] || pb_r=1
        if [ $pb_r = 0 ] || [ $pb_a -ge $2 ]; then break; fi
        pb_a=$((pb_a + 1))
        sleep "$3"
      done
      if [ -n "$7" ] && [ $pb_r = 0 ]; then eval "pb_c_$7=\\$pb_o"; fi
      return $pb_r
    }
    """

  /// Of payloads that are an argument: the kernel takes none of 128 KiB, and a character has up to 4 bytes.
  static let longPayload = 30_000

  // pb_more   an attempt that is more than a plain command; `heavy` payloads are secret and so must not be an argument
  // pb_watch  one attempt with a supervisor. What feeds it ends with the group, which closes the pipe: so the supervisor learns of it,
  //           even as another user and in another group. Where sudo did not start it, the pipe still has what it was to read.
  // pb_feed   with a word: hands on the password when sudo has asked, and all else only when the supervisor has said that it runs
  // pb_enter  for scripts in which sudo may ask: their steps run in a process of their own, beside the tether, whose lines it reads. It
  //           says its number, because the tether cannot know it
  // pb_leave  the end of that process; unless it ends as it should, so does the session
  // pb_send   one transfer, which reads the input itself
  // pb_v      what was captured, as one quoted word: cut at its quotes in one pass, which is quick for long ones, too
  // pb_big    whether it is little enough to be captured; a character has up to 4 bytes
  // Shells announce the death of the process that feeds; only the step's own standard error gets through.
  /// What only scripts need that have limits, other users, secrets, captures or transfers in them.
  static let moreFunctions = """
    pb_pid() { sh -c 'echo $PPID'; }
    pb_enter() {
      exec 7<&0 </dev/null 9<&-
      trap 'exit 143' TERM
      trap pb_stop USR1
      pb_q= pb_e=1
      pb_m "s $(exec sh -c 'echo $PPID')"
    }
    pb_leave() { kill -s KILL $pb_w; if [ $1 != 0 ]; then pb_end; fi; exit $1; }
    pb_v() {
      eval "[ -n \\"\\${pb_c_$1+x}\\" ]" || { printf '%s' "\\"\\${pb_c_$1?nothing was captured on this host as $1}\\""; return; }
      eval "s=\\$pb_c_$1\\'"
      set -f
      IFS=\\'
      r=\\'
      for x in $s; do printf '%s%s' "$r" "$x"; r="'\\\\''"; done
      printf \\'
    }
    pb_feed() {
      exec 9<&-
      pb_pid
      if [ -n "$1" ]; then
        while :; do
          IFS= read -r x <&7 || exit
          case $x in
            "$pb_i p "*) printf '%s\\n' "${x#* p }" ;;
            "$pb_i g") break ;;
            "$pb_i c") exit ;;
          esac
        done
        echo u >&6
      fi
      printf '%s\\n' pb "$pb_s" "$pb_k" "$pb_l" "$pb_h" "$pb_p" "$pb_k"
      if [ -z "$pb_e" ]; then exec sleep 2147483647; fi
      while IFS= read -r x <&7; do :; done
    }
    pb_sudo() {
      printf '\\036%s d\\n' "$pb_k" >&2
      if [ -n "$1" ]; then shift; sudo -S -p "$pb_y p $pb_i$pb_n" -u "$@"; else shift; sudo -n -u "$@"; fi
    }
    pb_watch() {
      {
        { pb_feed "${pb_u:+$pb_e}"; } | {
          trap : TERM
          IFS= read -r pb_f
          if [ -n "$pb_u" ]; then
            pb_sudo "$pb_e" "$pb_u" -- sh -c 'eval "$1"' pb "$pb_b" "${pb_e:+$pb_y}" "$pb_i" '' 2>&8 8>&- 6>&- 7<&- 9<&-
          else
            sh -c 'eval "$1"' pb "$pb_b" '' '' '' 2>&8 8>&- 7<&- 9<&-
          fi
          pb_r=$?
          kill -s KILL "$pb_f"
          if [ -n "$pb_u" ] && [ -z "$pb_e" ] && ! IFS= read -r x; then echo u >&6; fi
          exit $pb_r
        }
      } 8>&2 2>/dev/null
    }
    pb_more() {
      if [ -z "$1" ] && [ "$2" = 0 ]; then
        printf '%s\\n#pb' "$4" | sh -c "$pb_z" 7<&- 9<&-
        return
      fi
      pb_u=$1 pb_l=$2 pb_h=$3 pb_p=$4
      if [ ${#4} -gt \(longPayload) ]; then pb_h=1; fi
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
    pb_send() {
      if [ -n "$1" ]; then pb_sudo "$2" "$1" -- sh -c 'eval "$1"' pb "$pb_b" "${2:+$pb_y}" "$pb_i" 1 <&9 9<&-
      else sh -c 'eval "$1"' pb "$pb_b" '' '' 1 <&9 9<&-; fi
    }
    """
}
