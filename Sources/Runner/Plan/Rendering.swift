import Tasks

/// A command or text filled in for one host: only secrets and captures are still open.
package struct Rendered: Sendable, Equatable {
  package var fragments: [Fragment]

  /// The text for people: secrets masked, captures by name.
  package var shown: String {
    fragments.map { fragment in
      switch fragment {
      case .text(let text): text
      case .host: ""
      case .secret(let secret): secret.description
      case .captured(let captured): "\"$\(captured.name)\""
      case .run(let field): field.placeholder
      case .decided(let decision): "<\(decision.name)>"
      }
    }.joined()
  }

  package var secrets: [Secret] { fragments.compactMap { if case .secret(let secret) = $0 { secret } else { nil } } }
  package var captures: [Captured] {
    fragments.compactMap {
      switch $0 {
      case .captured(let captured): captured
      case .decided(let decision): decision.captured
      default: nil
      }
    }
  }
}

extension Command {
  /// Whether the command differs from host to host.
  package var dependsOnHost: Bool { fragments.contains { if case .host = $0 { true } else { false } } }

  /// The command on one host, host fields quoted.
  package func rendered(for host: Host) throws(RenderingError) -> Rendered { try render(fragments, for: host, quoting: true) }

  /// The text for people before a host is known: host fields by name.
  package var template: String {
    fragments.map { fragment in
      switch fragment {
      case .host(.name): "<host name>"
      case .host(.address): "<host address>"
      case .host(.variable(let name)): "<\(name)>"
      default: Rendered(fragments: [fragment]).shown
      }
    }.joined()
  }
}

extension Text {
  package var dependsOnHost: Bool { plain.dependsOnHost }

  /// The text on one host, as it is.
  package func rendered(for host: Host) throws(RenderingError) -> Rendered { try render(fragments, for: host, quoting: false) }
}

/// A host that lacks what a command asks of it.
package enum RenderingError: Error, Equatable {
  case missingVariable(String, host: String, known: [String])
  /// The variable is a list or an object, which is no one word.
  case compositeVariable(String, host: String)
}

private func render(_ fragments: [Fragment], for host: Host, quoting: Bool) throws(RenderingError) -> Rendered {
  var rendered: [Fragment] = []
  for fragment in fragments {
    var next = fragment
    if case .host(let field) = fragment {
      let text = try host.text(of: field)
      next = .text(quoting ? shellQuoted(text) : text)
    }
    if case .text(let more) = next, case .text(let text)? = rendered.last {
      rendered[rendered.count - 1] = .text(text + more)
    } else {
      rendered.append(next)
    }
  }
  return Rendered(fragments: rendered)
}

extension Host {
  package func text(of field: HostField) throws(RenderingError) -> String {
    switch field {
    case .name: return name
    case .address: return address
    case .variable(let variable):
      guard let value = variables[variable] else {
        throw .missingVariable(variable, host: name, known: variables.keys.sorted())
      }
      guard let text = value.word else { throw .compositeVariable(variable, host: name) }
      return text
    }
  }
}

extension Value {
  /// The value as one word, as Ansible would print it in a template; nothing for lists and objects.
  package var word: String? {
    switch self {
    case .null: ""
    case .bool(let flag): flag ? "True" : "False"
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): text
    case .array, .object: nil
    }
  }
}
