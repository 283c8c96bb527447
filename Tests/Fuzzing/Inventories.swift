import Runner
import Tasks
import TestSupport

extension Fuzzed {
  private static let values = [
    "1", "-1", "0x1f", "1_000", "1.5", "1e400", "True", "None", "'a b'", "\"c\"", "['x', 2]", "{'k': 'v'}", "(1,)", "b'x'", "'\\x41'",
    "...", "{{ x }}",
    "99999999999999999999", "[[[[", "\\",
  ]

  static let ini = Fuzzed(
    "ini",
    samples: [
      "[web]\nweb[01:10:2].example.com rack=3 tags=\"['x', 'y']\"\n\n[db]\ndb1:2222 ansible_user=deploy\n[2001:db8::5]:22\n",
      "lone\n[eu:children]\nweb\ndb\n[web]\nw1\n[db]\nd-[a:c]\n[eu:vars]\nregion=eu # comment\nansible_group_priority=10\n",
      "# c\n; c\n[a]\nx ansible_host=10.0.0.1 ansible_port=22\ny ansible_connection=local\n[a:vars]\nv={'k': [1, 2.5, None, True, (1,), 'é']}\n",
    ],
    tokens: [
      "\n", "\n", "\n", "\r\n", " ", "\t", "[", "]", ":", "=", "#", ";", "web", "db", "all", "ungrouped", "[web]\n", "[db]\n",
      "[x:children]\n", "[web:vars]\n",
      "[x:hosts]\n", ":children", ":vars", "w1", "w[1:3]", "[a:c]", "[01:20:3]", "[3:1]", "h:22", "[::1]:22", "2001:db8::[1:9]", "a.b.c",
      "-", "_", "é",
      "\u{2028}", "\u{85}", "\u{1b}[31m", "\u{feff}", "ansible_host=", "ansible_port=", "ansible_user=", "ansible_group_priority=", "k=",
      "\"", "'", "\\", "|",
    ] + values,
    shapes: [
      Shape("hosts", "[web]\n") { "web\($0).example.com a=1\n" }, Shape("one host again and again", repeating: "web1 a=1\n"),
      Shape("groups") { "[g\($0)]\nh\n" }, Shape("groups of variables, none declared") { "[g\($0):vars]\na=1\n" },
      Shape("children, none declared", "[all:children]\n") { "g\($0)\n" },
      Shape("groups in a group", "[top:children]\n") { "g\($0)\n[g\($0)]\n[top:children]\n" },
      Shape("one group more often than once", "[top:children]\n", repeating: "g\n", "[g]\n"),
      Shape("a group in groups") { "[g\($0):children]\nx\n[x]\n" }, Shape("variables", "[all:vars]\n") { "k\($0)=\($0)\n" },
      Shape("variables of a host", "h") { " k\($0)=\($0)" }, Shape("a long word", "h v=", repeating: "x"),
      Shape("a long name", repeating: "x"),
      Shape("many brackets", "h", repeating: "["), Shape("many ranges", "h", repeating: "[1:1]"),
      Shape("many colons", "h", repeating: ":1"),
      Shape("many zeros", "h[1:", repeating: "0", "]"), Shape("a deep list", "h v=", repeating: "["),
      Shape("a long list", "h v=[", repeating: "1,", "]"),
      Shape("a long dictionary", "[all:vars]\nv={", "}") { "'k\($0)': 1, " }, Shape("a long set", "[all:vars]\nv={0", "}") { ", \($0)" },
      Shape("a long tuple", "[all:vars]\nv=", repeating: "(1),"), Shape("many strings", "[all:vars]\nv=", repeating: "'a' "),
      Shape("many signs", "[all:vars]\nv=", repeating: "-"), Shape("many escapes", "[all:vars]\nv='", repeating: "\\x41", "'"),
      Shape("digits", "[all:vars]\nv=", repeating: "9"), Shape("underscores", "[all:vars]\nv=1", repeating: "_1"),
      Shape("quotes", "h ", repeating: "\"\""), Shape("empty lines", repeating: "\n"), Shape("comments", repeating: "# x\n"),
      Shape("an unknown kind", "[web:", repeating: "x", "]"), Shape("not UTF-8 in the end", repeating: "a\n", "\u{FFFD}"),
      Shape("a section that is none", "[", repeating: "a ", "]"),
    ],
    parse: { bytes in _ = result(ini: bytes) },
    check: { bytes, _ in
      let result = Fuzzed.result(ini: bytes)
      if let problem = check(result, again: Fuzzed.result(ini: bytes)) { return problem }
      guard !bytes.contains(0x0D), !bytes.contains(0) else { return nil }
      // Lines may end as on Windows; that moves nothing.
      let windows = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
      return Fuzzed.result(ini: windows) == result ? nil : "CRLF makes a difference"
    })

