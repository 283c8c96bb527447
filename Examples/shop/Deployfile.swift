// A shop on four hosts: a new version is installed everywhere at once, then the hosts take it one by one; going back is as easy.
import Tasks

let shop = PythonApp("shop", root: "\(host: .variable("root"))", index: index, python: "\(host: .variable("python"))")
let version = Parameter<Version>("version", "the version to install: 1.1.0, latest, or a range such as '>=1.0,<2'", of: shop.package)
let chat = Secret.environment("SLACK_WEBHOOK")

/// gunicorn's master; on HUP it starts new workers, which load the code that `current` points to.
let gunicorn = Service.signal(.hup, pidfile: "\(host: .variable("pidfile"))", program: "gunicorn")

/// The host's own address answers, with the version that is meant to be live there.
let isHealthy = Probe.http("http://\(host: .address):\(host: .variable("port"))/health", contains: "\(shop.liveVersion) is fine")

let setup = task("setup", "Install a version on every host and start it", version) { version in
  hosts("web") {
    parallel {
      shop.install(version)
      shop.activate(version)
      within("\(host: .variable("root"))") {
        run(
          """
          kill -0 "$(cat \(host: .variable("pidfile")) 2>/dev/null)" 2>/dev/null && exit
          exec "$PWD"/current/bin/python -m gunicorn --daemon --pid \(host: .variable("pidfile")) --error-logfile error.log \
            --bind \(host: .address):\(host: .variable("port")) --workers 2 shop.web:app
          """
        ).named("start the shop unless it is running")
      }
      waitFor(isHealthy, within: .seconds(30))
    }
  }
}

let status = task("status", "What every host answers") {
  hosts("web") {
    run("curl --silent --show-error --fail http://\(host: .address):\(host: .variable("port"))/version")
  }
}

let shutdown = task("stop", "Stop the shop on every host") {
  hosts("web") { stop(.signal(.term, pidfile: "\(host: .variable("pidfile"))", program: "gunicorn")) }
}

let deployfile = Deployfile {
  environment("demo", inventory: "inventory/demo.ini")
  setup
  shop.tasks(on: "web", restart: gunicorn, check: isHealthy, within: .seconds(10)) {
    notify(
      .slack(chat), "\(run: .task) of the shop \(run: .outcome): \(run: .version), before it \(run: .previousVersion) (\(run: .duration))",
      on: .always)
  }
  status
  shutdown
}
