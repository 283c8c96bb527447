import Tasks

/// Checks what one step needs, for every host that will run it.
struct StepChecker {
  let hosts: [Host]
  let captured: Set<String>
  let root: String
  let location: SourceLocation

  /// Host variables exist, captures were made before, and no byte is lost on the way to a shell.
  func check(_ command: Command) throws(PlanError) {
    for fragment in command.fragments {
      switch fragment {
      case .text(let text): if text.utf8.contains(0) { throw .controlCharacter(at: location) }
      case .captured(let name): if !captured.contains(name.name) { throw .capturedLater(name.name, at: location) }
      case .run(let field): if !field.isKnownAtStart { throw .knownLater(field, at: location) }
      // Its question is asked before the block, unless it is itself part of a question.
      case .decided(let decision): if !captured.contains(decision.captured.name) { throw .decisionInQuestion(decision.name, at: location) }
      case .secret(let secret): if secret.source == .lost { throw .secretInString(at: location) }
      case .host: break
      }
    }
    guard command.dependsOnHost else { return }
    for host in hosts { _ = try rendered(command, for: host) }
  }

  func check(_ attributes: PlannedStep.Attributes) throws(PlanError) {
    for folder in attributes.folders { try check(folder.word) }
    for (name, value) in attributes.variables {
      guard name.isShellName else { throw .badName(.environmentVariable, name, at: location) }
      try check(value.word)
    }
    if let user = attributes.user, !HostSyntax.isUser(user) { throw .badName(.user, user, at: location) }
  }

  /// An upload's script is an argument of the host's shell, which anybody there may read: its names hold no secret.
  func checkDestination(_ destination: Text, in folders: [Text]) throws(PlanError) {
    try check(destination.word)
    for case .secret in (folders + [destination]).flatMap(\.fragments) { throw .secretInDestination(at: location) }
  }

  /// The file can be read here, for each host.
  func checkFile(_ path: Text) throws(PlanError) {
    for path in try localPaths(path) {
      if File.isFolder(path) { throw .isFolder(path: path, at: location) }
      if access(path, R_OK) != 0 { throw .unreadable(path: path, reason: SystemError("open", path).reason, at: location) }
    }
  }

  func checkFolder(_ path: Text) throws(PlanError) {
    for path in try localPaths(path) {
      if !File.exists(path) { throw .unreadable(path: path, reason: SystemError("open", path).reason, at: location) }
      if !File.isFolder(path) { throw .notFolder(path: path, at: location) }
    }
  }

  /// No two hosts would write the same local file.
  func checkDownload(_ path: Text) throws(PlanError) {
    var owners: [String: String] = [:]
    for host in hosts {
      let path = try localPath(path, for: host)
      if let other = owners.updateValue(host.name, forKey: path) {
        throw .sameDownload(path: path, hosts: [other, host.name], at: location)
      }
    }
  }

  /// A template's text, with every name known on every host.
  func content(of template: Text, values: [String: Text]) throws(PlanError) -> (path: String, content: Text) {
    guard !template.dependsOnHost, let host = hosts.first else { throw .secretInPath(at: location) }
    let path = try localPath(template, for: host)
    try checkFile(template)
    let bytes: [UInt8]
    do { bytes = try File.read(path) } catch { throw .unreadable(path: path, reason: error.reason, at: location) }
    let pieces: Template
    do { pieces = try Template(path: path, text: String(decoding: bytes, as: UTF8.self)) } catch {
      throw .malformedTemplate(path: path, line: error.line)
    }
    for case .place(let name, let line) in pieces.pieces where values[name] == nil && !["host.name", "host.address"].contains(name) {
      for host in hosts where host.variables[name]?.word == nil {
        throw .missingTemplateValue(name, path: path, line: line, host: host.name)
      }
    }
    for value in values.values { try check(value.word) }
    return (template.plain.template, pieces.content(values: values))
  }

  private func localPaths(_ path: Text) throws(PlanError) -> Set<String> {
    guard path.dependsOnHost else { return hosts.first.map { [$0] }.map { $0 } == nil ? [] : [try localPath(path, for: hosts[0])] }
    var paths: Set<String> = []
    for host in hosts { paths.insert(try localPath(path, for: host)) }
    return paths
  }

  private func localPath(_ path: Text, for host: Host) throws(PlanError) -> String {
    let rendered: Rendered
    do { rendered = try path.rendered(for: host) } catch { throw .rendering(error, at: location) }
    guard let text = rendered.plainText else {
      throw rendered.secrets.contains { $0.source == .lost } ? .secretInString(at: location) : .secretInPath(at: location)
    }
    return absolute(text, in: root)
  }

  private func rendered(_ command: Command, for host: Host) throws(PlanError) -> Rendered {
    do { return try command.rendered(for: host) } catch { throw .rendering(error, at: location) }
  }
}

extension Rendered {
  /// The text, when nothing in it is open any more.
  package var plainText: String? {
    switch fragments.count {
    case 0: ""
    case 1: if case .text(let text) = fragments[0] { text } else { nil }
    default: nil
    }
  }
}

/// A path as seen from a folder.
package func absolute(_ path: String, in folder: String) -> String {
  // A byte: a slash and a combining mark behind it are one character.
  path.utf8.first == UInt8(ascii: "/") ? path : folder + "/" + path
}