  static let dynamic = Fuzzed(
    "dynamic",
    samples: [
      #"{"web": {"hosts": ["w1", "w2"], "vars": {"a": 1}, "children": ["x"]}, "x": ["h"], "_meta": {"hostvars": {"w1": {"p": [1, null, "é"]}}}}"#,
      #"{"all": {"children": {"eu": {"hosts": {"e[1:3]": null, "e9:22": {"v": true}}}, "us": {}}}, "us": {"hosts": ["u1"]}}"#,
      #"{"db": ["d1"], "_meta": {"hostvars": {"d1": {"ansible_host": "10.0.0.1", "ansible_port": 22, "x": {"__ansible_unsafe": "{{"}}}}}"#,
    ],
    tokens: [
      "{", "}", "[", "]", ",", ":", " ", "\n", "\"", "\"web\"", "\"hosts\"", "\"vars\"", "\"children\"", "\"_meta\"", "\"hostvars\"",
      "\"w1\"", "\"all\"",
      "\"ungrouped\"", "\"w[1:3]\"", "\"h:22\"", "\"[::1]\"", "\"\"", "\"\\u001b\"", "null", "true", "1", "-1", "1.5", "1e400", "{}", "[]",
      "{\"a\": [\"h\"]}",
      "\"ansible_host\"", "\"ansible_port\"", "\"ansible_group_priority\"", "{\"__ansible_unsafe\": ", "\\", "\\ud800", "é",
    ],
    shapes: [
      Shape("hosts", "{\"web\": [\"a\"", "]}") { ", \"h\($0)\"" }, Shape("groups", "{\"a\": []", "}") { ", \"g\($0)\": [\"h\"]" },
      Shape("one group again and again", "{\"a\": []", repeating: ", \"g\": [\"h\"]", "}"),
      Shape("children", "{\"a\": {\"children\": [\"b\"", "]}}") { ", \"g\($0)\"" },
      Shape("parents", "{\"a\": []", "}") { ", \"g\($0)\": {\"children\": [\"a\"]}" },
      Shape("host variables", "{\"a\": [\"h\"], \"_meta\": {\"hostvars\": {\"h\": {\"a\": 1", "}}}}") { ", \"k\($0)\": 1" },
      Shape("variables of hosts that are not there", "{\"a\": [\"h\"], \"_meta\": {\"hostvars\": {\"h\": {}", "}}}") { ", \"k\($0)\": {}" },
      Shape("group variables", "{\"a\": {\"hosts\": [\"h\"], \"vars\": {\"a\": 1", "}}}") { ", \"k\($0)\": 1" },
      Shape("a long name", "{\"a\": [\"", repeating: "x", "\"]}"),
      Shape("ranges", "{\"a\": {\"hosts\": {\"h", repeating: "[1:1]", "\": null}}}"),
      Shape("many members", "{\"a\": {\"x\": 1", "}}") { ", \"k\($0)\": 1" },
      Shape("a deep value", "{\"a\": ", repeating: "[", ""),
    ],
    parse: { bytes in _ = result(dynamic: bytes) },
    check: { bytes, _ in check(result(dynamic: bytes), again: result(dynamic: bytes)) })

