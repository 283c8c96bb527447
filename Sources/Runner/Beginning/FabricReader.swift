import Tasks

/// Reads the hosts and roles of a fabfile: version 1's `env` and decorators, version 2's connections, groups and `@task(hosts=...)`.
struct FabricReader {
  private var reader: TokenReader
  private let file: String
  private var known: [String: Literal] = [:]
  /// The function that is being read; one that sets `env.hosts` is an environment.
  private var function: String?
  private var scopes: [Scope] = [Scope(name: nil)]
  private var unread: [String] = []

  /// What is set at the top, or in one function.
  private struct Scope {
    var name: String?
    var hosts = FoundHosts()
    var user: String?
    var port: Int?
    var key: String?
  }

  private init(_ bytes: [UInt8], file: String) {
    reader = TokenReader(bytes, .python)
    self.file = file
  }

  static func read(_ bytes: [UInt8], file: String) -> Found {
    var reader = FabricReader(bytes, file: file)
    reader.readAll()
    return reader.found
  }

  private var found: Found {
    var environments: [FoundEnvironment] = []
    let top = scopes[0]
    let named = scopes.filter { $0.name != nil && !$0.hosts.hosts.isEmpty }
    if !top.hosts.hosts.isEmpty {
      let name = named.contains { $0.name == "production" } ? "default" : "production"
      environments.append(Self.environment(name, top, top))
    }
    environments += named.map { Self.environment($0.name ?? "", $0, top) }
    return Found(origin: .fabric, files: [file], environments: environments, unread: unread)
  }

  private static func environment(_ name: String, _ scope: Scope, _ top: Scope) -> FoundEnvironment {
    var hosts = scope.hosts
    hosts.fill(user: scope.user ?? top.user, port: scope.port ?? top.port, key: scope.key ?? top.key)
    return FoundEnvironment(name, hosts)
  }

  // MARK: Statements

  private mutating func readAll() {
    while let token = reader.current {
      if token.kind == .newline {
        reader.index += 1
        continue
      }
      if token.indentation == 0, !reader.isWord("def"), !reader.isSign("@"), !reader.isSign(")"), !reader.isSign("]"), !reader.isSign("}") {
        function = nil
      }
      readStatement()
    }
  }

  private mutating func readStatement() {
    if reader.isWord("def"), let name = reader.word(at: 1) {
      if reader.current?.indentation == 0 { function = name }
      return reader.skipStatement()
    }
    if reader.isSign("@") { return decorator() }
    if reader.isWord("env"), reader.isSign(".", at: 1) || reader.isSign("[", at: 1) { return setting() }
    if let name = reader.word(), reader.isSign("=", at: 1) { return constant(name) }
    calls(role: nil)
  }

  /// `name = value`, or a group that is called so.
  private mutating func constant(_ name: String) {
    reader.index += 2
    if isHostCall { return calls(role: name) }
    let start = reader.index
    let value = reader.literal().resolved(known)
    if function == nil { known[name] = value }
    // There may be connections in it.
    reader.index = start
    calls(role: nil)
  }

  private mutating func decorator() {
    guard let name = reader.word(at: 1) else { return reader.skipStatement() }
    let line = reader.line
    reader.index += 2
    while reader.isSign("."), reader.word(at: 1) != nil { reader.index += 2 }
    guard reader.isSign("(") else { return reader.skipStatement() }
    reader.index += 1
    let arguments = reader.arguments(until: ")")
    if name == "hosts" {
      for value in arguments.values { add(value, roles: [], "@hosts", line, toTop: true) }
    } else if let value = arguments["hosts"] {
      add(value, roles: [], "@\(name)(hosts=...)", line, toTop: true)
    }
  }

  // MARK: env

