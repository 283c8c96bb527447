import Foundation
import TestSupport
import Testing

/// A Python application with a stand-in for Python, so that nothing is installed but a file that says which version it is.
enum StandInBench {
  static let index = try? IndexServer()
  private static let tools = Scratch()

  static let project: Project? = {
    guard let index else { return nil }
    _ = try? tools.write(
      "python",
      """
      #!/bin/sh
      if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; exit; fi
      for word; do :; done
      echo "${word#*==}" >"${0%/bin/python}/content"
      """, mode: 0o755)
    return try? ReleaseBench.project(
      #"""
      let shop = PythonApp("shop", root: "\(host: .variable("root"))", index: "\#(index.index("json"))", python: "\#(tools.path)/python")
      let prune = task("prune", "Remove old ones") { hosts("web") { shop.prune(keep: 1) } }
      """#,
      tasks: #"""
        prune
          shop.tasks(
            on: "web",
            check: .command("[ ! -e \(host: .variable("root"))/sick ] || [ \(shop.liveVersion) != 1.5.0 ]"), within: .seconds(1))
        """#)
  }()

  static func bench(hosts: [String] = ["a", "b"]) throws -> ReleaseBench { try ReleaseBench(try #require(project), hosts: hosts) }

  /// Whether this test may mount what it likes without anybody seeing it.
  static let canMount: Bool = {
    guard BuiltRun.isAvailable, getuid() == 0, access("/usr/bin/unshare", X_OK) == 0 else { return false }
    let words = ["/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]
    return (try? Started(words).end().status) == 0
  }()
}
