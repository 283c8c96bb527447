// A release goes round the world: region after region, each smoke-tested from here before the next one begins. Everywhere, or nowhere.
import Tasks

/// Roles of the inventory, in the order in which they get a release: the smallest first.
enum Region: String, CaseIterable {
  case ap, eu, us
}

let site = ReleaseFolder("site", root: "\(host: .variable("root"))")
let release = Parameter<String>("release", "what this release is called, for example 2026-11-26")
let only = Parameter<[Region]>("region", "only this region; may be repeated", default: Region.allCases)

let deploy = task("deploy", "Put a release everywhere, then make it live region by region", release, only) { release, only in
  let regions = Region.allCases.filter(only.contains)
  locked("site") {
    attempt {
      for region in regions {
        hosts("web:&\(region.rawValue)") {
          parallel(limit: 20) { site.install(.folder("public"), as: release) }
        }
      }
      for region in regions {
        hosts("web:&\(region.rawValue)") {
          serially(by: [.count(1), .percent(50)]) { site.activate(release) }
        }
        local("bin/smoke-test \(region.rawValue)", named: "smoke test of \(region.rawValue)")
      }
    } onFailure: {
      invoke("rollback")
    }
  }
}

let rollback = task("rollback", "All regions go back to the last good release that every host has") {
  locked("site") {
    hosts("web") {
      serially(by: .percent(25)) {
        site.whenRollingBack { site.rollback() }
      }
    }
  }
}

let releases = task("releases", "What is live where") {
  hosts("web") { site.releases() }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true)
  deploy
  rollback
  releases
}
