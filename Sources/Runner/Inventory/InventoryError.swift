import Tasks

/// Why an inventory cannot be used.
package enum InventoryError: Error, Equatable {
  /// A file or folder as a whole.
  case file(String, FileProblem)
  /// Somebody else could have written it.
  case untrusted(FileTrust.Problem)
  /// What is written at a place.
  case text(Place, TextProblem)
  /// A group that is used but nowhere declared; with the groups that are.
  case undefinedGroup(Place, name: String, use: GroupUse, known: [String])
  /// Groups that hold each other.
  case loop(Place, child: String, parent: String)
  /// `ungrouped` as a child: Ansible loses its hosts then.
  case ungroupedChild(Place, parent: String)
  /// A host that must not be handed to ssh.
  case host(Place?, name: String, HostProblem)
  case program([String], ProgramProblem)
  /// A Chef server, by its address.
  case chef(String, ChefError)
  /// JSON that is not in Ansible's format; the path leads to the wrong member.
  case shape(Place, path: [String], expected: Shape)

  package enum FileProblem: Sendable, Equatable {
    case unreadable(SystemError)
    case empty
    /// A file of the source, which may be the folder that it is in.
    case unsupported(Format, source: String)
    /// Variables of a group or host beside the inventory, in a format that is not read.
    case unsupportedVariables(Format, of: String)
    /// It begins with `#!` but nobody may execute it.
    case notExecutable
    case emptyFolder
    case json(JSONError)
    case tooManyHosts(limit: Int)
  }

  package enum Format: Sendable, Equatable {
    case yaml
    case toml
    case vault
  }

  package enum TextProblem: Sendable, Equatable {
    case notUTF8
    case unknownSection(group: String, kind: String)
    case malformedSection(String)
    case unclosedQuote
    case danglingEscape
    case noAssignment(String)
    case malformedGroupName(String)
    case emptyHostName
    case danglingColon(String)
    case range(String, RangeProblem)
    case priority(String)
  }

  package enum RangeProblem: Error, Equatable {
    case unbalanced
    case parts
    case noEnd
    case unequalPadding
    case bounds
    case step
    /// It selects nothing: its end is before its begin.
    case empty
    case tooLong(limit: Int)
    case inLongName(limit: Int)
  }

  package enum GroupUse: Sendable, Equatable {
    case variables
    case child(of: String)
  }

  package enum HostProblem: Error, Equatable {
    case name
    /// `user@host` as a name.
    case userInName(user: String, host: String)
    case address(String)
    case user(String)
    case port(String)
    /// The path of a private key.
    case keyFile(String)
    /// Words for ssh.
    case arguments(variable: String, SSHArgumentProblem)
    /// A Jinja template, which only Ansible can fill in.
    case template(variable: String, String)
    case duplicate
  }

  package enum ProgramProblem: Sendable, Equatable {
    case notStarted(SystemError)
    case missing
    case status(Int32, errorOutput: String)
    case json(JSONError)
  }

  package enum Shape: Sendable, Equatable {
    case object
    case hostNames
    case groupNames
    case name
    case group
  }
}
