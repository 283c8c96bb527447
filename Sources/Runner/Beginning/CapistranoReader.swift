import Tasks

/// Reads the hosts and roles of one of Capistrano's files: `server`, `role`, `set`.
struct CapistranoReader {
  private var reader: TokenReader
  private let file: String
  private(set) var hosts = FoundHosts()
  private(set) var unread: [String] = []
  /// What `set` has set and is written down.
  private(set) var settings: [String: Literal] = [:]
  private var variables: [String: Literal] = [:]

  init(_ bytes: [UInt8], file: String) {
    reader = TokenReader(bytes, .ruby)
    self.file = file
    readAll()
  }

  /// The user, port and key for all hosts, where they are set.
  var options: (user: String?, port: Int?, key: String?) {
    let ssh = settings["ssh_options"]
    return (
      ssh?["user"]?.text ?? settings["user"]?.text, ssh?["port"]?.number, Self.key(ssh?["keys"])
    )
  }

  private static func key(_ value: Literal?) -> String? { value?.texts?.first.flatMap { HostSyntax.isKeyPath($0) ? $0 : nil } }

  private mutating func readAll() {
    var isAtStart = true
    while let token = reader.current {
      if token.kind == .newline || token.kind == .sign(";") {
        isAtStart = true
        reader.index += 1
      } else if isAtStart, let name = reader.word(), !reader.isSign(".", at: 1) {
        statement(name)
        isAtStart = false
      } else {
        // Blocks of one line, `{ |host| server host }`, hold statements, too.
        isAtStart = token.kind == .sign("|") || token.kind == .word("do")
        reader.index += 1
      }
    }
  }

  private mutating func statement(_ name: String) {
    if reader.isSign("=", at: 1) {
      reader.index += 2
      variables[name] = reader.literal().resolved(variables)
      return
    }
    guard ["server", "role", "set"].contains(name), !reader.isSign("=>", at: 1), !reader.isSign(":", at: 1) else {
      reader.index += 1
      return
    }
    let line = reader.line
    reader.index += 1
    let arguments: Arguments
    if reader.isSign("(") {
      reader.index += 1
      arguments = reader.arguments(until: ")")
    } else {
      arguments = reader.bareArguments()
    }
    switch name {
    case "server": server(arguments, line)
    case "role": role(arguments, line)
    default: set(arguments)
    }
  }

  private mutating func set(_ arguments: Arguments) {
    guard let key = arguments.values.first?.text else { return }
    // `set :ssh_options, user: "x"` has no braces.
    let value = arguments.values.count > 1 ? arguments.values[1] : .pairs(arguments.named)
    settings[key] = value.resolved(variables)
  }

  /// `server "host", user: "deploy", roles: %w[app web]`; version 2 has the roles behind the host: `server "host", :app, :web`.
  private mutating func server(_ arguments: Arguments, _ line: Int) {
    let values = arguments.values.map { $0.resolved(variables) }
    guard let text = values.first?.text else { return miss("server", values.first, line) }
    var roles = values.dropFirst().compactMap(\.text)
    for key in ["roles", "role"] {
      guard let value = arguments[key]?.resolved(variables) else { continue }
      guard let names = value.texts else {
        miss("\(key) of \(text)", value, line)
        continue
      }
      roles += names
    }
    add(text, roles: roles, arguments, line)
  }

  /// `role :app, %w[a b]`, or one host after the other.
  private mutating func role(_ arguments: Arguments, _ line: Int) {
    let values = arguments.values.map { $0.resolved(variables) }
    guard let name = values.first?.text else { return miss("role", values.first, line) }
    for value in values.dropFirst() {
      guard let texts = value.texts else {
        miss("role \(name)", value, line)
        continue
      }
      for text in texts { add(text, roles: [name], arguments, line) }
    }
  }

  private mutating func add(_ text: String, roles: [String], _ arguments: Arguments, _ line: Int) {
    // `all` is every role there is, and every host is in it here.
    guard var host = Host(written: text, roles: roles.filter { $0 != "all" }) else { return miss("a host", .text(text), line) }
    let ssh = arguments["ssh_options"]?.resolved(variables)
    host.user = ssh?["user"]?.text ?? arguments["user"]?.resolved(variables).text ?? host.user
    host.port = ssh?["port"]?.number ?? arguments["port"]?.resolved(variables).number ?? host.port
    if let key = Self.key(ssh?["keys"]) { host.variables[SSHDestination.keyVariable] = .string(key) }
    hosts.add(host)
  }

  private mutating func miss(_ what: String, _ value: Literal?, _ line: Int) {
    unread.append(BeginningWords.unread(file, line, what, value?.shown ?? ""))
  }
}

extension CapistranoReader {
  /// A whole project: what `deploy.rb` or the Capfile says holds for every stage.
  static func read(common: [(file: String, bytes: [UInt8])], stages: [(name: String, file: String, bytes: [UInt8])]) -> Found {
    let shared = common.map { CapistranoReader($0.bytes, file: $0.file) }
    var found = Found(origin: .capistrano, files: common.map(\.file) + stages.map(\.file))
    found.unread = shared.flatMap(\.unread)
    let settings = shared.reduce(into: [String: Literal]()) { $0.merge($1.settings) { $1 } }
    for key in ["application", "repo_url", "repository", "deploy_to", "branch", "linked_files", "linked_dirs", "keep_releases"] {
      if let value = settings[key] { found.facts.append("\(key) is \(value.shown)") }
    }
    let common = shared.map(\.options)
    for stage in stages {
      let reader = CapistranoReader(stage.bytes, file: stage.file)
      found.unread += reader.unread
      var hosts = reader.hosts
      for other in shared { hosts.add(other.hosts) }
      let own = reader.options
      hosts.fill(
        user: own.user ?? common.lazy.compactMap(\.user).first, port: own.port ?? common.lazy.compactMap(\.port).first,
        key: own.key ?? common.lazy.compactMap(\.key).first)
      if !hosts.hosts.isEmpty { found.environments.append(FoundEnvironment(stage.name, hosts)) }
    }
    if stages.isEmpty {
      var hosts = FoundHosts()
      for other in shared { hosts.add(other.hosts) }
      hosts.fill(
        user: common.lazy.compactMap(\.user).first, port: common.lazy.compactMap(\.port).first, key: common.lazy.compactMap(\.key).first)
      if !hosts.hosts.isEmpty { found.environments.append(FoundEnvironment("production", hosts)) }
    }
    return found
  }
}
