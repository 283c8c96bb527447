import Tasks

/// Writes the script of adjacent steps for one host.
package struct ScriptWriter {
  let host: Host
  let secrets: [Secret: [UInt8]]
  /// The number of the plan whose steps these are, for the host's own record; nothing for commands that are no steps by themselves.
  let plan: Int?

  package init(host: Host, secrets: [Secret: [UInt8]], plan: Int? = nil) {
    self.host = host
    self.secrets = secrets
    self.plan = plan
  }

  /// A script that runs the steps one after the other until one fails; `captures` are known from earlier sessions.
  package func script(_ steps: [PlannedStep], captures: [String: [UInt8]]) throws(RenderingError) -> ScriptLine {
    var line = ScriptLine()
    write(captures, to: &line)
    line.raw("pb_i=\(plan.map(String.init) ?? ""); pb_hold; ")
    try write(steps, to: &line)
    line.raw("; pb_free; pb_m z")
    return line
  }

  /// A script of one step whose payload reads its input: without a tether, which would read it too.
  ///
  /// When it fails the session ends, because nobody knows how much of the input is left.
  package func transfer(_ step: PlannedStep, _ payload: Command, captures: [String: [UInt8]]) throws(RenderingError) -> ScriptLine {
    var line = ScriptLine()
    write(captures, to: &line)
    line.raw("pb_m 'b \(step.number) 1'; ")
    if let user = step.attributes.user { line.raw("sudo -n -u \(shellQuoted(user)) -- ") }
    line.raw("sh -c ")
    // A copy needs no variables, and here they would be an argument that anybody may read, secrets and all.
    var attributes = step.attributes
    attributes.variables = []
    try write(payload: attributes.around(payload), to: &line)
    line.raw(" <&9 9<&-; pb_r=$?; pb_m \"e \(step.number) $pb_r\"; pb_m z; [ $pb_r = 0 ] || exit 1")
    return line
  }

  private func write(_ captures: [String: [UInt8]], to line: inout ScriptLine) {
    for (name, value) in captures.sorted(by: { $0.key < $1.key }) {
      line.raw("pb_c_\(name)=")
      line.quote(value)
      line.raw("; ")
    }
  }

  private func write(_ steps: [PlannedStep], to line: inout ScriptLine) throws(RenderingError) {
    var first = true
    for step in steps {
      if !first { line.raw(" && ") }
      first = false
      guard case .when(let test, let then, let otherwise) = step.action else {
        guard case .command(let command, _, let captured) = step.action else { continue }
        if step.ignoresFailure { line.raw("{ ") }
        try write(step, command, captured, to: &line)
        if step.ignoresFailure { line.raw(" || [ -z \"$pb_q\" ]; }") }
        continue
      }
      line.raw("if ")
      try write(step, test, nil, to: &line)
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

  private func write(_ step: PlannedStep, _ command: Command, _ captured: Captured?, to line: inout ScriptLine) throws(RenderingError) {
    let payload = step.attributes.around(command)
    let rendered = try payload.rendered(for: host)
    // Anybody may read an argument, and what was captured may be a secret as well.
    let isHeavy = !rendered.secrets.isEmpty || !rendered.captures.isEmpty
    line.raw("pb_step \(step.number) \(step.attempts) \(step.pause.wholeSeconds) \(step.timeout?.wholeSeconds ?? 0) ")
    line.raw("\(shellQuoted(step.attributes.user ?? "")) '\(isHeavy ? "1" : "")' '\(captured?.name ?? "")' ")
    try write(payload: payload, to: &line)
  }

  private func write(payload: Command, to line: inout ScriptLine) throws(RenderingError) {
    for fragment in try payload.rendered(for: host).fragments {
      switch fragment {
      case .text(let text): line.quote(text)
      case .secret(let secret): line.quote(quotedBytes(secrets[secret] ?? []))
      case .captured(let captured): line.raw("\"$(pb_v \(captured.name))\"")
      case .decided(let decision): line.raw("\"$(pb_v \(decision.captured.name))\"")
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
