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

  // pb_at      sets where everything of a lock is; without a folder it is a private one of the login user
  // pb_age     how many seconds ago a file was touched; nothing where no program tells
  // pb_began   when a process began, so that another one of its number is told apart; only Linux says it
  // pb_dead    whether the session that held a lock is gone
  // pb_word    the first line of a lock: `run ID`
  // pb_alone   runs a command while nobody else removes the lock; where the guard cannot even be made, the disk is full, and it runs all the same
  private static let functions = #"""
    pb_at() {
      pb_f=$1 pb_l=$1/$2.lock pb_t=$1/.$2.$3 pb_g=$1/$2.takeover
      if [ -z "$1" ]; then
        pb_f=${HOME-}/.pushbutton/locks pb_l=${HOME-}/.pushbutton/locks/$2.lock
        pb_t=${HOME-}/.pushbutton/locks/.$2.$3 pb_g=${HOME-}/.pushbutton/locks/$2.takeover
      fi
    }
    pb_folder() {
      if [ -n "$1" ]; then [ -d "$1" ] || { echo "$1 is no folder"; return 1; }; return 0; fi
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
      echo "${20-}"
    } 2>/dev/null
    pb_dead() {
      pb_x=$(sed -n 's/^shell //p' "$pb_l" 2>/dev/null)
      case ${pb_x%% *} in ('' | *[!0-9]*) return 0 ;; esac
      set -- $pb_x
      if [ -d /proc/self ]; then [ "$(pb_began "$1")" != "${2-}" ]; else ! { kill -0 "$1" || ps -p "$1"; } >/dev/null 2>&1; fi
    }
    pb_word() { pb_y=; IFS= read -r pb_y <"$pb_l"; } 2>/dev/null
    pb_alone() {
      pb_z=0
      until mkdir "$pb_g" 2>/dev/null; do
        [ -d "$pb_g" ] || { "$@"; return; }
        pb_x=$(pb_age "$pb_g")
        if [ "${pb_x:-0}" -gt 60 ]; then rmdir "$pb_g" 2>/dev/null; fi
        pb_z=$((pb_z + 1))
        [ $pb_z -lt 5 ] || return 75
        sleep 1
      done
      "$@"
      pb_z=$?
      rmdir "$pb_g" 2>/dev/null
      return $pb_z
    }
    pb_over() {
      pb_was=$pb_y
      pb_word
      [ "$pb_y" = "$pb_was" ] && mv -f -- "$pb_l" "$pb_t.old" && ln -- "$pb_t" "$pb_l" 2>/dev/null
    }
    pb_take() {
      pb_e=$(pb_folder "$1") || { echo cannot; printf '%s\n' "$pb_e"; return 73; }
      pb_e=$({ printf '%s\nshell %s %s\n' "$3" $$ "$(pb_began $$)" >"$pb_t"; } 2>&1) ||
        { rm -f -- "$pb_t"; echo cannot; printf '%s\n' "$pb_e"; return 73; }
      if [ -d "$pb_l" ]; then echo cannot; echo "$pb_l is a folder, and no lock"; return 73; fi
      pb_e=$(ln -- "$pb_t" "$pb_l" 2>&1) && { echo taken; return 0; }
      if [ ! -e "$pb_l" ] && [ ! -L "$pb_l" ]; then echo cannot; printf '%s\n' "$pb_e"; return 73; fi
      pb_word || pb_y=
      if [ "$pb_y" = "${3%%"$pb_n"*}" ]; then mv -f -- "$pb_t" "$pb_l" && { echo taken; return 0; }; fi
      pb_a=$(pb_age "$pb_l")
      if [ "${pb_a:-0}" -gt \#(lease) ] && pb_dead && pb_alone pb_over; then
        echo expired
        cat "$pb_t.old"
        return 0
      fi
      echo held
      echo "age $(pb_age "$pb_l")"
      cat -- "$pb_l" 2>/dev/null || [ ! -e "$pb_l" ] || echo unreadable
      return 75
    }
    pb_keep() {
      ( trap 'kill $pb_x; exit' TERM
        exec </dev/null >/dev/null 2>&1 9<&-
        pb_z=$2
        while [ $pb_z != 0 ]; do
          sleep \#(renewal) &
          pb_x=$!
          wait $pb_x
          [ -z "$1" ] || kill -0 "$1" || exit
          pb_word && [ "$pb_y" = "$3" ] || exit
          touch -c -- "$pb_l"
          pb_z=$((pb_z - 1))
        done ) &
    }
    pb_give() {
      pb_word || { [ -e "$pb_l" ] && { echo unreadable; return 76; }; return 0; }
      [ "$pb_y" = "$1" ] || { printf '%s\n' "$pb_y"; return 76; }
      pb_e=$(rm -f -- "$pb_l" 2>&1) || { printf '%s\n' "$pb_e"; return 73; }
    }
    """#

  private static func at(_ name: String, in folder: String, nonce: String) -> String {
    "\(functions)\npb_at \(shellQuoted(folder)) \(shellQuoted(name)) \(nonce)\n"
  }

  /// Takes the lock and keeps its lease, once for each session; prints what came of it, and then the lines of an owner.
  static func take(_ name: String, in folder: String, owner: LockOwner, nonce: String) -> String {
    """
    \(at(name, in: folder, nonce: nonce))pb_take \(shellQuoted(folder)) \(shellQuoted(name)) \(shellQuoted(owner.text))
    pb_r=$?
    rm -f -- "$pb_t" "$pb_t.old" 2>/dev/null
    if [ $pb_r = 0 ]; then pb_keep $$ -1 \(shellQuoted(owner.firstLine)); fi
    ( exit $pb_r )
    """
  }

  /// Goes on renewing the lease from a new session; fails when the lock is another's meanwhile.
  static func keep(_ name: String, in folder: String, owner: LockOwner, nonce: String) -> String {
    take(name, in: folder, owner: owner, nonce: nonce)
  }

  /// Renews the lease without a session for an hour, for a connection that others need.
  static func park(_ name: String, in folder: String, owner: LockOwner, nonce: String) -> String {
    "\(at(name, in: folder, nonce: nonce))pb_keep '' \(parkedRounds) \(shellQuoted(owner.firstLine))"
  }

  /// Gives the lock back if it is this owner's; otherwise prints whose it is.
  static func release(_ name: String, in folder: String, owner: String, nonce: String) -> String {
    "\(at(name, in: folder, nonce: nonce))pb_alone pb_give \(shellQuoted(owner))"
  }

  /// Prints `age SECONDS` and the owner's lines; nothing when there is no such lock.
  static func show(_ name: String, in folder: String, nonce: String) -> String {
    """
    \(at(name, in: folder, nonce: nonce))if [ -e "$pb_l" ]; then
      echo "age $(pb_age "$pb_l")"
      if pb_dead; then echo gone; fi
      cat -- "$pb_l" || echo unreadable
    fi
    """
  }
}
