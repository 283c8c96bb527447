extension PatternError.Problem {
  func message(_ term: String) -> String {
    switch self {
    case .noName: "\"\(term)\" has no name after its sign"
    case .unclosedBracket: "a bracket in \"\(term)\" has no partner"
    case .unknown(.role, _): "there is no role \"\(term)\" in the inventory"
    case .unknown(.host, _): "there is no host \"\(term)\" in the inventory"
    case .unknown(.roleOrHost, _): "\"\(term)\" matches no role and no host of the inventory"
    case .noMatch: "\"\(term)\" matches no role and no host of the inventory"
    case .emptyRole: "the role \"\(term)\" has no hosts"
    case .emptyInventory: "\"\(term)\" selects nothing, for the inventory has no hosts"
    case .ambiguous: "\"\(term)\" is both a host and a role with other hosts"
    case .index(let index, let count): "\"\(term)\" asks for host \(index) of \(count)"
    case .slice(let count): "\"\(term)\" begins after the last of \(count) hosts"
    case .reversedSlice: "\"\(term)\" ends before it begins"
    case .dashedSlice(let first, let last): "[\(first)-\(last)] in \"\(term)\" could be a slice or a set of characters"
    case .regex: "\"\(term)\" is no regular expression"
    }
  }

  func help(_ term: String) -> String {
    let name = term.hasPrefix("!") || term.hasPrefix("&") ? String(term.dropFirst()) : term
    switch self {
    case .unknown(_, let known):
      if let near = didYouMean(name, among: known) { return near }
      if name.contains(":") { return "In a pattern with commas, only commas separate terms." }
      if ["localhost", "127.0.0.1", "::1"].contains(name) { return "To use it, list it: \(name) ansible_connection=local" }
      return "Roles and hosts: run --hosts"
    case .noMatch, .emptyRole: return "Roles and hosts: run --hosts"
    case .ambiguous: return "Rename one of them, or say which in Swift: .role(\"\(name)\") or .host(\"\(name)\")"
    case .index, .slice: return "The first host is 0, the last is -1."
    case .dashedSlice(let first, let last): return "Write [\(first):\(last)] for a slice, or ~name[\(first)-\(last)] for characters."
    case .regex: return "With colons in a regular expression, separate terms by commas."
    case .noName: return "A sign stands in front of a name, for example web:!web3."
    case .unclosedBracket: return "Write web[0] for one host of a role, web[0:3] for some of them."
    case .emptyInventory: return "List hosts in the inventory."
    case .reversedSlice: return "Write the smaller number first."
    }
  }
}
