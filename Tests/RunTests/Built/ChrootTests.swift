import Foundation
import TestSupport
import Testing

/// A built program where there is nothing else: no Swift, no accounts, no /proc; a shell, what scripts of steps use, and something called ssh.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable && isLinux && getuid() == 0, "needs a built run, and root on Linux"))
struct ChrootTests {
  /// The folder that becomes the root of everything, with programs of this machine and the libraries they need.
  private func makeRoot(with programs: String...) throws -> Carried {
    let carried = try Carried(hosts: "web1 ansible_connection=local\nweb2 ansible_host=192.0.2.1\n")
    let script = """
      set -e
      mkdir -p bin tmp dev
      mknod -m 666 dev/null c 1 3
      for name; do
        path=$(readlink -f "$(command -v "$name")")
        cp "$path" "bin/$name"
        for library in $(ldd "$path" | grep -o '/[^ ]*'); do
          mkdir -p ".${library%/*}"
          cp "$(readlink -f "$library")" ".$library"
        done
      done
      """
    let made = try Started(["/bin/sh", "-c", script, "sh"] + programs, folder: carried.folder.path).end()
    #expect(made == Ended(status: 0, output: "", errors: ""))
    try carried.folder.write(
      "bin/ssh",
      """
      #!/bin/sh
      [ "$1" != -V ] || { echo OpenSSH_9.9p1 >&2; exit; }
      for command; do :; done
      exec /bin/sh -c "$command"
      """, mode: 0o755)
    return carried
  }

  private func run(_ carried: Carried, _ words: String...) throws -> Ended {
    try Started(
      ["/usr/bin/env", "-i", "PATH=/bin", "USER=anna", "/usr/sbin/chroot", carried.folder.path, "/shop"] + words, folder: "/"
    ).end()
  }

  @Test("with nothing but itself it lists and plans") func alone() throws {
    let root = try makeRoot()
    let list = try run(root, "--list")
    #expect(list.status == 0, "\(list)")
    #expect(list.output.hasPrefix("tasks:\n  deploy  Leaves marks on hosts and here\n"))
    let plan = try run(root, "--plan", "deploy:production", "--word", "one")
    #expect(plan.status == 0, "\(plan)")
    #expect(plan.output.contains("      batch 2: web2\n"))
    #expect(plan.output.contains("web2: echo web2 one >>mark\n"))
    #expect(plan.errors == "")
  }

  @Test("with a shell and an ssh it deploys") func deploys() throws {
    let root = try makeRoot(with: "sh", "cat", "mv", "rm", "head", "sha256sum", "wc", "chmod", "mkdir", "sleep")
    let ended = try run(root, "deploy:production", "--word", "one")
    #expect(ended.status == 0, "\(ended)")
    #expect(root.folder.read("mark") == "web1 one\nweb2 one\n")
    #expect(root.folder.read("here") == "one\n")
    #expect(root.folder.read("web1.payload") == "payload\n")
    #expect(root.folder.read("web2.payload") == "payload\n")
  }
}

#if os(Linux)
  private let isLinux = true
#else
  private let isLinux = false
#endif
