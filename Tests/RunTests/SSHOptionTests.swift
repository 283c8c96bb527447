import TestSupport
import Testing

/// What a person asks of ssh, on the command line and in the inventory.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct SSHOptionTests {
  private func bench(inventory: String = "[web]\nweb1\nweb2\n") throws -> Bench {
    try Bench(ConnectionTests.deployfile, ssh: #"exec /bin/sh -c "$command""#, inventory: inventory)
  }

  @Test func newHostKeysAreRefusedUnlessAskedFor() throws {
    let bench = try bench()
    let ended = try bench.run("one")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.ssh?.calls.count == 2)
    #expect(bench.ssh?.calls.allSatisfy { $0.contains(" [-o] [StrictHostKeyChecking=yes] ") } == true)
    #expect(!ended.output.contains("accepted"))
  }

  @Test func theCommandLineCanAcceptNewHostKeysAndTheRunSaysSo() throws {
    let bench = try bench()
    let ended = try bench.run("--accept-new-host-keys", "one")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.ssh?.calls.allSatisfy { $0.contains(" [-o] [StrictHostKeyChecking=accept-new] ") } == true)
    #expect(
      ended.output.hasPrefix("one\nkeys of hosts that ssh does not know are accepted, and written down (--accept-new-host-keys)\n"),
      "\(ended)")
  }

  @Test func anInventoryCanAcceptNewHostKeysAndTheRunSaysSo() throws {
    let bench = try bench(inventory: "[web]\nweb1\nweb2 ansible_ssh_extra_args='-A -o StrictHostKeyChecking=accept-new'\n")
    let ended = try bench.run("one")
    #expect(ended.status == 0, "\(ended)")
    let calls = bench.ssh?.calls ?? []
    #expect(calls.first { $0.contains("[--] [web1]") }?.contains("[ForwardAgent=no] [-o] [StrictHostKeyChecking=yes]") == true)
    #expect(calls.first { $0.contains("[--] [web2]") }?.contains("[ForwardAgent=yes] [-o] [StrictHostKeyChecking=accept-new]") == true)
    #expect(
      ended.output.hasPrefix(
        """
        one
        keys of hosts that ssh does not know are accepted, and written down, on web2 (StrictHostKeyChecking in the inventory)
        your ssh agent is forwarded to web2: whoever rules these hosts can use your keys meanwhile; a jump host needs no agent

        """), "\(ended)")
  }

  @Test(arguments: ["-o StrictHostKeyChecking=no", "-o UserKnownHostsFile=/dev/null", "web2", "-N", "-oControlMaster=auto"])
  func whatAnInventoryMayNotSayIsRefusedBeforeAnythingIsTouched(words: String) throws {
    let bench = try bench(inventory: "[web]\nweb1\n[web:vars]\nansible_ssh_common_args=\(words)\n")
    let ended = try bench.run("one")
    #expect(ended.status == 2)
    #expect(ended.errors.hasPrefix("error: inventory.ini:4: ansible_ssh_common_args of \"web1\" holds "), "\(ended)")
    #expect(bench.ssh?.calls == [])
  }

  /// Nothing but the standard streams, and no signal that is ignored or blocked.
  @Test func sshInheritsNothing() throws {
    let bench = try Bench(
      ConnectionTests.deployfile,
      ssh: #"""
        ls /proc/self/fd >"$D/descriptors"
        grep -E '^Sig(Blk|Ign):' /proc/self/status >"$D/signals"
        exec /bin/sh -c "$command"
        """#)
    #expect(try bench.run("one").status == 0)
    // What a program inherits, it passes on; 3 is the folder that is being listed.
    #expect(bench.marks.read("descriptors") == "0\n1\n2\n3\n")
    #expect(bench.marks.lines("signals") == 2)
    for line in bench.marks.read("signals").split(separator: "\n") {
      let set = try #require(UInt64(line.split(separator: "\t").last ?? "", radix: 16))
      // glibc's posix_spawn leaves 32 and 33, which belong to its threads, ignored until they are used.
      #expect(set & ~0x1_8000_0000 == 0, "\(line)")
    }
  }

  @Test func aMissingSSHIsNamedBeforeAnythingIsTouched() throws {
    let bench = try bench()
    // Compiled before: the compiler is not in that PATH either.
    #expect(try bench.run("--list").status == 0)
    let words = Ended(
      status: 2, output: "", errors: "error: ssh is not in PATH\n  Install OpenSSH's client; nothing was touched.\n")
    let folder = Scratch()
    #expect(try bench.run("one", environment: ["PATH": folder.path]) == words)
    try folder.write("ssh", "#!/bin/sh\nexit 0\n", mode: 0o644)
    #expect(try bench.run("one", environment: ["PATH": folder.path]) == words)
    #expect(bench.count("mark") == 0)
  }
}
