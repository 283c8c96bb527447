// A Python application from a package index: installed everywhere at once, live host by host, taken back when it does not work.
import Tasks

let root: Text = "\(host: .variable("root"))"
let shop = PythonApp("shop", root: root, index: index)

/// Where there is a unit for systemd, write .unit("shop") here; for gunicorn's master process .signal(.hup, pidfile: "/run/shop.pid").
let service = Service.command("\(path: root)/shared/restart")

/// The interpreter of the live release says which version of the shop it would run.
let says = "import importlib.metadata, sys; sys.exit(importlib.metadata.version(\"shop\") != sys.argv[1])"
let isRight = Probe.command("\(path: root)/current/bin/python -c \(says) \(shop.liveVersion)")

let setup = task("setup", "Make what all releases share; once for every new host") {
  hosts("web") {
    run("mkdir -p \(path: root)/shared").idempotent()
    upload("restart", to: "\(root)/shared/restart", mode: 0o755)
  }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  setup
  shop.tasks(on: "web", restart: service, check: isRight, within: .seconds(10), by: [.count(1), .percent(25)], keep: 3)
}
