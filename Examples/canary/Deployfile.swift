// One host takes the release first, and is watched; then a person, or --yes, lets the others have it, a quarter of them at a time.
import Tasks

let root: Text = "\(host: .variable("root"))"
let app = ReleaseFolder("app", root: root)
let release = Parameter<String>("release", "what this release is called, for example 1.4.2")
let watch = Parameter<Int>("watch", "for how many seconds the canary must stay healthy", default: 300)

@Steps func takeOver(_ release: String) -> [Step] {
  app.activate(release)
  within("\(root)/current") { restart(.command("bin/restart")) }
}

/// The release itself says how it is: no answer of its `bin/healthy` but yes, for that long.
func isHealthy(for seconds: Int) -> [Step] {
  within("\(root)/current") {
    waitFor(.command("bin/healthy"), within: .seconds(10), stableFor: .seconds(seconds))
  }
}

let deploy = task("deploy", "One host first, watched; then the others, if somebody says yes", release, watch) { release, watch in
  locked("app") {
    attempt {
      hosts("app") { app.install(.folder("app"), as: release) }
      hosts("app[0]") {
        takeOver(release)
        isHealthy(for: watch)
      }
    } onFailure: {
      invoke("rollback")
    }
    confirm("The canary has been healthy with \(release) for \(watch) s. Go on with all the others?")
    attempt {
      hosts("app:!app[0]") {
        serially(by: .percent(25), pause: .seconds(1)) {
          takeOver(release)
          isHealthy(for: 1)
        }
      }
    } onFailure: {
      invoke("rollback")
    }
  }
}

let rollback = task("rollback", "Every host that is not on the last good release goes back to it") {
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

let releases = task("releases", "What is live on which host, since when") {
  hosts("app") { app.releases() }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  deploy
  rollback
  releases
}
