// A web site behind a load balancer: each host leaves the rotation, takes the release, proves it, and comes back. No visitor sees an error.
import Tasks

let root: Text = "\(host: .variable("root"))"
let site = ReleaseFolder("site", root: root, linkedFiles: ["rotation.txt"])
let release = Parameter<String>("release", "what this release is called, for example 2026-11-26")

/// The load balancer asks every host for /rotation.txt, and sends nobody to a host that does not say "in".
@Steps func leaveRotation() -> [Step] {
  within("\(root)/shared") { run("echo out >rotation.txt").named("leave the rotation").idempotent() }
  run("sleep \(host: .variable("drain"))").named("let open requests end").idempotent()
}

@Steps func enterRotation() -> [Step] {
  within("\(root)/shared") { run("echo in >rotation.txt").named("come back into the rotation").idempotent() }
}

/// The host's own address answers, with the release that is meant to be live there.
let isLive = Probe.http(
  "http://\(host: .address):\(host: .variable("port"))/release.txt", status: 200, contains: "\(site.liveVersion)")

let deploy = task("deploy", "Put a release everywhere, then switch the hosts in batches, out of the rotation", release) { release in
  locked("site") {
    attempt {
      hosts("web") {
        parallel {
          site.install(.folder("public"), as: release) { run("echo \(release) >release.txt").idempotent() }
        }
        serially(by: [.count(1), .percent(25)]) {
          leaveRotation()
          site.activate(release)
          waitFor(isLive, within: .seconds(10))
          enterRotation()
          site.prune(keep: 5).atTheEnd()
        }
      }
    } onFailure: {
      invoke("rollback")
    }
  }
}

let rollback = task("rollback", "Go back to the last good release, in the same way") {
  locked("site") {
    hosts("web") {
      serially {
        site.whenRollingBack {
          leaveRotation()
          site.rollback()
          waitFor(isLive, within: .seconds(10))
          enterRotation()
        }
      }
    }
  }
}

let setup = task("setup", "Make what all releases share; once for every new host") {
  hosts("web") {
    run("mkdir -p \(path: root)/shared").idempotent()
    within("\(root)/shared") {
      when("test -f rotation.txt") {
        run("cat rotation.txt").idempotent()
      } else: {
        run("echo in >rotation.txt").idempotent()
      }
    }
  }
}

let serve = task("serve", "Start a small web server on every host, to try this out") {
  hosts("web") {
    within(root) {
      run(
        """
        kill -0 "$(cat server.pid 2>/dev/null)" 2>/dev/null && exit
        setsid python3 -m http.server --bind \(host: .address) --directory current \(host: .variable("port")) >server.log 2>&1 </dev/null &
        echo $! >server.pid
        """
      ).named("start the server unless it is running")
    }
  }
}

let halt = task("halt", "Stop the small web servers") {
  hosts("web") { stop(.signal(.term, pidfile: "\(root)/server.pid")) }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  setup
  deploy
  rollback
  serve
  halt
}
