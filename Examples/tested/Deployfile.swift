// A shop with a database, and a team that tests how it is deployed.
import Tasks

let version = Parameter<Version>("version", "the version to install, for example 1.4.2")
let chat = Secret.environment("CHAT_WEBHOOK")
let before = Captured("before")

/// What is done on every web host whose turn it is.
@Steps func takeVersion(_ version: Version) -> [Step] {
  run("bin/switch \(version)").named("switch")
  restart("shop").named("restart the shop")
  waitFor(.http("http://localhost:8000/health"), within: .seconds(30)).named("healthy")
}

let deploy = task("deploy", "Migrate once, then one web host, then the others", version) { version in
  notify(.slack(chat), "shop \(version): \(run: .outcome)", on: .always)
  locked("shop") {
    hosts("web") {
      upload("config/shop.conf", to: "/etc/shop/shop.conf")
      within("/srv/shop") { run("bin/fetch \(version)").named("fetch").timeout(.seconds(60)).retry(3, every: .seconds(5)) }
    }
    hosts("db") {
      when("test -e /srv/shop/needs-migration") { run("bin/migrate --to \(version)").named("migrate").once() }
    }
    attempt {
      hosts("web") {
        parallel { capture("bin/version", as: before).named("what runs now") }
        serially(by: [.count(1), .percent(50)], pause: .seconds(10), tolerating: .count(1)) { takeVersion(version) }
      }
    } onFailure: {
      hosts("web") { run("bin/switch \(before)").named("switch back") }
    }
  }
}

let deployfile = Deployfile {
  environment("staging", inventory: "inventory/staging.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  deploy
}
