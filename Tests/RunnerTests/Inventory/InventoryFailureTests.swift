import Tasks
import Testing

@testable import Runner

/// What people read when an inventory is wrong.
///
/// `PATH` stands for the path of the test's folder.
struct WrongInventory: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let error: String
  var mode = 0o644

  var testDescription: String { String(error.prefix { $0 != "\n" }) }

  static let all =
    ini + [
      WrongInventory(
        name: "hosts.yml", text: "all:\n  hosts:\n",
        error: """
          error: hosts.yml: the inventory is YAML, which only Ansible reads
            Write inventory: .ansible("hosts.yml") to have ansible-inventory read it.
          """),
      WrongInventory(
        name: "hosts", text: "# x\nall:\n  hosts:\n",
        error: """
          error: hosts: the inventory is YAML, which only Ansible reads
            Write inventory: .ansible("hosts") to have ansible-inventory read it.
          """),
      WrongInventory(
        name: "hosts", text: "# nothing\n\n",
        error: """
          error: hosts: the inventory is empty
            List a host a line, for example under a section [web].
          """),
      WrongInventory(
        name: "hosts", text: "#!/bin/sh\necho\n",
        error: """
          error: hosts: the inventory begins with #! but is not executable
            Run: chmod +x hosts
          """),
      WrongInventory(name: "hosts", text: "{\"web\": [\"w1\",]}", error: "error: hosts:1:15: this is not JSON: expected a value"),
      WrongInventory(
        name: "hosts", text: "{\"web\": {\"hosts\": \"w1\"}}",
        error: """
          error: hosts: web.hosts must be a list of host names
            Ansible's format is {"web": {"hosts": ["web1"]}}.
          """),
      WrongInventory(
        name: "hosts", text: "{\"web\": {\"host\": []}}",
        error: """
          error: hosts: web must be a list of hosts, or an object with hosts, vars or children
            Ansible's format is {"web": {"hosts": ["web1"]}}.
          """),
      WrongInventory(
        name: "hosts", text: "#!/bin/sh\necho 'no route\u{1B}[0m' >&2\nexit 3\n",
        error: """
          error: PATH/hosts --list exited with status 3
            no route\\u{1b}[0m
          """, mode: 0o755),
      WrongInventory(
        name: "hosts", text: "#!/bin/sh\necho hello\n",
        error: "error: PATH/hosts --list did not print JSON: line 1, column 1: expected a value",
        mode: 0o755),
    ]

  private static let ini = [
    ("[web]\n[wbe:vars]\nx=1\n", "hosts:2: [wbe:vars] sets variables of a group that is not declared\n  Did you mean \"web\"?"),
    ("[p:children]\nweb\n", "hosts:2: [p:children] holds \"web\", which is not declared\n  Declare it with a section [web]."),
    ("[web:child]\n", "hosts:1: [web:child] is no kind of section\n  Did you mean \"children\"?"),
    ("[we\u{7}b]\n", "hosts:1: [we\\u{7}b] is no section header\n  A group's name has no blanks, no colon and no brackets."),
    ("[web servers]\n", "hosts:1: [web servers] is no section header\n  A group's name has no blanks, no colon and no brackets."),
    (
      "[a:children]\nb\n[b:children]\na\n",
      "hosts:4: the group \"a\" cannot be inside \"b\", because \"b\" is inside \"a\"\n  Take one of them out of the other."
    ),
    ("[a]\nw1 x=1 y\n", "hosts:2: expected variable=value, found \"y\"\n  Put a value with blanks in quotes: name=\"two words\""),
    ("w1 ; old\n", "hosts:1: expected variable=value, found \";\"\n  Comments behind a host begin with #."),
    ("w1 x=\"1\n", "hosts:1: a quote is not closed\n  Put a backslash before a quote that is meant as it is."),
    (
      "[web:vars]\nport 80\n[web]\n",
      "hosts:2: expected variable=value, found \"port 80\"\n  Put a value with blanks in quotes: name=\"two words\""
    ),
    ("web[1-3]\n", "hosts:1: the range in \"web[1-3]\" is not begin:end or begin:end:step\n  " + ranges),
    (
      "web[01:9]\n",
      "hosts:1: the range in \"web[01:9]\" has a begin and an end of different lengths, though the begin has zeros in front\n  " + ranges
    ),
    ("web[3:1]\n", "hosts:1: the range in \"web[3:1]\" ends before it begins\n  " + ranges),
    (
      "web[1:2]\(String(repeating: "x", count: 993))\n",
      "hosts:1: the range in \"web[1:2]\(String(repeating: "x", count: 292))...\" stands in a name of more than 1000 bytes\n  " + ranges
    ),
    (
      String(repeating: "x", count: 256) + "\n",
      "hosts:1: \"\(String(repeating: "x", count: 256))\" cannot be the name of a host\n  " + names
    ),
    (
      String(repeating: "x", count: 5000) + "\n",
      "hosts:1: \"\(String(repeating: "x", count: 300))...\" cannot be the name of a host\n  " + names
    ),
    (
      "[apps:children]\nweb\ncache\n[web]\n[tiers:children]\nweb\ncache\n",
      "hosts:3: [tiers:children] holds \"cache\", which is not declared\n  Declare it with a section [cache]."
    ),
    ("web[1:9999999999]\n", "hosts:1: the range in \"web[1:9999999999]\" makes more than 1000000 hosts\n  " + ranges),
    (
      "a\nweb1:\n",
      "hosts:2: \"web1:\" ends in a colon, which should be followed by a port\n  If this is a YAML inventory, name the file .yml and write inventory: .ansible(\"...\")."
    ),
    ("-oProxyCommand=x\n", "hosts:1: \"-oProxyCommand=x\" cannot be the name of a host\n  " + names),
    ("'w1\u{1B}[2J'\n", "hosts:1: the range in \"w1\\u{1b}[2J\" has no closing bracket, or a bracket too many\n  " + ranges),
    ("deploy@w1\n", "hosts:1: \"deploy@w1\" has a user in the name of the host\n  Write: w1 ansible_user=deploy"),
    ("w1 ansible_host='-oProxyCommand=x'\n", "hosts:1: \"-oProxyCommand=x\" cannot be the address of \"w1\"\n  " + addresses),
    ("_w\n", "hosts:1: \"_w\" cannot be the address of a host\n  " + addresses),
    ("[g]\nw1\n[g:vars]\nansible_user=a$HOME\n", "hosts:4: \"a$HOME\" cannot be the user of \"w1\"\n  " + users),
    ("w1 ansible_port=70000\n", "hosts:1: \"70000\" cannot be the port of \"w1\"\n  Ports are numbers from 1 to 65535."),
    (
      "w1 ansible_host='{{ ip }}'\n",
      "hosts:1: ansible_host of \"w1\" is a template, which only Ansible fills in: {{ ip }}\n  Write the value itself."
    ),
    (
      "w1 ansible_ssh_private_key_file='/k$HOME'\n",
      "hosts:1: \"/k$HOME\" cannot be the key file of \"w1\"\n  Paths of keys do not begin with \"-\", and have no quotes, \"$\", \"\\\" and control characters."
    ),
    (
      "[g]\nw1\n[g:vars]\nansible_ssh_common_args=-o StrictHostKeyChecking=no\n",
      "hosts:4: ansible_ssh_common_args of \"w1\" holds StrictHostKeyChecking=no: anybody could pretend to be the host\n  Take it out, and add the host's key to known_hosts; or accept keys of new hosts with StrictHostKeyChecking=accept-new."
    ),
    (
      "w1 ansible_ssh_extra_args='-o UserKnownHostsFile=/dev/null'\n",
      "hosts:1: ansible_ssh_extra_args of \"w1\" holds UserKnownHostsFile=/dev/null: anybody could pretend to be the host\n  Take it out, and add the host's key to known_hosts; or accept keys of new hosts with StrictHostKeyChecking=accept-new."
    ),
    (
      "w1 ansible_ssh_common_args='-C web2'\n",
      "hosts:1: ansible_ssh_common_args of \"w1\" holds \"web2\", which ssh would take for the host\n  Put options there only, for example -o ProxyJump=gate."
    ),
    (
      "w1 ansible_ssh_common_args='-o ProxyJumb=gate'\n",
      "hosts:1: ansible_ssh_common_args of \"w1\" holds the setting \"ProxyJumb\", which ssh may not be given here\n  Did you mean \"ProxyJump\"?"
    ),
    (
      "w1 ansible_ssh_common_args='-o ControlMaster=auto'\n",
      "hosts:1: ansible_ssh_common_args of \"w1\" holds ControlMaster: a run makes its own connections and shares them with nobody\n  Take it out: a run keeps one connection a host open by itself."
    ),
    (
      "w1 ansible_ssh_common_args='-o ProxyJump={{ gate }}'\n",
      "hosts:1: ansible_ssh_common_args of \"w1\" is a template, which only Ansible fills in: -o ProxyJump={{ gate }}\n  Write the value itself."
    ),
    (
      "w1 ansible_ssh_common_args='-p 99999'\n",
      "hosts:1: ansible_ssh_common_args of \"w1\" gives -p the value \"99999\"\n  Ports are numbers from 1 to 65535."
    ),
    (
      "[a]\nw1\n[a:vars]\nansible_group_priority=high\n",
      "hosts:4: ansible_group_priority must be a whole number, not \"high\"\n  Write a number, or leave it out: it is 1 then."
    ),
    (
      "w1\n[a:children]\nungrouped\n",
      "hosts:3: \"ungrouped\" cannot be inside \"a\": its hosts would no longer be ungrouped, and Ansible drops them\n  List the hosts in a group of their own, and that group under [a:children]."
    ),
  ].map { WrongInventory(name: "hosts", text: $0, error: "error: " + $1) }

  private static let ranges = "Ranges look like web[01:10], web[1:9:2] or db-[a:f]."
  private static let names = "Names have letters, digits, \".\", \"_\" and \"-\", and begin with a letter, a digit or \"_\"."
  private static let addresses =
    "Addresses are IP addresses, or letters, digits, \".\", \"_\" and \"-\" with a letter or digit at both ends."
  private static let users = "Users have letters, digits, \".\", \"_\" and \"-\", and begin with a letter, a digit or \"_\"."
}

