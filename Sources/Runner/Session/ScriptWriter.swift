import Tasks

/// Writes the script of adjacent steps for one host.
package struct ScriptWriter {
  let host: Host
  let secrets: [Secret: [UInt8]]
  /// The number of the plan whose steps these are, for the host's own record; nothing for commands that are no steps by themselves.
  let plan: Int?
  /// Whether there is a password for sudo, should it ask.
  let answersSudo: Bool

  package init(host: Host, secrets: [Secret: [UInt8]], plan: Int? = nil, answersSudo: Bool = false) {
    self.host = host
    self.secrets = secrets
    self.plan = plan
    self.answersSudo = answersSudo
  }

  /// A script that runs the steps one after the other until one fails; `captures` are known from earlier sessions.
  package func script(_ steps: [PlannedStep], captures: [String: [UInt8]]) throws(RenderingError) -> ScriptLine {
    var line = ScriptLine()
    line.needsMore = !captures.isEmpty
    write(captures, to: &line)
    let mayBeAsked = answersSudo && PlannedStep.flattened(steps).contains { $0.attributes.user != nil }
    if let plan { line.raw("pr_i=\(plan); ") }
    line.raw(mayBeAsked ? "{ { pb_pid; pb_read; } | { trap : TERM; IFS= read -r pb_w; ( pb_enter; " : "pb_hold; ")
    try write(steps, isWhole: !mayBeAsked, to: &line)
    line.raw(mayBeAsked ? "; exit 0 ) 2>&8 8>&-; pb_leave $?; }; } 8>&2 2>/dev/null || exit 1" : "; pb_free")
    line.raw("; pb_done")
    return line
  }

  /// A script of one step whose payload reads its input: without a tether, which would read it too.
  ///
  /// The payload comes before the data. When it fails the session ends, because nobody knows how much of the input is left.
  package func transfer(
    _ step: PlannedStep, _ payload: Command, captures: [String: [UInt8]]
  ) throws(RenderingError) -> (script: ScriptLine, payload: ScriptLine) {
    var script = ScriptLine()
    script.needsMore = true
    script.raw("pb_m 'b \(step.number) 1'; pb_send \(shellQuoted(step.attributes.user ?? "")) '\(answersSudo ? "1" : "")'; ")
    script.raw("pb_r=$?; pb_m \"e \(step.number) $pb_r\"; pb_m z; [ $pb_r = 0 ] || exit 1")
    // A copy needs no variables.
    var attributes = step.attributes
    attributes.variables = []
    var line = ScriptLine()
    try write(payload: attributes.around(payload), to: &line) { captured, line in
      let unknown = "\"${pb_c_\(captured)?nothing was captured on this host as \(captured)}\""
      line.quote(captures[captured].map(quotedBytes) ?? Array(unknown.utf8))
    }
    return (script, line)
  }

  private func write(_ captures: [String: [UInt8]], to line: inout ScriptLine) {
    for (name, value) in captures.sorted(by: { $0.key < $1.key }) {
      line.raw("pb_c_\(name)=")
      line.quote(value)
      line.raw("; ")
    }
  }

  private func write(_ steps: [PlannedStep], isWhole: Bool = false, to line: inout ScriptLine) throws(RenderingError) {
    var first = true
    for (place, step) in steps.enumerated() {
      if !first { line.raw(" && ") }
      first = false
      var isJoined = try isPlain(step)
      if isJoined { isJoined = place + 1 < steps.count ? try isPlain(steps[place + 1]) : isWhole }
      guard case .when(let test, let then, let otherwise) = step.action else {
        guard case .command(let command, _, let captured) = step.action else { continue }
        if step.ignoresFailure { line.raw("{ ") }
        try write(step, command, captured, isJoined: isJoined, to: &line)
        if step.ignoresFailure { line.raw(" || [ -z \"$pb_q\" ]; }") }
        continue
      }
      line.raw("if ")
      try write(step, test, nil, isJoined: false, to: &line)
      line.raw("; then ")
      try write(branch: then, to: &line)
      // Not found, not executable, or killed: that is no answer.
      line.raw("; elif [ $pb_r -lt 126 ] && [ -z \"$pb_q\" ]; then ")
      try write(branch: otherwise, to: &line)
      line.raw("; else false; fi")
    }
    if first { line.raw(":") }
  }

  private func write(branch: [PlannedStep], to line: inout ScriptLine) throws(RenderingError) { try write(branch, to: &line) }

  /// Whether nothing is between the end of such a step and the beginning of the next one: what was captured could be missing, and end all.
  private func isPlain(_ step: PlannedStep) throws(RenderingError) -> Bool {
    guard case .command(let command, _, nil) = step.action, !step.ignoresFailure, step.attributes.user == nil else { return false }
    return try step.attributes.around(command).rendered(for: host).captures.isEmpty
  }

  private func write(
    _ step: PlannedStep, _ command: Command, _ captured: Captured?, isJoined: Bool, to line: inout ScriptLine
  ) throws(RenderingError) {
    let payload = step.attributes.around(command)
    let rendered = try payload.rendered(for: host)
    // Anybody may read an argument, and what was captured may be a secret as well.
    let isHeavy = !rendered.secrets.isEmpty || !rendered.captures.isEmpty
    let isPlain = step.attributes.user == nil && step.timeout == nil && !isHeavy && captured == nil
    if !isPlain || rendered.plainText?.utf8.count ?? .max > RemoteShell.longPayload { line.needsMore = true }
    line.raw("pb_step \(step.number) \(step.attempts) \(step.pause.wholeSeconds) \(step.timeout?.wholeSeconds ?? 0) ")
    line.raw("\(shellQuoted(step.attributes.user ?? "")) '\(isHeavy ? "1" : "")' '\(captured?.name ?? "")' ")
    try write(payload: payload, to: &line)
    if isJoined { line.raw(" 1") }
  }

  /// What was captured on the host stands in its shell, unless told otherwise.
  private func write(
    payload: Command, to line: inout ScriptLine, captured: (String, inout ScriptLine) -> Void = { $1.raw("\"$(pb_v \($0))\"") }
  ) throws(RenderingError) {
    for fragment in try payload.rendered(for: host).fragments {
      switch fragment {
      case .text(let text): line.quote(text)
      case .secret(let secret): line.quote(quotedBytes(secrets[secret] ?? []))
      case .captured(let value): captured(value.name, &line)
      case .decided(let decision): captured(decision.captured.name, &line)
      case .host, .run: break
      }
    }
  }
}

extension PlannedStep.Attributes {
  /// The command in its folder and with its variables; the user is the caller's affair.
  package func around(_ command: Command) -> Command {
    var text: Command = ""
    for folder in folders { text = "\(raw: text)cd -- \(raw: folder.path) || exit\n" }
    for (name, value) in variables { text = "\(raw: text)export \(raw: name)=\(raw: value.word)\n" }
    return "\(raw: text)\(raw: command)"
  }
}

/// One word for the shell, for values that need not be text.
private func quotedBytes(_ bytes: [UInt8]) -> [UInt8] {
  var quoted = [UInt8(ascii: "'")]
  for byte in bytes {
    if byte == UInt8(ascii: "'") { quoted += Array("'\\''".utf8) } else { quoted.append(byte) }
  }
  return quoted + [UInt8(ascii: "'")]
}
