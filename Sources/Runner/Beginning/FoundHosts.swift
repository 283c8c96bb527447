import Tasks

/// The hosts of one environment of another tool, put together from all the places that name them.
struct FoundHosts: Sendable, Equatable {
  private(set) var hosts: [Host] = []

  /// Adds a host, or roles to one that is known; of two users the first one counts.
  mutating func add(_ host: Host) {
    let port = host.port ?? 22
    let same = hosts.firstIndex {
      $0.address == host.address && ($0.port ?? 22) == port && [host.name, "\(host.name)-\(port)"].contains($0.name)
    }
    guard let index = same else {
      var host = host
      // The same machine behind another port has another name.
      if hosts.contains(where: { $0.name == host.name }) { host.name += "-\(port)" }
      return hosts.append(host)
    }
    for role in host.roles where !hosts[index].roles.contains(role) { hosts[index].roles.append(role) }
    hosts[index].user = hosts[index].user ?? host.user
    hosts[index].port = hosts[index].port ?? host.port
    hosts[index].variables.merge(host.variables) { first, _ in first }
  }

  mutating func add(_ others: FoundHosts) { for host in others.hosts { add(host) } }

  /// What is true of all hosts that say nothing else.
  mutating func fill(user: String?, port: Int?, key: String?) {
    for index in hosts.indices {
      hosts[index].user = hosts[index].user ?? user
      hosts[index].port = hosts[index].port ?? port
      if let key, hosts[index].variables[SSHDestination.keyVariable] == nil {
        hosts[index].variables[SSHDestination.keyVariable] = .string(key)
      }
    }
  }

  /// The roles, in the order in which hosts have them.
  var roles: [String] { hosts.flatMap(\.roles).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

extension Host {
  /// `[user@]address[:port]`, checked; nothing when it is nothing that a host can be.
  init?(written text: String, roles: [String] = []) {
    var rest = text[...]
    var user: String?
    if let at = rest.lastIndex(of: "@") {
      user = String(rest[..<at])
      rest = rest[rest.index(after: at)...]
    }
    var port: Int?
    if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
      port = Int(rest[rest.index(after: close)...].dropFirst())
      rest = rest[rest.index(after: rest.startIndex)..<close]
    } else if let colon = rest.firstIndex(of: ":"), rest[rest.index(after: colon)...].allSatisfy(\.isNumber) {
      port = Int(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    }
    let name = String(rest)
    guard HostSyntax.isName(name), HostSyntax.address(name) != nil, user.map(HostSyntax.isUser) ?? true else { return nil }
    guard port.map({ (1...65535).contains($0) }) ?? true else { return nil }
    self.init(name, port: port, user: user, roles: roles)
  }
}

/// An environment of another tool, for the new Deployfile.
struct FoundEnvironment: Sendable, Equatable {
  enum Source: Sendable, Equatable {
    case hosts([Host])
    /// An inventory that is left where it is: our own reading, or Ansible's.
    case path(String)
    case ansible(String)
  }

  var name: String
  var source: Source
  /// Nothing where they are not known here.
  var roles: [String]?
  var hostCount: Int?
  /// Whether roles cover all hosts.
  var isCovered = false
}

/// What was found of another tool.
struct Found: Sendable, Equatable {
  var origin: Invocation.OtherTool
  /// The files that were read, for people.
  var files: [String]
  var environments: [FoundEnvironment] = []
  /// Places that only running the program would tell, a line each.
  var unread: [String] = []
  /// What else it says that a person will want to carry over: `deploy_to` and the like.
  var facts: [String] = []
}

extension FoundEnvironment {
  init(_ name: String, _ found: FoundHosts) {
    self.init(
      name: name, source: .hosts(found.hosts), roles: found.roles, hostCount: found.hosts.count,
      isCovered: found.hosts.allSatisfy { !$0.roles.isEmpty })
  }
}
