import Tasks

/// The shell text that takes, keeps and gives back a lock on a host, in POSIX `sh`.
///
/// A lock is a file that appears with its owner's lines inside, in one `link(2)`, which fails where there is one already. Its time of change is
/// the lease: a process of the session renews it. Whoever removes a lock that may not be its own does so inside of a folder that only
/// one can make. Only the owner's first line is compared, never a message of a program.
enum LockShell {
  /// A lock that nobody has renewed for this long, and whose session is gone, may be taken over.
  static let lease = 30
  private static let renewal = 5
  /// How long a lock outlives its session where many hosts had to share the connections.
  private static let parkedRounds = 720

  // pl_at      sets where everything of a lock is; without a folder it is a private one of the login user
  // pl_age     how many seconds ago a file was touched; nothing where no program tells
  // pl_began   when a process began, so that another one of its number is told apart; only Linux says it
  // pl_dead    whether the session that held a lock is gone
  // pl_word    the first line of a lock: `run ID`
  // pl_alone   runs a command while nobody else removes the lock; where the guard cannot even be made, the disk is full, and it runs all the same
  private static let functions = #"""
    pl_at() {
      pl_f=$1 pl_l=$1/$2.lock pl_t=$1/.$2.$3 pl_g=$1/$2.takeover
      if [ -z "$1" ]; then
        pl_f=${HOME-}/.pushbutton/locks pl_l=${HOME-}/.pushbutton/locks/$2.lock
        pl_t=${HOME-}/.pushbutton/locks/.$2.$3 pl_g=${HOME-}/.pushbutton/locks/$2.takeover
      fi
    }
    pl_folder() {
      if [ -n "$1" ]; then [ -d "$1" ] || { echo "$1 is no folder"; return 1; }; return 0; fi
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
      echo "${20-}"
    } 2>/dev/null
    pl_dead() {
      pl_x=$(sed -n 's/^shell //p' "$pl_l" 2>/dev/null)
      case ${pl_x%% *} in ('' | *[!0-9]*) return 0 ;; esac
      set -- $pl_x
      if [ -d /proc/self ]; then [ "$(pl_began "$1")" != "${2-}" ]; else ! { kill -0 "$1" || ps -p "$1"; } >/dev/null 2>&1; fi
    }
    pl_word() { pl_y=; IFS= read -r pl_y <"$pl_l"; } 2>/dev/null
    pl_alone() {
      pl_z=0
      until mkdir "$pl_g" 2>/dev/null; do
        [ -d "$pl_g" ] || { "$@"; return; }
        pl_x=$(pl_age "$pl_g")
        if [ "${pl_x:-0}" -gt 60 ]; then rmdir "$pl_g" 2>/dev/null; fi
        pl_z=$((pl_z + 1))
        [ $pl_z -lt 5 ] || return 75
        sleep 1
      done
      "$@"
      pl_z=$?
      rmdir "$pl_g" 2>/dev/null
      return $pl_z
    }
    pl_over() {
      pl_was=$pl_y
      pl_word
      [ "$pl_y" = "$pl_was" ] && mv -f -- "$pl_l" "$pl_t.old" && ln -- "$pl_t" "$pl_l" 2>/dev/null
    }
    pl_take() {
      pl_e=$(pl_folder "$1") || { echo cannot; printf '%s\n' "$pl_e"; return 73; }
      pl_e=$({ printf '%s\nshell %s %s\n' "$3" $$ "$(pl_began $$)" >"$pl_t"; } 2>&1) ||
        { rm -f -- "$pl_t"; echo cannot; printf '%s\n' "$pl_e"; return 73; }
      if [ -d "$pl_l" ]; then echo cannot; echo "$pl_l is a folder, and no lock"; return 73; fi
      pl_e=$(ln -- "$pl_t" "$pl_l" 2>&1) && { echo taken; return 0; }
      if [ ! -e "$pl_l" ] && [ ! -L "$pl_l" ]; then echo cannot; printf '%s\n' "$pl_e"; return 73; fi
      pl_word || pl_y=
      if [ "$pl_y" = "${3%%"$pb_n"*}" ]; then mv -f -- "$pl_t" "$pl_l" && { echo taken; return 0; }; fi
      pl_a=$(pl_age "$pl_l")
      if [ "${pl_a:-0}" -gt \#(lease) ] && pl_dead && pl_alone pl_over; then
        echo expired
        cat "$pl_t.old"
        return 0
      fi
      echo held
      echo "age $(pl_age "$pl_l")"
      cat -- "$pl_l" 2>/dev/null || [ ! -e "$pl_l" ] || echo unreadable
      return 75
    }
    pl_keep() {
      ( trap 'kill $pl_x; exit' TERM
        exec </dev/null >/dev/null 2>&1 9<&-
        pl_z=$2
        while [ $pl_z != 0 ]; do
          sleep \#(renewal) &
          pl_x=$!
          wait $pl_x
          [ -z "$1" ] || kill -0 "$1" || exit
          pl_word && [ "$pl_y" = "$3" ] || exit
          touch -c -- "$pl_l"
          pl_z=$((pl_z - 1))
        done ) &
    }
    pl_give() {
      pl_word || { [ -e "$pl_l" ] && { echo unreadable; return 76; }; return 0; }
      [ "$pl_y" = "$1" ] || { printf '%s\n' "$pl_y"; return 76; }
      pl_e=$(rm -f -- "$pl_l" 2>&1) || { printf '%s\n' "$pl_e"; return 73; }
    }
    """#

  private static func at(_ name: String, in folder: String, nonce: String) -> String {
    "\(functions)\npl_at \(shellQuoted(folder)) \(shellQuoted(name)) \(nonce)\n"
  }

  /// Takes the lock and keeps its lease, once for each session; prints what came of it, and then the lines of an owner.
  static func take(_ name: String, in folder: String, owner: LockOwner, nonce: String) -> String {
    """
    \(at(name, in: folder, nonce: nonce))pl_take \(shellQuoted(folder)) \(shellQuoted(name)) \(shellQuoted(owner.text))
    pl_r=$?
    rm -f -- "$pl_t" "$pl_t.old" 2>/dev/null
    if [ $pl_r = 0 ]; then pl_keep $$ -1 \(shellQuoted(owner.firstLine)); fi
    ( exit $pl_r )
    """
  }

  /// Goes on renewing the lease from a new session; fails when the lock is another's meanwhile.
  static func keep(_ name: String, in folder: String, owner: LockOwner, nonce: String) -> String {
    take(name, in: folder, owner: owner, nonce: nonce)
  }

  /// Renews the lease without a session for an hour, for a connection that others need.
  static func park(_ name: String, in folder: String, owner: LockOwner, nonce: String) -> String {
    "\(at(name, in: folder, nonce: nonce))pl_keep '' \(parkedRounds) \(shellQuoted(owner.firstLine))"
  }

  /// Gives the lock back if it is this owner's; otherwise prints whose it is.
  static func release(_ name: String, in folder: String, owner: String, nonce: String) -> String {
    "\(at(name, in: folder, nonce: nonce))pl_alone pl_give \(shellQuoted(owner))"
  }

  /// Prints `age SECONDS` and the owner's lines; nothing when there is no such lock.
  static func show(_ name: String, in folder: String, nonce: String) -> String {
    """
    \(at(name, in: folder, nonce: nonce))if [ -e "$pl_l" ]; then
      echo "age $(pl_age "$pl_l")"
      if pl_dead; then echo gone; fi
      cat -- "$pl_l" || echo unreadable
    fi
    """
  }
}
