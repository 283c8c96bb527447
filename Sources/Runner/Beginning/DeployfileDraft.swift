import Tasks

/// A new Deployfile: environments that were found, or two hosts that are this machine.
struct DeployfileDraft: Sendable {
  private(set) var environments: [FoundEnvironment] = []
  let found: [Found]

  init(_ found: [Found]) {
    self.found = found.filter { !$0.environments.isEmpty }
    for found in self.found {
      for environment in found.environments {
        var environment = environment
        environment.name = Self.unused(Self.word(environment.name), of: found.origin, environments.map(\.name))
        environments.append(environment)
      }
    }
  }

  /// Whether nothing was found, so that there is an inventory to be made as well.
  var isPlain: Bool { environments.isEmpty }

  /// What an environment may be called.
  private static func word(_ name: String) -> String {
    let word = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" }.drop { !$0.isLetter && !$0.isNumber })
    return word.isEmpty ? "production" : word
  }

  /// Two tools may know an environment by one name, and mean other hosts; and "local" is ours.
  private static func unused(_ name: String, of origin: Invocation.OtherTool, _ known: [String]) -> String {
    if name != "local", !known.contains(name) { return name }
    var candidate = "\(origin.rawValue)-\(name)", number = 2
    while known.contains(candidate) {
      candidate = "\(origin.rawValue)-\(name)-\(number)"
      number += 1
    }
    return candidate
  }

  /// The roles that a task may name, because every environment has them.
  var commonRoles: [String] {
    guard let first = environments.first?.roles else { return [] }
    return first.filter { role in
      role != "all" && role != "ungrouped" && environments.allSatisfy { $0.roles?.contains(role) ?? false }
    }
  }

  /// Whether the hosts of the common roles are all that there are.
  private var isCovered: Bool {
    environments.allSatisfy { environment in
      switch environment.source {
      case .hosts(let hosts): hosts.allSatisfy { !Set($0.roles).isDisjoint(with: commonRoles) }
      case .path, .ansible: environment.isCovered && Set(environment.roles ?? []).isSubset(of: commonRoles)
      }
    }
  }

  /// `all`, and a role each.
  private var blocks: [String] { (isCovered && !commonRoles.isEmpty ? [] : ["all"]) + commonRoles }

  // MARK: Text

  var text: String { isPlain ? Self.plain : "\(head)\n\(deploy)\n\(Self.status)\n\(list)" }

  private var head: String {
    var text =
      "// Made by run --init from \(Self.comment(found.flatMap(\.files).joined(separator: ", "))): hosts and roles are theirs, the steps are yours to fill in.\n"
    for found in found where !found.facts.isEmpty {
      text += "//\n// \(found.origin.title) says:\n" + found.facts.map { "//   \(Self.comment($0))\n" }.joined()
    }
    return text + "import Tasks\n"
  }

  private var deploy: String {
    var text = """
      /// What a deploy does: replace each echo by steps such as run, upload, sync, restart and waitFor. A host that fails stops it.
      let deploy = task("deploy", "Put a new version onto every host") {

      """
    for block in blocks {
      text += """
          hosts(\(Self.pattern(block))) {
            serially { run("echo deploying \(block == "all" ? "" : Self.escaped(shellQuoted(block)) + " ")to \\(host: .name)").named(\(Self.quoted(block == "all" ? "deploy" : "deploy \(block)"))) }
          }

        """
    }
    return text + "}\n"
  }

  private static let status = """
    let status = task("status", "Free disk of every host") {
      hosts("all") { run("uname -n && df -h /") }
    }

    """

  private var list: String {
    var text = "let deployfile = Deployfile {\n"
    for environment in environments { text += Self.declaration(environment) }
    let roles = blocks.filter { $0 != "all" }.map(Self.quoted).joined(separator: ", ")
    let role = roles.isEmpty ? "" : ", roles: [\(roles)]"
    text += """
        // This machine, to try things out: run deploy:local
        environment(
          "local", inventory: .hosts { host("localhost"\(role), variables: ["ansible_connection": "local"]) })

      """
    return text + "  deploy\n  status\n}\n"
  }

  private static func declaration(_ environment: FoundEnvironment) -> String {
    let name = quoted(environment.name)
    // Two of one name have got a number.
    let last = environment.name.split(separator: "-").last { Int($0) == nil } ?? ""
    let guarded = ["production", "prod", "live"].contains(last) ? ", protected: true" : ""
    switch environment.source {
    case .path(let path): return "  environment(\(name), inventory: \(quoted(path))\(guarded))\n"
    case .ansible(let path): return "  environment(\(name), inventory: .ansible(\(quoted(path)))\(guarded))\n"
    case .hosts(let hosts):
      let lines = hosts.map { "      \(line($0))\n" }.joined()
      return "  environment(\n    \(name),\n    inventory: .hosts {\n\(lines)    }\(guarded))\n"
    }
  }

  private static func line(_ host: Host) -> String {
    var words = [quoted(host.name)]
    if host.address != host.name { words.append("address: \(quoted(host.address))") }
    if let port = host.port { words.append("port: \(port)") }
    if let user = host.user { words.append("user: \(quoted(user))") }
    if !host.roles.isEmpty { words.append("roles: [\(host.roles.map(quoted).joined(separator: ", "))]") }
    if !host.variables.isEmpty {
      let members = host.variables.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(quoted($0.value.plainText))" }
      words.append("variables: [\(members.joined(separator: ", "))]")
    }
    return "host(\(words.joined(separator: ", ")))"
  }

  /// A role whose name would be read as more than a name stands alone.
  private static func pattern(_ role: String) -> String {
    let isPlain =
      role.utf8.first.map { !"~!&".utf8.contains($0) } ?? false && role.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    return isPlain ? quoted(role) : ".role(\(quoted(role)))"
  }

  static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// As the inside of a Swift string.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case _ where scalar.properties.generalCategory == .control: result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// On one line, whatever is in it.
  private static func comment(_ text: String) -> String { text.map { $0.isNewline ? " " : String($0) }.joined() }
}

extension Invocation.OtherTool {
  /// As people write it.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