@Suite struct InventoryFailureTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func failure(_ source: InventorySource) async -> String {
    do throws(InventoryError) {
      _ = try await InventoryLoader(root: folder.path, run: runner).load(source)
      return "loaded"
    } catch {
      return Failure(error).text.replacing(folder.path, with: "PATH").trimmingSuffix("\n")
    }
  }

  @Test(arguments: WrongInventory.all) func tells(row: WrongInventory) async throws {
    try folder.write(row.text, to: row.name, mode: row.mode)
    #expect(await failure(.path(row.name)) == row.error)
  }

  @Test func tellsWhatCannotBeRead() async throws {
    let check = "Check inventory: of the environment, or what -i names."
    #expect(await failure("missing.ini") == "error: missing.ini: cannot read the inventory: No such file or directory\n  " + check)
    #expect(
      await failure(.ansible("missing.yml")) == "error: missing.yml: cannot read the inventory: No such file or directory\n  " + check)
    try folder.write("x", to: "empty/README.md")
    #expect(
      await failure("empty")
        == "error: empty: the inventory folder has no inventory in it\n  Put one into it; hidden files and endings such as .md do not count."
    )
    try folder.write([0x77, 0x31, 0x20, 0xFF], to: "latin")
    #expect(await failure("latin") == "error: latin:1: the line is not UTF-8\n  Save the file as UTF-8.")
  }

  @Test func namesTheFolderOfAYAMLFile() async throws {
    try folder.write("w1\n", to: "inv/a.ini")
    try folder.write("all:\n", to: "inv/b.yml")
    #expect(
      await failure("inv") == """
        error: inv/b.yml: the inventory is YAML, which only Ansible reads
          Write inventory: .ansible("inv") to have ansible-inventory read it.
        """)
  }

  @Test func refusesForeignVariableFiles() async throws {
    try folder.write("[web]\nw1\n", to: "hosts")
    try folder.write("x: 1\n", to: "group_vars/web.yml")
    #expect(
      await failure("hosts") == """
        error: group_vars/web.yml: the variables of "web" are YAML, which only Ansible reads
          Give the inventory as .ansible("...") to have ansible-inventory read it, or write the file as JSON.
        """)
  }

  @Test func tellsThatAnsibleIsMissing() async throws {
    try folder.write("x", to: "hosts.yml")
    let loader = InventoryLoader(root: folder.path) { _, _ in (127, [], []) }
    await #expect(throws: InventoryError.program(["ansible-inventory", "-i", folder.path + "/hosts.yml", "--list"], .missing)) {
      try await loader.load(.ansible("hosts.yml"))
    }
  }

  @Test func refusesSwiftHosts() async {
    #expect(
      await failure(
        .hosts {
          host("a"); host("a")
        })
        == "error: the host \"a\" is listed twice\n  Give it all its roles at once: host(\"...\", roles: [\"web\", \"db\"])")
    #expect(
      await failure(.hosts { host("a", port: 0) })
        == "error: Deployfile.swift: \"0\" cannot be the port of \"a\"\n  Ports are numbers from 1 to 65535.")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
