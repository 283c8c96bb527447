/// Where the releases of one application are kept on the hosts, and the steps that all kinds of releases share.
///
/// It is made by `PythonApp` and `ReleaseFolder`, and only they look into it.
public struct ReleasePlace: Sendable {
  /// How a release becomes the live one.
  enum Layout: Sendable {
    /// `releases/ID` beside the link `current`.
    case folders
    /// One place that is there, as `check` says, and whose content is replaced: what `put` does with `$1` makes a release the live one.
    case inPlace(check: Command, put: Command)
  }

  let name: String
  let root: Text
  let layout: Layout

  /// What the live version is called on a host, after a step of this run has made it live.
  var liveVersion: Captured { Captured(shellName("live_version_of_")) }

  private var change: Captured { Captured(shellName("change_of_")) }

  /// The lock under which releases of the application are changed.
  var lockName: String { String(shellName("").prefix(100)) }

  /// A shell variable's name, which `my-app` and `my_app` do not share.
  private func shellName(_ prefix: String) -> String {
    let word = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return prefix + (word == name ? word : "\(word)_\(name.checksum % 10_000)")
  }

  /// The folder of a release that this run makes.
  func folder(_ label: String) -> Text {
    if case .inPlace = layout { return root }
    return "\(root)/releases/\(run: .started)-\(label)"
  }

  /// A folder for what belongs to a release but not into it.
  func facts(_ label: String) -> Text { "\(root)/.pushbutton/\(run: .started)-\(label)" }

  /// Shell text with the shared functions in front, in the folder that holds everything.
  func script(_ body: Command, making: Bool = false) -> Command {
    let put: Command
    let names: (current: String, log: String, content: String, folders: String)
    switch layout {
    case .folders:
      put = ":"
      names = ("current", "releases.log", "releases", "releases shared")
    case .inPlace(_, let command):
      put = command
      names = (".pushbutton/current", ".pushbutton/releases.log", ".pushbutton", "")
    }
    return """
      name=\(name) root=\(path: root) run=\(run: .id) user=\(run: .user) build=\(run: .url)
      current=\(raw: names.current) log=\(raw: names.log) content=\(raw: names.content) folders='\(raw: names.folders)'
      \(raw: ReleaseShell.functions)put() { \(raw: put)
      }
      \(raw: making ? "mkdir -p -- \"$root\" || exit\n" : "")\(raw: body)
      """
  }

  private func inside(_ body: Command, making: Bool = false) -> Command {
    script("cd -- \"$root\" || exit\n\(raw: body)", making: making)
  }

  /// Takes an ID for a release that this run makes, and runs shell text with it in `$id`; nothing when the release is complete already.
  func making(_ label: String, _ body: Command) -> Command {
    var check: Command = ":"
    var isMade = true
    if case .inPlace(let command, _) = layout { (check, isMade) = (command, false) }
    return inside(
      """
      \(raw: check)
      id=\(run: .started)-\(label)
      if [ -e ".pushbutton/$id/complete" ]; then own "$id"; echo "$id is complete already"; exit; fi
      begin "$id" \(label)
      \(raw: body)
      """, making: isMade)
  }

  /// Runs shell text in the folder of a release that is being made.
  func `in`(_ label: String, _ body: Command) -> Command {
    inside(
      """
      id=\(run: .started)-\(label)
      if [ -e ".pushbutton/$id/complete" ]; then echo "$id is complete already"; exit; fi
      mkdir -p "releases/$id" && cd "releases/$id" || exit
      \(raw: body)
      """)
  }

  /// Says that a release is whole: only then can it become the live one.
  func completing(_ label: String) -> Command { inside("complete \(run: .started)-\(label)") }

