// A change that cannot be made while people use the site: a page says so, and goes away again whatever happens.
import Tasks

let root: Text = "\(host: .variable("root"))"
let until = Parameter<String>("until", "what the page promises, for example \"14:30 UTC\"", default: "soon")

/// The web server answers everything with 503 and this page as long as it is there.
@Steps func showPage(until: String) -> [Step] {
  run("mkdir -p \(path: root)/shared").idempotent()
  render("templates/maintenance.html", to: "\(root)/shared/maintenance.html", values: ["until": "\(until)"])
}

@Steps func hidePage() -> [Step] {
  run("rm -f \(path: root)/shared/maintenance.html").named("take the page away").idempotent()
}

let upgrade = task("upgrade", "Show the page, bring the new code, convert the data once, take the page away", until) { until in
  locked("site") {
    always {
      hosts("web") { showPage(until: until) }
      hosts("web") { sync("app", to: "\(root)/app", deleting: true) }
      hosts("web[0]") {
        within("\(root)/app") { run("bin/convert").timeout(.seconds(1800)) }
      }
      hosts("web") {
        within("\(root)/app") { restart(.command("bin/restart")) }
      }
    } finally: {
      hosts("web") { hidePage() }
    }
  }
}

let showTask = task("maintenance:on", "Show the page", until) { until in
  hosts("web") { showPage(until: until) }
}

let hideTask = task("maintenance:off", "Take the page away") {
  hosts("web") { hidePage() }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  upgrade
  showTask
  hideTask
}
