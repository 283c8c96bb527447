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

  // pr_w   notes a line, and in front of it the end of a step that was left to it; pr_i is the plan's number, and nothing for what is no
  //        step by itself
  // pr_end what keeps the leases of locks ends with the session
  // pr_bye nothing is open: what is noted is not needed any more
  // pr_d   the record's path; pr_dd the folder
  static let functions = """

    pr_i= pr_d=
    pr_w() {
      [ -n "$pr_i" ] && [ -n "$pr_d" ] || return 0
      { printf '%s %s\\n' ${pb_d:+"$pr_i" "$pb_d"} ${1:+"$pr_i" "$1"} >>"$pr_d"; } 2>/dev/null || { rm -f -- "$pr_d" 2>/dev/null; pr_d=; }
    }
    pr_end() { for pr_y in ${pl_kl-}; do kill "${pr_y##*:}"; done; } 2>/dev/null
    pr_bye() { [ -z "$pr_d" ] || rm -f -- "$pr_d"; pr_d=; }
    pr_open() {
      [ -n "${HOME-}" ] || return 0
      for pr_dd in "$HOME/.pushbutton" "$HOME/.pushbutton/runs"; do
        [ -d "$pr_dd" ] || mkdir -m 700 "$pr_dd" || [ -d "$pr_dd" ] || return 0
      done
      pr_dd=$HOME/.pushbutton/runs/$1
      echo "s $$ $2" >>"$pr_dd" && pr_d=$pr_dd
    } 2>/dev/null
    """

  /// Makes the record, or goes on with the one of an earlier session.
  var opening: String { "pr_open \(name) \(ready)" }

  /// Prints what the host has noted, after it has ended what an earlier session of the run left behind.
  ///
  /// Whoever went on before that might do a step at the same time as what is left; it fails when that does not end.
  /// A process is ended only when its command line shows that it is that session's shell; it leads its process group. Where the shell is gone
  /// already and a step had begun, the tether ends the others of the group soon: that is waited for.
  var telling: String {
    """
    pr_f() {
      if [ -d /proc/self ]; then tr '\\000' ' ' <"/proc/$1/cmdline" 2>/dev/null; else ps -p "$1" -o args= 2>/dev/null; fi
    }
    pr_tell() {
    pr_left= pr_all= pr_open=
    if [ -f "$pr_d" ]; then
      while read -r pr_x pr_y pr_z; do
        case $pr_y in (b) pr_open=1 ;; (e) pr_open= ;; esac
        [ "$pr_x" = s ] && [ "$pr_y" != $$ ] || continue
        pr_all="$pr_all $pr_y"
        case $(pr_f "$pr_y") in (*"$pr_z"*) pr_left="$pr_left $pr_y" ;; esac
      done <"$pr_d"
    fi
    for pr_y in $pr_left; do kill -s TERM -- "-$pr_y" 2>/dev/null; done
    pr_t=0
    for pr_y in $pr_left; do
      while [ -n "$(pr_f "$pr_y")" ] && [ $pr_t -lt 10 ]; do
        sleep 1
        pr_t=$((pr_t + 1))
        [ $pr_t -lt 3 ] || kill -s KILL -- "-$pr_y" 2>/dev/null
      done
      if [ -n "$(pr_f "$pr_y")" ]; then echo "process $pr_y of this run is still there and does not end" >&2; return 1; fi
    done
    pr_t=0
    for pr_y in $pr_all; do
      while [ -n "$pr_open" ] && [ $pr_t -lt 3 ] && kill -s 0 -- "-$pr_y" 2>/dev/null; do
        sleep 1
        pr_t=$((pr_t + 1))
      done
    done
    [ ! -f "$pr_d" ] || cat -- "$pr_d"
    }
    pr_tell
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
