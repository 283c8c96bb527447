import Tasks

/// Reads the hosts of a deploy.php: `host(...)` and what is set on it, in the words of versions 6 and 7.
struct DeployerReader {
  private var reader: TokenReader
  private let file: String
  private var environments: [(name: String, hosts: FoundHosts)] = []
  private var unread: [String] = []
  private var settings: [String: Literal] = [:]

  private init(_ bytes: [UInt8], file: String) {
    reader = TokenReader(bytes, .php)
    self.file = file
  }

  static func read(_ bytes: [UInt8], file: String) -> Found {
    var reader = DeployerReader(bytes, file: file)
    reader.readAll()
    var found = Found(origin: .deployer, files: [file], unread: reader.unread)
    let user = (reader.settings["remote_user"] ?? reader.settings["user"])?.text
    for (name, hosts) in reader.environments {
      var hosts = hosts
      hosts.fill(user: user, port: reader.settings["port"]?.number, key: nil)
      found.environments.append(FoundEnvironment(name, hosts))
    }
    for key in ["application", "repository", "deploy_path", "branch", "shared_files", "shared_dirs", "keep_releases"] {
      if let value = reader.settings[key] { found.facts.append("\(key) is \(value.shown)") }
    }
    return found
  }

  private mutating func readAll() {
    while let token = reader.current {
      guard case .word(let name) = token.kind, reader.isSign("(", at: 1) else {
        reader.index += 1
        continue
      }
      // A method of something else, or the definition of a function.
      let before = reader.index > 0 ? reader.tokens[reader.index - 1].kind : .newline
      guard before != .sign("->"), before != .sign("::"), before != .word("function"), before != .word("new") else {
        reader.index += 1
        continue
      }
      switch name {
      case "host", "localhost": host(isLocal: name == "localhost")
      case "set": set()
      case "inventory", "import": include(name)
      default: reader.index += 1
      }
    }
  }

  private mutating func set() {
    reader.index += 2
    let arguments = reader.arguments(until: ")")
    if let key = arguments.values.first?.text, arguments.values.count > 1 { settings[key] = arguments.values[1] }
  }

  /// Only a file of hosts is missed: recipes are imported, too.
  private mutating func include(_ name: String) {
    let line = reader.line
    reader.index += 2
    let file = reader.arguments(until: ")").values.first
    guard let text = file?.text, name == "import", !text.hasSuffix(".yml"), !text.hasSuffix(".yaml") else {
      return unread.append(BeginningWords.unread(self.file, line, name, file?.shown ?? ""))
    }
  }

  private mutating func host(isLocal: Bool) {
    let line = reader.line
    reader.index += 2
    let arguments = reader.arguments(until: ")")
    var traits = HostTraits()
    reader.skipNewlines()
    while reader.isSign("->") || reader.isSign("?->"), let method = reader.word(at: 1), reader.isSign("(", at: 2) {
      reader.index += 3
      let values = reader.arguments(until: ")")
      traits.read(method, values.values)
      for key in traits.missed { unread.append(BeginningWords.unread(file, line, "\(key) of a host", values.values.last?.shown ?? "")) }
      traits.missed = []
      reader.skipNewlines()
    }
    let names = arguments.values.isEmpty && isLocal ? [.text("localhost")] : arguments.values
    for name in names {
      guard let texts = name.texts else {
        unread.append(BeginningWords.unread(file, line, isLocal ? "localhost" : "host", name.shown))
        continue
      }
      for text in texts { add(text, traits, isLocal: isLocal, line) }
    }
  }

  private mutating func add(_ text: String, _ traits: HostTraits, isLocal: Bool, _ line: Int) {
    // Ranges are Ansible's; what stands behind a slash tells several hosts at one address apart.
    let expanded = (try? HostRange.expand(text, at: Place(file, line: line))) ?? [text]
    for name in expanded {
      let address = traits.address ?? name.split(separator: "/").first.map(String.init) ?? name
      guard var host = Host(written: address, roles: traits.roles) else {
        unread.append(BeginningWords.unread(file, line, "host", "\"\(address)\""))
        continue
      }
      let alias = name.replacing("/", with: "-")
      if HostSyntax.isName(alias) { host.name = alias }
      host.user = traits.user ?? host.user
      host.port = traits.port ?? host.port
      if let key = traits.key { host.variables[SSHDestination.keyVariable] = .string(key) }
      if isLocal { host.variables["ansible_connection"] = "local" }
      let environment = traits.environment ?? "production"
      if let index = environments.firstIndex(where: { $0.name == environment }) {
        environments[index].hosts.add(host)
      } else {
        var hosts = FoundHosts()
        hosts.add(host)
        environments.append((environment, hosts))
      }
    }
  }
}

/// What is set on a host of Deployer's.
private struct HostTraits {
  var address: String?
  var user: String?
  var port: Int?
  var key: String?
  var environment: String?
  var roles: [String] = []
  /// What was set, and cannot be told.
  var missed: [String] = []

  /// `->setPort(22)` is `->set('port', 22)`, and in version 6 `->port(22)`.
  mutating func read(_ method: String, _ values: [Literal]) {
    if method == "set", let key = values.first?.text, values.count > 1 { return apply(key, values[1]) }
    if ["setLabels", "labels"].contains(method), let value = values.first { return apply("labels", value) }
    let plain = method.hasPrefix("set") ? method.dropFirst(3).lowercased() : method.lowercased()
    let names = ["remoteuser": "remote_user", "identityfile": "identity_file"]
    let key = names[plain] ?? plain
    if key == "roles" || key == "role" { return apply("role", .list(values.flatMap(\.flat))) }
    if let value = values.first { apply(key, value) }
  }

  private mutating func apply(_ key: String, _ value: Literal) {
    switch key {
    case "hostname": address = known(key, value.text)
    case "remote_user", "user": user = known(key, value.text)
    case "port": port = known(key, value.number)
    case "identity_file": self.key = value.text.flatMap { HostSyntax.isKeyPath($0) ? $0 : nil }
    case "stage", "env", "environment": environment = known(key, value.text)
    case "role", "roles": roles += known(key, value.texts) ?? []
    case "labels":
      if case .list(let items) = value, items.isEmpty { return }
      guard case .pairs(let pairs) = value else { return missed.append(key) }
      for pair in pairs where ["stage", "env", "environment", "role", "roles"].contains(pair.key) { apply(pair.key, pair.value) }
    default: break
    }
  }

  private mutating func known<Value>(_ key: String, _ value: Value?) -> Value? {
    if value == nil { missed.append(key) }
    return value
  }
}

extension Literal {
  /// Lists taken apart.
  fileprivate var flat: [Literal] { if case .list(let items) = self { items.flatMap(\.flat) } else { [self] } }
}
