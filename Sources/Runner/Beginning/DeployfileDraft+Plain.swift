extension DeployfileDraft {
  /// What there is to begin with: two hosts that are this machine, and a deploy that can be watched.
  static let plain = #"""
    // What can be deployed from here. Try: run --plan deploy, run deploy, run status
    import Tasks

    let version = Parameter<String>("version", "what to deploy", default: "1")

    /// The folder on each host; it stands in hosts.ini.
    let folder: Text = "\(host: .variable("folder"))"

    /// Everywhere at once what disturbs nobody, then one host after the other; the first host that fails stops it.
    let deploy = task("deploy", "Put a version onto every host", version) { version in
      hosts("web") {
        parallel { run("mkdir -p \(folder)").named("make the folder") }
        serially {
          // Your steps: upload("app.conf", to: ...), sync("public", to: ...), restart("shop")
          run("echo \(version) >\(folder)/version").named("deploy \(version)")
          waitFor(.command("grep -qx \(version) \(folder)/version"), within: .seconds(10))
        }
      }
    }

    let status = task("status", "What is deployed on every host") {
      hosts("all") { run("cat \(folder)/version") }
    }

    let deployfile = Deployfile {
      environment("local", inventory: "hosts.ini")
      deploy
      status
    }

    """#

  static let plainInventory = """
    # The hosts of the environment "local": this machine, twice, so that everything can be tried at once.
    # For hosts that ssh reaches, take ansible_connection=local away; ansible_host, ansible_port and ansible_user say where and as whom.
    [web]
    web1 ansible_connection=local folder=deployed/web1
    web2 ansible_connection=local folder=deployed/web2

    """
}
