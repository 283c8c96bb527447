extension InventoryError.TextProblem {
  var message: String {
    switch self {
    case .notUTF8: "the line is not UTF-8"
    case .unknownSection(let group, let kind): "[\(Failure.visible(group)):\(Failure.visible(kind))] is no kind of section"
    case .malformedSection(let text): "\(Failure.visible(text)) is no section header"
    case .unclosedQuote: "a quote is not closed"
    case .danglingEscape: "a backslash stands at the end of the line"
    case .noAssignment(let text): "expected variable=value, found \"\(Failure.visible(text))\""
    case .malformedGroupName(let text): "expected the name of a group, found \"\(Failure.visible(text))\""
    case .emptyHostName: "the host has no name"
    case .danglingColon(let text): "\"\(Failure.visible(text))\" ends in a colon, which should be followed by a port"
    case .range(let pattern, let problem): "the range in \"\(Failure.visible(pattern))\" \(problem.words)"
    case .priority(let text): "ansible_group_priority must be a whole number, not \"\(Failure.visible(text))\""
    }
  }

  var help: String {
    switch self {
    case .unknownSection(let group, let kind):
      didYouMean(kind, among: ["hosts", "children", "vars"])
        ?? "Write [\(Failure.visible(group))], [\(Failure.visible(group)):children] or [\(Failure.visible(group)):vars]."
    case .malformedSection: "A group's name has no blanks, no colon and no brackets."
    case .noAssignment(let text) where text == ";": "Comments behind a host begin with #."
    case .noAssignment: "Put a value with blanks in quotes: name=\"two words\""
    case .danglingColon: "If this is a YAML inventory, name the file .yml and write inventory: .ansible(\"...\")."
    case .notUTF8: "Save the file as UTF-8."
    case .unclosedQuote: "Put a backslash before a quote that is meant as it is."
    case .range: "Ranges look like web[01:10], web[1:9:2] or db-[a:f]."
    case .danglingEscape: "Take it out, or double it."
    case .malformedGroupName: "A line below [...:children] holds the name of one group."
    case .emptyHostName: "A line begins with the name of a host."
    case .priority: "Write a number, or leave it out: it is 1 then."
    }
  }
}

extension InventoryError.RangeProblem {
  var words: String {
    switch self {
    case .unbalanced: "has no closing bracket, or a bracket too many"
    case .parts: "is not begin:end or begin:end:step"
    case .noEnd: "has no end"
    case .unequalPadding: "has a begin and an end of different lengths, though the begin has zeros in front"
    case .bounds: "is neither between two numbers nor between two letters"
    case .step: "has a step that is no number above zero"
    case .empty: "ends before it begins"
    case .tooLong(let limit): "makes more than \(limit) hosts"
    case .inLongName(let limit): "stands in a name of more than \(limit) bytes"
    }
  }
}

extension InventoryError.HostProblem {
  func message(_ name: String) -> String {
    let name = Failure.visible(name)
    return switch self {
    case .name: "\"\(name)\" cannot be the name of a host"
    case .userInName: "\"\(name)\" has a user in the name of the host"
    case .address(let text) where Failure.visible(text) == name: "\"\(name)\" cannot be the address of a host"
    case .address(let text): "\"\(Failure.visible(text))\" cannot be the address of \"\(name)\""
    case .user(let text): "\"\(Failure.visible(text))\" cannot be the user of \"\(name)\""
    case .port(let text): "\"\(Failure.visible(text))\" cannot be the port of \"\(name)\""
    case .keyFile(let text): "\"\(Failure.visible(text))\" cannot be the key file of \"\(name)\""
    case .arguments(let variable, let problem): "\(variable) of \"\(name)\" \(problem.words)"
    case .template(let variable, let text):
      "\(variable) of \"\(name)\" is a template, which only Ansible fills in: \(Failure.visible(text))"
    case .duplicate: "the host \"\(name)\" is listed twice"
    }
  }

  var help: String {
    switch self {
    case .name: "Names have letters, digits, \".\", \"_\" and \"-\", and begin with a letter, a digit or \"_\"."
    case .userInName(let user, let host): "Write: \(host) ansible_user=\(user)"
    case .address: "Addresses are IP addresses, or letters, digits, \".\", \"_\" and \"-\" with a letter or digit at both ends."
    case .user: "Users have letters, digits, \".\", \"_\" and \"-\", and begin with a letter, a digit or \"_\"."
    case .port: "Ports are numbers from 1 to 65535."
    case .keyFile: "Paths of keys do not begin with \"-\", and have no quotes, \"$\", \"\\\" and control characters."
    case .arguments(_, let problem): problem.help
    case .template: "Write the value itself."
    case .duplicate: "Give it all its roles at once: host(\"...\", roles: [\"web\", \"db\"])"
    }
  }
}

extension InventoryError.Format {
  var words: String {
    switch self {
    case .yaml: "YAML"
    case .toml: "TOML"
    case .vault: "an encrypted vault"
    }
  }
}

extension InventoryError.Shape {
  var words: String {
    switch self {
    case .object: "an object"
    case .hostNames: "a list of host names"
    case .groupNames: "a list of group names"
    case .name: "a name without control characters"
    case .group: "a list of hosts, or an object with hosts, vars or children"
    }
  }
}
