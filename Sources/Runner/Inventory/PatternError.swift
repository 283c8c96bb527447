/// Why a pattern cannot be used with an inventory.
package enum PatternError: Error, Equatable {
  /// Nothing, or separators only.
  case empty(pattern: String)
  case term(String, pattern: String, Problem)

  package enum Problem: Sendable, Equatable {
    /// `!` or `&` with nothing behind it, or with another one.
    case noName
    case unclosedBracket
    case unknown(Kind, known: [String])
    /// A glob or regular expression that no role and no host has.
    case noMatch
    case emptyRole
    case emptyInventory
    /// A host and a role that is not just this host have the name.
    case ambiguous
    case index(Int, count: Int)
    case slice(count: Int)
    case reversedSlice
    /// `[0-9]`, which is a slice for Ansible and a set of characters for everybody else.
    case dashedSlice(first: String, last: String)
    case regex
  }

  package enum Kind: Sendable, Equatable {
    case role
    case host
    case roleOrHost
  }
}
