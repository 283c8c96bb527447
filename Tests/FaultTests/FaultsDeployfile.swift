import TestSupport

extension SSHProject {
  init(_ hosts: [RemoteHost], variables: String = "") throws { try self.init(faultsDeployfile, hosts: hosts, variables: variables) }
}

/// One Deployfile for all rows, so that it is compiled once.
let faultsDeployfile = #"""
  import Tasks

  let dir: Text = "\(host: .variable("dir"))"
  let value = Captured("value")
  let size = Parameter<Int>("size", "of the script, in bytes")

  func row(_ name: String, @Steps _ steps: @escaping @Sendable () -> [Step]) -> TaskDefinition {
    task(name, "Steps of a row") { hosts("all") { parallel { within(dir) { steps() } } } }
  }

  let touches = row("touches") { run("echo x >>counter; echo out; echo err >&2").named("s") }
  let phases = task("phases", "Two phases, the first of which can be held up") {
    hosts("all") {
      parallel {
        within(dir) {
          run("echo x >>counter; echo before; echo $$ >pid; until [ -e go ]; do sleep 0.05; done; echo after").named("s")
        }
      }
      parallel { within(dir) { run("echo x >>counter2").named("later") } }
    }
  }
  let rolls = task("rolls", "Host after host, taken back where it fails") {
    attempt {
      hosts("all") {
        serially {
          within(dir) {
            run("echo new >version").named("switch")
            run("echo $$ >pid; until [ -e go ]; do sleep 0.05; done").named("s")
          }
        }
      }
    } onFailure: {
      hosts("all") { parallel { within(dir) { run("echo x >>back; echo old >version").named("back") } } }
    }
  }

  let exit255 = row("exit255") { run("echo x >>counter; exit 255").named("s") }
  let signalled = row("signalled") {
    run("echo x >>counter; kill -9 $$").named("killed").ignoringFailure()
    run("echo x >>counter; kill -s SEGV $$").named("s")
  }
  let hangs = row("hangs") {
    run("echo x >>counter; echo partial; echo $$ >pid; sleep 600 & echo $! >pid2; wait").named("s").retry(3, every: .zero)
    run("echo x >>counter").named("next")
  }
  let deployfile = Deployfile {
    environment("test", inventory: "inventory.ini")
    touches; phases; rolls; exit255; signalled; hangs
  }
  """#
