// One repository, three services. Each is deployed and taken back by itself; those that a commit has changed are deployed together.
import Tasks

/// In the order in which they are deployed: what others call comes first.
enum Part: String, CaseIterable {
  case api, worker, web
}

extension Part {
  /// Its releases, on the hosts of the role that has its name.
  var releases: ReleaseFolder { ReleaseFolder(rawValue, root: "\(host: .variable("root"))/\(rawValue)") }

  /// `api:deploy`, `api:rollback`, `api:releases`, and so on.
  var tasks: [TaskDefinition] {
    let name = rawValue
    return releases.tasks(
      on: .role(name), from: { _ in .folder("services/\(name)") },
      restart: .command("\(path: "\(host: .variable("root"))/\(name)/current/restart")"), keep: 3, prefix: "\(name):")
  }
}

let parts = Parameter<[Part]>("part", "what to deploy; may be repeated", default: Part.allCases)
let release = Parameter<String>("release", "what this release is called, for example the commit")

let deploy = task("deploy", "Deploy the parts that are named, or all of them", parts, release) { parts, release in
  for part in Part.allCases.filter(parts.contains) {
    invoke("\(part.rawValue):deploy", ["release": release])
  }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  deploy
  for part in Part.allCases { part.tasks }
}
