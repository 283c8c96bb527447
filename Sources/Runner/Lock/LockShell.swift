import Tasks

/// The shell text that takes, keeps and gives back a lock on a host, in POSIX `sh`.
///
/// A lock is a file that appears with its owner's lines inside, in one `link(2)`, which fails where there is one already. Its time of change is
/// the lease: a process of the session renews it. Whoever removes or replaces a lock does so inside of a folder that only one can make. Only the
/// owner's first line is compared, never a message of a program.
struct LockShell {
  /// How long a lease lasts, and how often it is renewed.
  struct Timing {
    /// Seconds after which a lock that nobody has renewed, and whose session is gone, may be taken over.
    var lease = 30
    /// Seconds, as `sleep` takes them.
    var renewal = "5"
    /// How often a lock is renewed without a session where many hosts had to share the connections: an hour.
    var parkedRounds = 720
  }

  let name: String
  /// Where the lock is; empty for a private folder of the login user.
  let folder: String
  var timing = Timing()
  private let nonce = Nonce.make(bytes: 8)

  init(_ name: String, in folder: String, timing: Timing = Timing()) {
    self.name = name
    self.folder = folder
    self.timing = timing
  }

  // pb_at      sets where everything of a lock is
  // pb_age     how many seconds ago a file was touched; nothing where no program tells
  // pb_began   when a process began that lives, so that another one of its number is told apart; only Linux says it
  // pb_dead    whether the session that held a lock is gone
  // pb_word    the first line of a lock, `run ID`; nothing for what is not ours
  // pb_state   a lock as people are told of it; nobody knows how long a file is that is none of ours
  // pb_alone   runs a command while nobody else removes the lock; where the guard cannot even be made, the disk is full, and it runs all the same
  // pb_over    replaces the lock that was looked at; a guard that seemed to be left behind may let two in, so what was moved is looked at again
  // pb_take    a lock that is gone by the time one looks was given back just then, and is asked for again
  // pb_keep    renews the lease while the session lives
  private static let functions = #"""
    pb_at() {
      pb_nm=$2 pb_f=$1
      [ -n "$1" ] || pb_f=${HOME-}/.pushbutton/locks
      pb_l=$pb_f/$2.lock pb_t=$pb_f/.$2.$3 pb_g=$pb_f/$2.takeover
    }
    pb_folder() {
      if [ -n "$1" ]; then [ -d "$1" ] || { echo "there is no folder $1"; return 1; }; return 0; fi
      [ -n "${HOME-}" ] || { echo 'HOME is not set'; return 1; }
      for pb_x in "$HOME/.pushbutton" "$pb_f"; do [ -d "$pb_x" ] || mkdir -m 700 "$pb_x" 2>&1 || [ -d "$pb_x" ] || return 1; done
    }
    pb_age() {
      pb_x=$(stat -c %Y -- "$1" 2>/dev/null || stat -f %m -- "$1" 2>/dev/null) || return 0
      echo $(($(date +%s) - pb_x))
    }
    pb_began() {
      IFS= read -r pb_x <"/proc/$1/stat" || return 0
      pb_x=${pb_x##*) }
      set -- $pb_x
      [ "$1" = Z ] || echo "${20-}"
    } 2>/dev/null
    pb_dead() {
      pb_x=
      [ ! -f "$pb_l" ] || pb_x=$(sed -n 's/^shell //p' "$pb_l" 2>/dev/null)
      case ${pb_x%% *} in ('' | *[!0-9]*) return 0 ;; esac
      set -- $pb_x
      pb_b=$(pb_began "$1")
      if [ -d /proc/self ]; then [ -z "$pb_b" ] || [ "$pb_b" != "${2-}" ]; else ! { kill -0 "$1" || ps -p "$1"; } >/dev/null 2>&1; fi
    }
    pb_there() { [ -e "$pb_l" ] || [ -L "$pb_l" ]; }
    pb_word() {
      pb_y=
      IFS= read -r pb_y <"$1"
      case $pb_y in ('run '*[!0-9A-Za-z-]* | 'run ') pb_y= ;; ('run '*) ;; (*) pb_y= ;; esac
    } 2>/dev/null
    pb_lines() { dd if="$1" bs=4096 count=1 2>/dev/null || echo unreadable; }
    pb_state() {
      echo "age $(pb_age "$pb_l")"
      if pb_dead; then echo gone; else echo there; fi
      [ ! -f "$pb_l" ] || pb_lines "$pb_l"
    }
    pb_alone() {
      pb_z=0
      until mkdir "$pb_g" 2>/dev/null; do
        [ -d "$pb_g" ] || { "$@"; return; }
        pb_x=$(pb_age "$pb_g")
        if [ "${pb_x:-0}" -gt 60 ]; then rmdir "$pb_g" 2>/dev/null; fi
        pb_z=$((pb_z + 1))
        [ $pb_z -lt 20 ] || return 75
        sleep 0.2 2>/dev/null || sleep 1
      done
      "$@"
      pb_z=$?
      rmdir "$pb_g" 2>/dev/null
      return $pb_z
    }
    pb_same() { pb_was=$pb_y; pb_word "$1"; [ "$pb_y" = "$pb_was" ]; }
    pb_again() { pb_same "$pb_l" && mv -f -- "$pb_t" "$pb_l"; }
    pb_over() {
      pb_same "$pb_l" && mv -f -- "$pb_l" "$pb_t.old" || return 1
      pb_same "$pb_t.old" || { ln -- "$pb_t.old" "$pb_l"; return 1; }
      ln -- "$pb_t" "$pb_l"
    } 2>/dev/null
    pb_cannot() { echo cannot; printf '%s\n' "$1"; return 73; }
    pb_take() {
      pb_e=$(pb_folder "$1") || { pb_cannot "$pb_e"; return; }
      pb_e=$({ umask 022; printf '%s\nshell %s %s\n' "$3" $$ "$(pb_began $$)" | cat >"$pb_t"; } 2>&1) ||
        { rm -f -- "$pb_t"; pb_cannot "cannot write to $pb_f: ${pb_e##*: }"; return; }
      if [ -e "$pb_l" ] && [ ! -f "$pb_l" ]; then pb_cannot "$pb_l is no file, and so no lock"; return; fi
      for pb_c in 1 2 3; do
        pb_e=$(ln -- "$pb_t" "$pb_l" 2>&1) && { echo taken; return 0; }
        if pb_there; then
          pb_word "$pb_l"
          if [ "$pb_y" = "${3%%"$pb_n"*}" ] && pb_alone pb_again; then echo taken; return 0; fi
          pb_a=$(pb_age "$pb_l")
          if [ "${pb_a:-0}" -gt $4 ] && pb_dead && pb_alone pb_over; then echo expired; pb_lines "$pb_t.old"; return 0; fi
          if pb_there; then echo held; pb_state; return 75; fi
        fi
      done
      pb_cannot "$pb_e"
    }
    pb_unkeep() {
      pb_x=
      for pb_y in ${pb_kl-}; do
        case $pb_y in ("$pb_nm":*) kill "${pb_y##*:}" ;; (*) pb_x="$pb_x $pb_y" ;; esac
      done
      pb_kl=$pb_x
    } 2>/dev/null
    pb_keep() {
      pb_unkeep
      pb_b=$(pb_began "$1")
      ( pb_ks= pb_z=$2
        trap '[ -z "$pb_ks" ] || kill $pb_ks; exit' TERM
        exec </dev/null >/dev/null 2>&1 9<&-
        while [ $pb_z != 0 ]; do
          sleep "$4" &
          pb_ks=$!
          wait $pb_ks
          [ -z "$1" ] || { kill -0 "$1" && [ "$(pb_began "$1")" = "$pb_b" ]; } || exit
          pb_word "$pb_l"
          [ "$pb_y" = "$3" ] || exit
          touch -c -- "$pb_l"
          pb_z=$((pb_z - 1))
        done ) &
      [ -z "$1" ] || pb_kl="${pb_kl-} $pb_nm:$!"
    }
    pb_give() {
      pb_there || return 0
      pb_word "$pb_l"
      [ "$pb_y" = "$1" ] || { pb_state; return 76; }
      pb_e=$(rm -f -- "$pb_l" 2>&1) || { printf '%s\n' "$pb_e"; return 73; }
    }
    """#

  private var start: String { "\(Self.functions)\npb_at \(shellQuoted(folder)) \(shellQuoted(name)) \(nonce)\n" }

  /// Takes the lock and keeps its lease, once for each session; prints what came of it, and then the lines of an owner.
  func take(by owner: LockOwner) -> String {
    """
    \(start)pb_take \(shellQuoted(folder)) \(shellQuoted(name)) \(shellQuoted(owner.text)) \(timing.lease)
    pb_r=$?
    rm -f -- "$pb_t" "$pb_t.old" 2>/dev/null
    if [ $pb_r = 0 ]; then pb_keep $$ -1 \(shellQuoted(owner.firstLine)) \(timing.renewal); fi
    ( exit $pb_r )
    """
  }

  /// Renews the lease without a session for an hour, for a connection that others need.
  func park(for owner: LockOwner) -> String {
    "\(start)pb_keep '' \(timing.parkedRounds) \(shellQuoted(owner.firstLine)) \(timing.renewal)"
  }

  /// Gives the lock back if it is this owner's; otherwise prints whose it is.
  ///
  /// What has no owner is removed for an empty one.
  func release(by owner: String) -> String { "\(start)pb_unkeep\npb_alone pb_give \(shellQuoted(owner))" }

  /// Prints a lock as it stands there; nothing when there is none.
  func show() -> String { "\(start)if pb_there; then pb_state; fi" }
}
