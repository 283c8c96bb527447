import Tasks

/// Shell text about the process whose number is in a pid file.
///
/// A pid file that holds anything but one number above 1 would let `kill` hit a group, or everything; and an old one, a stranger.
enum ProcessCommand {
  /// From `file` and `program` (empty: any) to `pid`, or an end that says why not.
  ///
  /// Linux is asked by /proc, because busybox's `ps` cannot ask for one process; other systems by `ps`.
  static let finding: Command = #"""
    set -f
    fail() { printf '%s\n' "$1" >&2; exit 1; }
    field() { sed -n "s/^$2:[[:blank:]]*//p" "/proc/$1/status" 2>/dev/null; }
    ask() { if [ -e /proc/self/status ]; then field "$1" "$2"; else ps -o "$3=" -p "$1" 2>/dev/null; fi; }
    exists() { [ -d "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1; }
    gone() {
      if ! kill -0 "$1" 2>/dev/null; then return 0; fi
      case $(ask "$1" State stat) in (Z*) return 0 ;; (*) return 1 ;; esac
    }

    if [ ! -e "$file" ]; then fail "there is no pid file $file"; fi
    if [ ! -f "$file" ]; then fail "the pid file $file is no regular file"; fi
    if [ ! -r "$file" ]; then fail "$(id -un) may not read the pid file $file"; fi
    set -- $(dd bs=200 count=1 <"$file" 2>/dev/null)
    if [ $# -eq 0 ]; then fail "the pid file $file is empty"; fi
    if [ $# -gt 1 ]; then fail "the pid file $file holds more than one number: \"$*\""; fi
    pid=$1
    case $pid in
      (0* | 1 | *[!0-9]* | ??????????*) fail "the pid file $file holds no number of a process: \"$pid\"" ;;
    esac
    if ! kill -0 "$pid" 2>/dev/null && exists "$pid"; then
      fail "$(id -un) may not signal the process $pid of $file, which is somebody else's"
    fi
    if gone "$pid"; then fail "the pid file $file is stale: there is no process $pid"; fi

    above=$$
    while [ "${above:-0}" -gt 1 ]; do
      if [ "$above" = "$pid" ]; then fail "the process $pid of $file is one that runs this step"; fi
      above=$(ask "$above" PPid ppid)
      above=${above##* }
    done

    owner=$(ask "$pid" Uid uid)
    set -- $owner
    owner=$1
    set -- $(ls -lnL -- "$file")
    case $1 in (????????w*) fail "everybody may write to the pid file $file, so its number is not to be trusted" ;; esac
    case $3 in
      (0 | "$owner" | "$(id -u)") ;;
      (*) fail "the pid file $file belongs neither to root nor to the owner of the process $pid, so its number is not to be trusted" ;;
    esac

    if [ "$program" ]; then
      program=${program##*/} found='' known=''
      same() {
        name=${1% (deleted)} name=${name%%: *} name=${name##*/} name=${name#-}
        if [ "$name" = "$program" ]; then found=1; fi
        if [ "$name" ] && [ -z "$known" ]; then known=$name; fi
      }
      if [ -e "/proc/$pid/comm" ]; then
        same "$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n 1p)"
        same "$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n -e 1d -e '/^[^-]/{p;q;}')"
        same "$(readlink "/proc/$pid/exe" 2>/dev/null)"
        comm=$(cat "/proc/$pid/comm")
      else
        comm=$(ps -o comm= -p "$pid")
        set -- $(ps -o args= -p "$pid")
        same "$1"
        if [ $# -gt 0 ]; then shift; fi
        for word in "$@"; do case $word in (-*) ;; (*) same "$word"; break ;; esac; done
      fi
      same "$comm"
      # The kernel keeps 15 bytes of a name.
      if [ "$comm" = "$(printf '%.15s' "$program")" ]; then found=1; fi
      if [ -z "$found" ]; then fail "the process $pid of $file is $known, not $program: the pid file is stale"; fi
    fi
    """#

  /// Until `pid` is gone.
  static func waiting(after signal: String, seconds: Int) -> Command {
    """
    end=$(($(date +%s) + \(raw: String(seconds))))
    until gone "$pid"; do
      if [ "$(date +%s)" -ge "$end" ]; then fail "the process $pid of $file still runs \(raw: String(seconds)) s after \(raw: signal)"; fi
      sleep 0.2 2>/dev/null || sleep 1
    done
    """
  }
}
