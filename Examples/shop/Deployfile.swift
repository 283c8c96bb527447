// A shop on four hosts: a new version is installed everywhere at once, then the hosts take it one by one.
import Tasks

let version = Parameter<Version>("version", "the version to install, for example 1.1.0")

/// Installs a version beside the running one: the workers keep serving the code that they have loaded.
@Steps func install(_ version: Version) -> [Step] {
  run("\(host: .variable("root"))/venv/bin/pip install --isolated --quiet --index-url \(host: .variable("index")) shop==\(version)")
    .named("install shop \(version)")
}

/// Waits until the host's own address answers with the version.
@Steps func answers(_ version: Version) -> [Step] {
  waitFor(.http("http://\(host: .address):\(host: .variable("port"))/version", contains: "\(version)"), within: .seconds(30))
}

let setup = task("setup", "Make a place for the shop on every host, install a version and start it", version) { version in
  hosts("web") {
    parallel {
      run("mkdir -p \(host: .variable("root"))")
      run("\(host: .variable("python")) -m venv \(host: .variable("root"))/venv").named("make a virtual environment")
      install(version)
      run(
        """
        cd \(host: .variable("root")) || exit
        kill -0 "$(cat \(host: .variable("pidfile")) 2>/dev/null)" 2>/dev/null && exit
        exec venv/bin/gunicorn --daemon --pid \(host: .variable("pidfile")) --error-logfile error.log \
          --bind \(host: .address):\(host: .variable("port")) --workers 2 shop.web:app
        """
      ).named("start the shop unless it is running")
      answers(version)
    }
  }
}

let deploy = task("deploy", "Install a version everywhere, then bounce the hosts one by one", version) { version in
  hosts("web") {
    parallel {
      install(version)
    }
    serially {
      restart(.signal(.hup, pidfile: "\(host: .variable("pidfile"))"))
      answers(version)
    }
  }
}

let status = task("status", "What every host answers") {
  hosts("web") {
    run("curl --silent --show-error --fail http://\(host: .address):\(host: .variable("port"))/version")
  }
}

let shutdown = task("stop", "Stop the shop on every host") {
  hosts("web") {
    stop(.signal(.term, pidfile: "\(host: .variable("pidfile"))"))
    waitFor(.command("test ! -e \(host: .variable("pidfile"))"), within: .seconds(10))
  }
}

let deployfile = Deployfile {
  environment("demo", inventory: "inventory/demo.ini")
  setup
  deploy
  status
  shutdown
}
