import Tasks

/// What `--list` and `--hosts` print.
package enum Listing {
  /// Tasks with their parameters, and environments.
  package static func text(of deployfile: Deployfile) -> String {
    let tasks = deployfile.tasks.map { task in
      ([task.name] + task.parameters.filter(\.isRequired).map { $0.isFlag ? $0.spelling : "\($0.spelling) \($0.placeholder)" })
        .joined(separator: " ")
    }
    var text = deployfile.tasks.isEmpty ? "no tasks\n" : "tasks:\n\(Usage.table(Array(zip(tasks, deployfile.tasks.map(\.summary)))))\n"
    if !deployfile.environments.isEmpty {
      let rows = deployfile.environments.map { ($0.name, $0.isProtected ? "protected: asks before it runs" : "") }
      text += "\nenvironments:\n\(Usage.table(rows))\n"
    }
    return text.safeLines
  }

  package static func json(of deployfile: Deployfile) -> Value {
    [
      "tasks": .array(
        deployfile.tasks.map { task in
          ["name": .string(task.name), "summary": .string(task.summary), "parameters": .array(task.parameters.map(json))]
        }),
      "environments": .array(
        deployfile.environments.map { ["name": .string($0.name), "protected": .bool($0.isProtected)] }),
    ]
  }

  private static func json(of parameter: ParameterDefinition) -> Value {
    var object: [Value.Member] = [
      .init(key: "name", value: .string(parameter.name)),
      .init(key: "type", value: .string(parameter.type)),
      .init(key: "default", value: parameter.defaultText.map(Value.string) ?? .null),
      .init(key: "required", value: .bool(parameter.isRequired)),
      .init(key: "help", value: .string(parameter.help)),
    ]
    if !parameter.choices.isEmpty { object.append(.init(key: "choices", value: .array(parameter.choices.map(Value.string)))) }
    return .object(object)
  }

  /// One line for each host: name, where it is reached, roles.
  package static func text(of hosts: [Host]) -> String {
    let rows = hosts.map { host in
      var address = host.address == host.name ? "" : host.address
      if let port = host.port { address += ":\(port)" }
      if let user = host.user { address = "\(user)@\(address.isEmpty || address.hasPrefix(":") ? host.name + address : address)" }
      return (host.name.safe, [address.safe, host.roles.joined(separator: ", ").safe])
    }
    let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1[0].count).max() ?? 0)
    return rows.map { name, columns in
      var line = name.padded(to: widths.0)
      if widths.1 > 0 { line += "  " + columns[0].padded(to: widths.1) }
      line += "  " + columns[1]
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  package static func json(of hosts: [Host], environment: String?) -> Value {
    [
      "environment": environment.map(Value.string) ?? .null,
      "hosts": .array(
        hosts.map { host in
          [
            "name": .string(host.name), "address": .string(host.address), "port": host.port.map(Value.int) ?? .null,
            "user": host.user.map(Value.string) ?? .null, "roles": .array(host.roles.map(Value.string)),
            "variables": .object(host.variables.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value) }),
          ]
        }),
    ]
  }
}

extension String {
  package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