  /// Makes the release of this run the live one, or else the newest complete one of the version.
  func activating(_ label: String) -> Command {
    inside(
      """
      id=\(run: .started)-\(label)
      if [ ! -e ".pushbutton/$id/complete" ]; then
        id=
        for x in $(ls .pushbutton 2>/dev/null | LC_ALL=C sort); do
          other=$x
          if [ -e ".pushbutton/$other/complete" ]; then first ".pushbutton/$other/version"; if [ "$x" = \(label) ]; then id=$other; fi; fi
        done
        [ -n "$id" ] || fail "version "\(label)" is not installed in $PWD: install it first"
      fi
      switch "$id"
      echo "$was -> "\(label)
      """)
  }

  /// Whether a host has to go back at all: it is on another release, or on this one with a restart that may be owed.
  func isOff(_ target: Decision) -> Command {
    inside(
      """
      \(raw: Self.targetOfHost(target))
      [ -n "$id" ] || exit 1
      live
      [ "$x" != "$id" ] || [ -e .pushbutton/unsettled ]
      """)
  }

  /// Leaves the live release for the one that was decided: first it is marked as bad, so that nobody goes back to it.
  func goingBack(to target: Decision) -> Command {
    inside(
      """
      \(raw: Self.targetOfHost(target))
      live
      version "$x"
      if [ -z "$id" ]; then echo "$x -> $x"; exit; fi
      [ -e ".pushbutton/$id/complete" ] && [ -e ".pushbutton/$id/good" ] || fail "the release $id is not here any more"
      live
      case $x in
        ("$id" | - | unknown:*) ;;
        (*) if [ "$(printf '%s\\n' "$x" "$id" | LC_ALL=C sort | tail -n 1)" = "$x" ]; then
            mark "$x" bad "$(now)	$user	$run"
            note bad "$x"
          fi ;;
      esac
      switch "$id" back
      version "$id"
      echo "$was -> $x"
      """)
  }

  /// The decision as it concerns this host: nothing in `$id` when the host stays, because the run has not switched it or has taken it back.
  private static func targetOfHost(_ target: Decision) -> Command {
    """
    id=\(target)
    case $id in
      (switched:*) live; first ".pushbutton/$x/activated"; case $x in (*"	$run	"*"	back") id= ;; (*"	$run	"*) ;; (*) id= ;; esac ;;
    esac
    id=${id#*:}
    if [ "$id" = before ]; then live; first ".pushbutton/$x/previous"; id=$x; fi
    """
  }

  /// The steps around a command that makes a release live: it tells the versions, and is marked good when the run has ended well.
  func switching(_ title: String, _ command: Command, shown: Command, at location: SourceLocation) -> [Step] {
    var change = Step(.capture(command, self.change), name: title, at: location).shown(as: shown).idempotent()
    change.reportsVersionsOf = name
    let version = Step(.capture(inside("live; version \"$x\"; echo \"$x\""), liveVersion), name: "version of \(name)", at: location)
    return [
      change, version.shown(as: "what is live now, as \(raw: liveVersion.name)").idempotent(),
      markGood(onlyThisRun: true, at: location).atTheEnd(),
    ]
  }

  func markGood(onlyThisRun: Bool, at location: SourceLocation) -> Step {
    Step(.run(inside("only=\(onlyThisRun ? "1" : "")\n\(raw: ReleaseShell.markGood)")), name: "mark \(name) as good", at: location)
      .shown(as: "\(raw: onlyThisRun ? "what this run has made live" : "what is live") may be gone back to").idempotent()
  }

  func prune(keep: Int, at location: SourceLocation) -> Step {
    Step(.run(inside("keep=\(max(1, keep))\n\(raw: ReleaseShell.prune)")), name: "prune \(name)", at: location)
      .shown(as: "keep \(raw: String(max(1, keep))) good releases with the live one, and always the last good one").idempotent()
  }

  func survey(_ name: String, decide: @escaping @Sendable (Answers) throws -> Verdict) -> Decision {
    var decision = Decision(name, ask: script("\(raw: ReleaseShell.survey)"), decide: decide)
    decision.description = "what is in \(path: root)"
    return decision
  }
}
