import Rehearsal
import Tasks
import TestSupport

/// A Deployfile of small tasks on hosts that exist only here.
enum Shop {
  static let workers = Parameter<Int>("workers", "how many", default: 4)
  static let token = Secret.environment("PUSHBUTTON_TEST_NO_SUCH_VARIABLE")

  static let deploy = task("deploy", "D", workers) { workers in
    hosts("web") {
      parallel { run("bin/install \(workers) --token \(token)").named("install") }
      serially(by: [.count(1), .rest], pause: .seconds(600), tolerating: .count(1)) {
        restart("shop")
        waitFor(.tcp("127.0.0.1:8000"), within: .seconds(30)).named("healthy")
      }
    }
  }

  static let deployfile = Deployfile {
    environment(
      "test",
      inventory: .hosts {
        for number in 1...4 { host("web\(number)", roles: ["web"]) }
        host("db1", roles: ["db"], variables: ["pushbutton_lock_folder": "/nowhere"])
      })
    deploy
    task("tolerant", "T") { hosts("web") { serially(tolerating: .count(1)) { run("bin/step").named("s") } } }
  }

  /// A rehearsal of one task, `t`, of these stages.
  static func rehearsal(
    root: String? = nil, versions: [String: [String]] = [:], @Stages _ stages: @escaping @Sendable () -> [Stage]
  ) -> Rehearsal {
    let environment = environment(
      "test",
      inventory: .hosts {
        for number in 1...3 { host("web\(number)", roles: ["web"]) }
        host("db1", roles: ["db"], variables: ["pushbutton_lock_folder": "/nowhere"])
      })
    return Rehearsal(
      Deployfile {
        environment
        task("t", "T") { stages() }
        task("other", "O") { hosts("db") { run("bin/other").named("other") } }
      }, root: root, versions: versions)
  }
}
