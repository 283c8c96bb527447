import Foundation
import Tasks
import Testing

@testable import Runner

/// Inventories that others could have written.
@Suite struct InventoryTrustTests {
  static let paths: [(source: InventorySource, path: String)] = [
    ("inv/hosts", "inv/hosts"), ("inv/hosts", "inv"), ("inv", "inv"), ("inv", "inv/hosts"), ("inv/hosts", "inv/group_vars"),
    ("inv/hosts", "inv/group_vars/web.json"), ("inv/hosts", "inv/host_vars"), ("inv/hosts", "inv/host_vars/w1/all.json"),
    ("inv/hosts", "inv/host_vars/w1"), ("dynamic/run", "dynamic/run"), ("dynamic/run", "dynamic"), (.ansible("inv"), "inv"),
    (.ansible("inv/hosts"), "inv/hosts"), (.ansible("inv/hosts"), "inv"),
  ]

  @Test(arguments: paths) func refused(source: InventorySource, path: String) async throws {
    let folder = try ScratchFolder()
    try folder.write("[web]\nw1\n", to: "inv/hosts")
    try folder.write("{\"a\": 1}", to: "inv/group_vars/web.json")
    try folder.write("{\"b\": 1}", to: "inv/host_vars/w1/all.json")
    try folder.write("#!/bin/sh\n", to: "dynamic/run", mode: 0o755)
    let full = "\(folder.path)/\(path)"
    let before = try #require(File.status(full)).st_mode & 0o777
    chmod(full, before | 0o002)
    // The program is not even started.
    let loader = InventoryLoader(root: folder.path) { argv, _ in
      Issue.record("started \(argv)")
      return (1, [], [])
    }
    let isFolder = File.isFolder(full)
    await #expect(
      throws: InventoryError.untrusted(
        FileTrust.Problem(path: full, isFolder: isFolder, mode: before | 0o002, owner: geteuid(), cause: .everyone))
    ) { try await loader.load(source) }
    // With --trust-files, and after what the message says.
    for isOff in [true, false] {
      if !isOff { chmod(full, before) }
      let loader = InventoryLoader(root: folder.path, trust: FileTrust(isOff: isOff)) { _, _ in
        (0, Array(#"{"web": {"hosts": ["w1"]}, "_meta": {"hostvars": {}}}"#.utf8), [])
      }
      #expect(try await loader.load(source).hosts.map(\.name) == ["w1"])
    }
  }
}
