import Tasks

/// The shell text around steps that have a limit or another user: a process that ends all of the step when it must.
///
/// Nothing of a step is an argument: any user of the host may read arguments, and sudo writes them into its log.
enum Supervisor {
  /// The only text that the supervisor's shell gets as an argument: leads a group of its own where it can, then reads what to run.
  ///
  /// That follows a line `pb` as one quoted word. Second and third argument are how to say that it waits for it: by a word that is not
  /// the mark, because it is an argument. A fourth says that a new session is not wanted, or is there: a program `setsid` that already
  /// leads a group would leave a child behind and end, which looks like the end of the step.
  static let boot = """
    if ! kill -0 -$$ 2>/dev/null && [ -z "$4" ] && command -v setsid >/dev/null 2>&1; then
      exec setsid sh -c 'eval "$1"' pb "$1" "$2" "$3" 1
    fi
    if [ -n "$2" ]; then printf '%s r %s\\n' "$2" "$3" >&2; fi
    pb_n='
    '
    while IFS= read -r pb_x; do
      if [ "$pb_x" = pb ]; then IFS= read -r pb_x && eval "eval $pb_x"; exit; fi
    done
    exit 1
    """

  // busybox takes the -- before a group for a wrong number, complains, and signals the group all the same.
  // Runs one attempt as the right user, which it says first: ends its group when the input closes, or when the limit is over, which it
  // says on standard error. Its input: mark, limit, heavy, the payload, the mark again.
  static let text = """
    exec 9<&0 </dev/null
    IFS= read -r pb_k <&9; IFS= read -r pb_l <&9; IFS= read -r pb_h <&9
    pb_p= pb_e= pb_o= pb_w=
    while IFS= read -r pb_x <&9; do
      if [ "$pb_x" = "$pb_k" ]; then pb_e=1; break; fi
      pb_p="$pb_p$pb_x$pb_n"
    done
    if [ -z "$pb_e" ]; then exit 1; fi
    trap 'pb_o=1' TERM
    printf '\\036%s u\\n' "$pb_k" >&2
    if kill -0 -$$ 2>/dev/null; then pb_g="-- -$$"; else pb_g=0; fi
    ( trap '' TERM; exec >/dev/null 2>&1; while IFS= read -r pb_x <&9; do :; done
      kill -s TERM $pb_g; sleep \(RemoteShell.grace); kill -s KILL $pb_g ) & pb_t=$!
    if [ "$pb_l" != 0 ]; then
      ( trap '' TERM; i=0; exec >/dev/null; while [ $i -lt $pb_l ]; do sleep 1 2>/dev/null; i=$((i + 1)); done
        printf '\\036%s t\\n' "$pb_k" >&2; exec 2>/dev/null
        kill -s TERM $pb_g; sleep \(RemoteShell.grace); kill -s KILL $pb_g ) 9<&- & pb_w=$!
    fi
    if [ -n "$pb_h" ]; then printf '%s#pb' "$pb_p" | sh -c \(shellQuoted(heavy)) 9<&-; else sh -c "${pb_p%?}" 9<&-; fi
    pb_r=$?
    if [ -n "$pb_o" ]; then kill -s KILL $pb_g 2>/dev/null; fi
    { kill -s KILL $pb_t $pb_w; } 2>/dev/null
    exit $pb_r
    """

  /// Runs what it reads, when that has arrived whole: what is secret, or too long for an argument.
  static let heavy = """
    pb_p=$(cat); exec </dev/null; case $pb_p in *'#pb') eval "${pb_p%??pb}" ;; *) exit 1 ;; esac
    """
}
