import Tasks

/// What a host notes of a run while it goes on: a line before and after each step, written by the session's own shell.
///
/// When the run dies in the middle of a script, this tells which of its steps have begun and ended, whatever of that had still reached us. It
/// is gone when all is known here; a step that could not be noted takes the whole record with it, so that it never tells less than was done.
package struct RemoteRecord: Sendable, Equatable {
  /// Of the run and the inventory's host: several hosts may be one machine.
  package var run: String
  package var host: String
  /// What the session's command line holds, by which its shell is known again.
  package var ready: String

  package init(run: String, host: String, ready: String) {
    self.run = run
    self.host = host
    self.ready = ready
  }

  private var name: String { "\(run).\(SHA256.hex(SHA256.digest(Array(host.utf8))).prefix(16))" }

  // pb_w   notes a line; pb_i is the plan's number, and nothing for what is no step by itself
  // pb_end what keeps the leases of locks ends with the session
  // pb_bye nothing is open: what is noted is not needed any more
  // pb_d   the record's path; pb_dd the folder
  static let functions = """

    pb_i= pb_d=
    pb_w() {
      [ -n "$pb_i" ] && [ -n "$pb_d" ] || return 0
      { printf '%s %s\\n' "$pb_i" "$1" >>"$pb_d"; } 2>/dev/null || { rm -f -- "$pb_d" 2>/dev/null; pb_d=; }
    }
    pb_end() { for pb_y in ${pb_kl-}; do kill "${pb_y##*:}"; done; } 2>/dev/null
    pb_bye() { [ -z "$pb_d" ] || rm -f -- "$pb_d"; pb_d=; }
    pb_open() {
      [ -n "${HOME-}" ] || return 0
      for pb_dd in "$HOME/.pushbutton" "$HOME/.pushbutton/runs"; do
        [ -d "$pb_dd" ] || mkdir -m 700 "$pb_dd" || [ -d "$pb_dd" ] || return 0
      done
      pb_dd=$HOME/.pushbutton/runs/$1
      echo "s $$ $2" >>"$pb_dd" && pb_d=$pb_dd
    } 2>/dev/null
    """

  /// Makes the record, or goes on with the one of an earlier session.
  var opening: String { "pb_open \(name) \(ready)" }

  /// Prints what the host has noted, after it has ended what an earlier session of the run left behind.
  ///
  /// Whoever went on before that might do a step at the same time as what is left. It fails when that does not end.
  ///
  /// A process is ended only when its command line shows that it is that session's shell; it leads its process group. Where the shell is gone
  /// already and a step had begun, the tether ends the others of the group soon: that is waited for.
  var telling: String {
    """
    pb_f() {
      if [ -d /proc/self ]; then tr '\\000' ' ' <"/proc/$1/cmdline" 2>/dev/null; else ps -p "$1" -o args= 2>/dev/null; fi
    }
    pb_tell() {
    pb_left= pb_all= pb_open=
    if [ -f "$pb_d" ]; then
      while read -r pb_x pb_y pb_z; do
        case $pb_y in (b) pb_open=1 ;; (e) pb_open= ;; esac
        [ "$pb_x" = s ] && [ "$pb_y" != $$ ] || continue
        pb_all="$pb_all $pb_y"
        case $(pb_f "$pb_y") in (*"$pb_z"*) pb_left="$pb_left $pb_y" ;; esac
      done <"$pb_d"
    fi
    for pb_y in $pb_left; do kill -s TERM -- "-$pb_y" 2>/dev/null; done
    pb_t=0
    for pb_y in $pb_left; do
      while [ -n "$(pb_f "$pb_y")" ] && [ $pb_t -lt 10 ]; do
        sleep 1
        pb_t=$((pb_t + 1))
        [ $pb_t -lt 3 ] || kill -s KILL -- "-$pb_y" 2>/dev/null
      done
      if [ -n "$(pb_f "$pb_y")" ]; then echo "process $pb_y of this run is still there and does not end" >&2; return 1; fi
    done
    pb_t=0
    for pb_y in $pb_all; do
      while [ -n "$pb_open" ] && [ $pb_t -lt 3 ] && kill -s 0 -- "-$pb_y" 2>/dev/null; do
        sleep 1
        pb_t=$((pb_t + 1))
      done
    done
    [ ! -f "$pb_d" ] || cat -- "$pb_d"
    }
    pb_tell
    """
  }
}

/// What a host has noted.
package struct NotedSteps: Sendable, Equatable {
  package struct Key: Sendable, Hashable {
    package var plan: Int
    package var step: Int
  }

  /// The sessions that the record knows of; of others it tells nothing.
  package var sessions: Set<String> = []
  /// The last status of those that have ended; nothing for those that have only begun.
  package var steps: [Key: Int?] = [:]

  package init(_ output: [UInt8]) {
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 3, words[0] == "s" { sessions.insert(String(words[2])) }
      guard words.count == 4, let plan = Int(words[0]), let step = Int(words[2]), let number = Int(words[3]) else { continue }
      switch words[1] {
      case "b": steps[Key(plan: plan, step: step)] = .some(nil)
      case "e": steps[Key(plan: plan, step: step)] = number
      default: break
      }
    }
  }
}
