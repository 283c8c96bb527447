import Tasks

/// The command line as a value.
package struct Invocation: Sendable, Equatable {
  package enum Action: Sendable, Equatable {
    case list
    case hosts(String?)
    case help(String?)
    case version
    case check
    case plan
    case run
    /// An ad-hoc command on the hosts of a pattern.
    case on(String, command: [String])
    case history
    /// Goes on with a run: the one that begins with these letters, or the last one.
    case resume(String?)
    case unlock(String)
    /// Tells of a run that was: the one that begins with these letters, or the last one.
    case report(String?)
    /// Looks at this machine and at the hosts of a pattern.
    case doctor(String?)
    /// Makes a Deployfile.
    case begin
    /// Logs in on the one host that this pattern selects.
    case shell(String)
    /// Prints the completion script of a shell.
    case completion(CompletionShell)
  }

  /// What a person says of steps of a resumed run of which nobody knows whether they were done.
  package enum UnknownSteps: String, Sendable, CaseIterable {
    case again, done
  }

  /// Where `--init` takes hosts from.
  package enum OtherTool: String, Sendable, CaseIterable {
    case fabric, capistrano, deployer, ansible, nothing
  }

  package enum Format: String, Sendable, CaseIterable {
    case live, plain, json
  }

  /// A file that tells of a run, and what it holds.
  package struct Output: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
      case html, md, xml, jsonl
    }

    package var kind: Kind
    package var path: String

    /// Nothing for a name that ends in another way.
    package init?(_ path: String) {
      guard let dot = path.lastIndex(of: "."), let kind = Kind(rawValue: path[path.index(after: dot)...].lowercased()) else { return nil }
      self.kind = kind
      self.path = path
    }
  }

  /// How much people see.
  package enum Detail: Int, Sendable, Comparable {
    case quiet, usual, verbose
    package static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
  }

  package var action = Action.list
  package var calls: [TaskCall] = []
  package var environment: String?
  package var limit: String?
  package var jobs: Int?
  package var answersYes = false
  package var unknownSteps: UnknownSteps?
  package var origins: [OtherTool] = []
  package var asksSudoPassword = false
  package var inventory: String?
  /// Whether ssh takes down the keys of hosts that it does not know, and goes on.
  package var acceptsNewHostKeys = false
  /// Whether files that others could have written are used all the same.
  package var trustsFiles = false
  /// Nothing chooses what suits where the output goes.
  package var format: Format?
  /// Files that tell of the run, too.
  package var outputs: [Output] = []
  package var wantsJSON = false
  /// Only how the plan differs from the last run's.
  package var wantsDifference = false
  /// Whether the report's page is shown at once.
  package var opensReport = false
  package var detail = Detail.usual
}

extension Invocation {
  package var trust: FileTrust { FileTrust(isOff: trustsFiles) }
}

/// One task as it is called: with its environment, and the words given to its parameters.
package struct TaskCall: Sendable, Equatable {
  package var task: String
  package var environment: String?
  package var words: [String: [String]] = [:]
}
