// A database is migrated once for the whole fleet, from the new release, while the old one still serves; then the hosts switch.
import Tasks

let root: Text = "\(host: .variable("root"))"
let app = ReleaseFolder("app", root: root)
let release = Parameter<String>("release", "what this release is called, for example 1.4.2")
let migrate = Parameter<Bool>("migrate", "apply the new migrations first", default: true)

/// On the first host only, inside the new release; done twice it changes nothing, so a run that was cut off may simply go on.
@Steps func migration() -> [Step] {
  with(["DATABASE": "\(host: .variable("database"))"]) {
    run("bin/migrate").once().named("migrate the database").timeout(.seconds(600)).idempotent()
  }
}

let deploy = task("deploy", "Put a release everywhere, migrate the database once, switch the hosts", release, migrate) { release, migrate in
  locked("app", wait: .seconds(60)) {
    attempt {
      hosts("app") {
        parallel {
          app.install(.folder("app"), as: release) {
            if migrate { migration() }
          }
        }
        serially(by: [.count(1), .rest]) {
          app.activate(release)
          within("\(root)/current") { restart(.command("bin/restart")) }
        }
      }
    } onFailure: {
      invoke("rollback")
    }
  }
}

let pending = task("pending", "Which migrations the live release would still apply") {
  hosts("app[0]") {
    within("\(root)/current") { with(["DATABASE": "\(host: .variable("database"))"]) { run("bin/migrate --pending") } }
  }
}

let rollback = task("rollback", "Go back to the last good release; the database stays as it is") {
  locked("app") {
    hosts("app") {
      serially {
        app.whenRollingBack {
          app.rollback()
          within("\(root)/current") { restart(.command("bin/restart")) }
        }
      }
    }
  }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  deploy
  pending
  rollback
}