  private mutating func setting() {
    let line = reader.line
    var path = "env"
    reader.index += 1
    while true {
      if reader.isSign("."), let name = reader.word(at: 1) {
        path += ".\(name)"
        reader.index += 2
      } else if reader.isSign("[") {
        reader.index += 1
        let keys = reader.arguments(until: "]").values
        path += ".\(keys.first?.resolved(known).text ?? "?")"
      } else {
        break
      }
    }
    if reader.isSign("=") || reader.isSign("+=") {
      reader.index += 1
      set(path, reader.literal().resolved(known), line)
    } else if reader.isSign("(") {
      reader.index += 1
      let arguments = reader.arguments(until: ")")
      let place = path.split(separator: ".").dropLast().joined(separator: ".")
      for value in arguments.values { set(place, value.resolved(known), line) }
    } else {
      reader.skipStatement()
    }
  }

  private mutating func set(_ path: String, _ value: Literal, _ line: Int) {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count > 1 else { return }
    switch parts[1] {
    case "hosts": add(value, roles: [], path, line)
    case "roledefs" where parts.count == 3: add(value["hosts"] ?? value, roles: [parts[2]], path, line)
    case "roledefs":
      guard case .pairs(let pairs) = value else {
        if value != .list([]) { miss(path, value, line) }
        return
      }
      for pair in pairs { add((pair.value["hosts"] ?? pair.value).resolved(known), roles: [pair.key], "\(path)[\"\(pair.key)\"]", line) }
    case "user": scope { $0.user = value.text }
    case "port": scope { $0.port = value.number }
    case "key_filename": scope { $0.key = value.texts?.first.flatMap { HostSyntax.isKeyPath($0) ? $0 : nil } }
    case "gateway": unread.append("\(file):\(line): env.gateway: say ProxyJump in ~/.ssh/config, or in ansible_ssh_common_args")
    default: break
    }
  }

  private mutating func scope(_ change: (inout Scope) -> Void) { change(&scopes[scopeIndex(toTop: false)]) }

  private mutating func scopeIndex(toTop: Bool) -> Int {
    guard let function, !toTop else { return 0 }
    if let index = scopes.firstIndex(where: { $0.name == function }) { return index }
    scopes.append(Scope(name: function))
    return scopes.count - 1
  }

  // MARK: Version 2

  private var isHostCall: Bool {
    ["Connection", "SerialGroup", "ThreadingGroup", "Group"].contains(reader.word() ?? "") && reader.isSign("(", at: 1)
  }

  /// Every connection and group up to the end of the statement.
  private mutating func calls(role: String?) {
    let start = reader.index
    reader.skipStatement()
    let end = reader.index
    reader.index = start
    while reader.index < end {
      guard isHostCall, let name = reader.word() else {
        reader.index += 1
        continue
      }
      let line = reader.line
      reader.index += 2
      let arguments = reader.arguments(until: ")")
      let user = arguments["user"]?.resolved(known).text, port = arguments["port"]?.resolved(known).number
      let values = (arguments["host"].map { [$0] } ?? []) + (name == "Connection" ? Array(arguments.values.prefix(1)) : arguments.values)
      let roles = name == "Connection" ? [] : role.map { [$0] } ?? []
      for value in values { add(value, roles: roles, name, line, toTop: true, user: user, port: port) }
    }
    reader.index = max(reader.index, end)
  }

  // MARK: Hosts

  private mutating func add(
    _ value: Literal, roles: [String], _ what: String, _ line: Int, toTop: Bool = false, user: String? = nil, port: Int? = nil
  ) {
    let value = value.resolved(known)
    guard let texts = value.texts else { return miss(what, value, line) }
    for text in texts {
      guard var host = Host(written: text, roles: roles) else {
        miss(what, .text(text), line)
        continue
      }
      host.user = host.user ?? user
      host.port = host.port ?? port
      scopes[scopeIndex(toTop: toTop)].hosts.add(host)
    }
  }

  private mutating func miss(_ what: String, _ value: Literal, _ line: Int) {
    unread.append(BeginningWords.unread(file, line, what, value.shown))
  }
}
