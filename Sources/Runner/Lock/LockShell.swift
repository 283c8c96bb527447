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

  // pl_at      sets where everything of a lock is
  // pl_age     how many seconds ago a file was touched; nothing where no program tells
  // pl_began   when a process began that lives, so that another one of its number is told apart; only Linux says it
  // pl_dead    whether the session that held a lock is gone
  // pl_word    the first line of a lock, `run ID`; nothing for what is not ours
  // pl_state   a lock as people are told of it; nobody knows how long a file is that is none of ours
  // pl_alone   runs a command while nobody else removes the lock; where the guard cannot even be made, the disk is full, and it runs all the same
  // pl_over    replaces the lock that was looked at; a guard that seemed to be left behind may let two in, so what was moved is looked at again
  // pl_take    a lock that is gone by the time one looks was given back just then, and is asked for again
  // pl_keep    renews the lease while the session lives
  private static let functions = #"""
    pl_at() {
      pl_nm=$2 pl_f=$1
      [ -n "$1" ] || pl_f=${HOME-}/.pushbutton/locks
      pl_l=$pl_f/$2.lock pl_t=$pl_f/.$2.$3 pl_g=$pl_f/$2.takeover
    }
    pl_folder() {
      if [ -n "$1" ]; then [ -d "$1" ] || { echo "there is no folder $1"; return 1; }; return 0; fi
      [ -n "${HOME-}" ] || { echo 'HOME is not set'; return 1; }
      for pl_x in "$HOME/.pushbutton" "$pl_f"; do [ -d "$pl_x" ] || mkdir -m 700 "$pl_x" 2>&1 || [ -d "$pl_x" ] || return 1; done
    }
    pl_age() {
      pl_x=$(stat -c %Y -- "$1" 2>/dev/null || stat -f %m -- "$1" 2>/dev/null) || return 0
      echo $(($(date +%s) - pl_x))
    }
    pl_began() {
      IFS= read -r pl_x <"/proc/$1/stat" || return 0
      pl_x=${pl_x##*) }
      set -- $pl_x
      [ "$1" = Z ] || echo "${20-}"
    } 2>/dev/null
    pl_dead() {
      pl_x=
      [ ! -f "$pl_l" ] || pl_x=$(sed -n 's/^shell //p' "$pl_l" 2>/dev/null)
      case ${pl_x%% *} in ('' | *[!0-9]*) return 0 ;; esac
      set -- $pl_x
      pl_b=$(pl_began "$1")
      if [ -d /proc/self ]; then [ -z "$pl_b" ] || [ "$pl_b" != "${2-}" ]; else ! { kill -0 "$1" || ps -p "$1"; } >/dev/null 2>&1; fi
    }
    pl_there() { [ -e "$pl_l" ] || [ -L "$pl_l" ]; }
    pl_word() {
      pl_y=
      IFS= read -r pl_y <"$1"
      case $pl_y in ('run '*[!0-9A-Za-z-]* | 'run ') pl_y= ;; ('run '*) ;; (*) pl_y= ;; esac
    } 2>/dev/null
    pl_lines() { dd if="$1" bs=4096 count=1 2>/dev/null || echo unreadable; }
    pl_state() {
      echo "age $(pl_age "$pl_l")"
      if pl_dead; then echo gone; else echo there; fi
      [ ! -f "$pl_l" ] || pl_lines "$pl_l"
    }
    pl_alone() {
      pl_z=0
      until mkdir "$pl_g" 2>/dev/null; do
        [ -d "$pl_g" ] || { "$@"; return; }
        pl_x=$(pl_age "$pl_g")
        if [ "${pl_x:-0}" -gt 60 ]; then rmdir "$pl_g" 2>/dev/null; fi
        pl_z=$((pl_z + 1))
        [ $pl_z -lt 20 ] || return 75
        sleep 0.2 2>/dev/null || sleep 1
      done
      "$@"
      pl_z=$?
      rmdir "$pl_g" 2>/dev/null
      return $pl_z
    }
    pl_same() { pl_was=$pl_y; pl_word "$1"; [ "$pl_y" = "$pl_was" ]; }
    pl_again() { pl_same "$pl_l" && mv -f -- "$pl_t" "$pl_l"; }
    pl_over() {
      pl_same "$pl_l" && mv -f -- "$pl_l" "$pl_t.old" || return 1
      pl_same "$pl_t.old" || { ln -- "$pl_t.old" "$pl_l"; return 1; }
      ln -- "$pl_t" "$pl_l"
    } 2>/dev/null
    pl_cannot() { echo cannot; printf '%s\n' "$1"; return 73; }
    pl_take() {
      pl_e=$(pl_folder "$1") || { pl_cannot "$pl_e"; return; }
      pl_e=$({ umask 022; printf '%s\nshell %s %s\n' "$3" $$ "$(pl_began $$)" 2>/dev/null | cat >"$pl_t"; } 2>&1) ||
        { rm -f -- "$pl_t"; pl_cannot "cannot write to $pl_f: ${pl_e##*: }"; return; }
      if [ -e "$pl_l" ] && [ ! -f "$pl_l" ]; then pl_cannot "$pl_l is no file, and so no lock"; return; fi
      for pl_c in 1 2 3; do
        pl_e=$(ln -- "$pl_t" "$pl_l" 2>&1) && { echo taken; return 0; }
        if pl_there; then
          pl_word "$pl_l"
          if [ "$pl_y" = "${3%%"$pb_n"*}" ] && pl_alone pl_again; then echo taken; return 0; fi
          pl_a=$(pl_age "$pl_l")
          if [ "${pl_a:-0}" -gt $4 ] && pl_dead && pl_alone pl_over; then echo expired; pl_lines "$pl_t.old"; return 0; fi
          if pl_there; then echo held; pl_state; return 75; fi
        fi
      done
      pl_cannot "$pl_e"
    }
    pl_unkeep() {
      pl_x=
      for pl_y in ${pl_kl-}; do
        case $pl_y in ("$pl_nm":*) kill "${pl_y##*:}" ;; (*) pl_x="$pl_x $pl_y" ;; esac
      done
      pl_kl=$pl_x
    } 2>/dev/null
    pl_keep() {
      pl_unkeep
      pl_b=$(pl_began "$1")
      ( pl_ks= pl_z=$2
        trap '[ -z "$pl_ks" ] || kill $pl_ks; exit' TERM
        exec </dev/null >/dev/null 2>&1 9<&-
        while [ $pl_z != 0 ]; do
          sleep "$4" &
          pl_ks=$!
          wait $pl_ks
          [ -z "$1" ] || { kill -0 "$1" && [ "$(pl_began "$1")" = "$pl_b" ]; } || exit
          pl_word "$pl_l"
          [ "$pl_y" = "$3" ] || exit
          touch -c -- "$pl_l"
          pl_z=$((pl_z - 1))
        done ) &
      [ -z "$1" ] || pl_kl="${pl_kl-} $pl_nm:$!"
    }
    pl_give() {
      pl_there || return 0
      pl_word "$pl_l"
      [ "$pl_y" = "$1" ] || { pl_state; return 76; }
      pl_e=$(rm -f -- "$pl_l" 2>&1) || { printf '%s\n' "$pl_e"; return 73; }
    }
    """#

  private var start: String { "\(Self.functions)\npl_at \(shellQuoted(folder)) \(shellQuoted(name)) \(nonce)\n" }

  /// Takes the lock and keeps its lease, once for each session; prints what came of it, and then the lines of an owner.
  func take(by owner: LockOwner) -> String {
    """
    \(start)pl_take \(shellQuoted(folder)) \(shellQuoted(name)) \(shellQuoted(owner.text)) \(timing.lease)
    pl_r=$?
    rm -f -- "$pl_t" "$pl_t.old" 2>/dev/null
    if [ $pl_r = 0 ]; then pl_keep $$ -1 \(shellQuoted(owner.firstLine)) \(timing.renewal); fi
    ( exit $pl_r )
    """
  }

  /// Renews the lease without a session for an hour, for a connection that others need.
  func park(for owner: LockOwner) -> String {
    "\(start)pl_keep '' \(timing.parkedRounds) \(shellQuoted(owner.firstLine)) \(timing.renewal)"
  }

  /// Gives the lock back if it is this owner's; otherwise prints whose it is.
  ///
  /// What has no owner is removed for an empty one.
  func release(by owner: String) -> String { "\(start)pl_unkeep\npl_alone pl_give \(shellQuoted(owner))" }

  /// Prints a lock as it stands there; nothing when there is none.
  func show() -> String { "\(start)if pl_there; then pl_state; fi" }
}