  private static func result(ini bytes: [UInt8]) -> Result<Inventory, InventoryError> {
    let result: Result<Inventory, InventoryError>
    do throws(InventoryError) { result = .success(try Inventory(ini: bytes, file: "hosts.ini")) } catch { result = .failure(error) }
    if case .failure(let error) = result { _ = Failure(error).text }
    return result
  }

  private static func result(dynamic bytes: [UInt8]) -> Result<Inventory, InventoryError> {
    let result: Result<Inventory, InventoryError>
    do throws(InventoryError) { result = .success(try Inventory(dynamic: bytes, file: "hosts.json")) } catch { result = .failure(error) }
    if case .failure(let error) = result { _ = Failure(error).text }
    return result
  }

  private static func check(_ result: Result<Inventory, InventoryError>, again: Result<Inventory, InventoryError>) -> String? {
    // A value that is no number is equal to nothing, itself included.
    let isComparable = (try? result.get())?.hosts.allSatisfy { $0.variables.values.allSatisfy(\.isComparable) } ?? true
    if isComparable, result != again { return "two answers" }
    switch result {
    case .failure(let error):
      let text = Failure(error).text
      if text.contains(where: { $0 != "\n" && $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }) {
        return "unsafe: \(text)"
      }
      return text.utf8.count > 4000 ? "an error of \(text.utf8.count) bytes" : nil
    case .success(let inventory): return check(inventory) ?? (isComparable ? roundTrip(inventory) : nil)
    }
  }

  /// What ssh is handed, and whether the groups fit the hosts.
  private static func check(_ inventory: Inventory) -> String? {
    for host in inventory.hosts {
      guard HostSyntax.isName(host.name), HostSyntax.address(host.address) != nil else { return "a host \(host.name) at \(host.address)" }
      if let user = host.user, !HostSyntax.isUser(user) { return "a user \(user)" }
      if let port = host.port, !(1...65535).contains(port) { return "a port \(port)" }
    }
    for group in inventory.groups {
      guard Set(group.members).count == group.members.count, group.members.allSatisfy(inventory.hosts.indices.contains) else {
        return "members of \(group.name)"
      }
    }
    return Set(inventory.hosts.map(\.name)).count == inventory.hosts.count ? nil : "a host twice"
  }

  /// The same hosts come back from JSON in Ansible's format.
  private static func roundTrip(_ inventory: Inventory) -> String? {
    let names = inventory.hosts.map(\.name)
    // A host that is named like a group shares its variables with it.
    guard Set(inventory.groups.map(\.name)).isDisjoint(with: names) else { return nil }
    var members = inventory.groups.map { group in
      Value.Member(key: group.name, value: .object([.init(key: "hosts", value: .array(group.members.map { .string(names[$0]) }))]))
    }
    let variables = inventory.hosts.map { host in
      Value.Member(key: host.name, value: .object(host.variables.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value) }))
    }
    members.append(.init(key: "_meta", value: .object([.init(key: "hostvars", value: .object(variables))])))
    switch result(dynamic: JSON.bytes(.object(members))) {
    case .failure(let error): return "as JSON: \(Failure(error).text)"
    case .success(let other):
      for host in inventory.hosts {
        guard let same = other.host(host.name), same.address == host.address, same.port == host.port, same.user == host.user,
          same.variables == host.variables, Set(same.roles) == Set(host.roles)
        else { return "\(host.name) is another host as JSON" }
      }
      return other.hosts.count == inventory.hosts.count ? nil : "other hosts as JSON"
    }
  }
}

extension Value {
  /// Whether JSON can hold it, and it is equal to itself.
  var isComparable: Bool {
    switch self {
    case .double(let number): number.isFinite
    case .array(let elements): elements.allSatisfy(\.isComparable)
    case .object(let members): members.allSatisfy(\.value.isComparable) && !(members.count == 1 && members[0].key == "__ansible_unsafe")
    default: true
    }
  }
}
