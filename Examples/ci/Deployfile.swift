// The deployment of the shop: what the jobs beside this file call. docs/pipeline.md tells the whole story.
import Tasks

let shop = PythonApp("shop", root: "/srv/shop", index: "https://pypi.example.com/simple", credentials: .environment("INDEX_LOGIN"))
let slack = Secret.environment("SLACK_WEBHOOK")
let newRelic = Secret.environment("NEW_RELIC_KEY")

/// Whom every deploy and rollback tells, and when.
@Stages func tell() -> [Stage] {
  notify(.slack(slack), "\(run: .user) starts \(run: .task) of shop in \(run: .environment) \(run: .url)", on: .start)
  notify(
    .slack(slack), "shop in \(run: .environment): \(run: .previousVersion) -> \(run: .version), \(run: .outcome) after \(run: .duration)",
    on: .always)
  notify(.newRelic(application: "1234", key: newRelic), "\(run: .task) by \(run: .user)", on: .success)
}

let deployfile = Deployfile {
  environment("staging", inventory: "inventory/staging.ini")
  environment(
    "production",
    inventory: .chef(
      server: "https://chef.example.com", organization: "example", user: "deploy", key: .secret(.environment("CHEF_KEY")),
      query: "chef_environment:production", login: "deploy"),
    protected: true)
  shop.tasks(
    on: "web", restart: .signal(.hup, pidfile: "/run/shop/shop.pid"),
    check: .http("http://\(host: .address):8000/version", contains: "\(shop.liveVersion)"), by: [.count(1), .percent(25)]
  ) { tell() }
}
