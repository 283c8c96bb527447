/// How an application is deployed and taken back: which hosts, in which batches, what is bounced, and what proves that it works.
struct Rollout: Sendable {
  let app: any ReleaseCycle
  let pattern: Pattern
  let batches: Batches
  let pause: Duration
  let fanOut: Int?
  let service: Service?
  let check: (probe: Probe, limit: Duration)?
  let keep: Int
  let location: SourceLocation

  /// Installs everywhere at once and bounces batch by batch; what fails is taken back on the hosts that were switched.
  @Stages func deploy(install: [Step], activate: [Step]) -> [Stage] {
    attempt {
      hosts(pattern) {
        parallel(limit: fanOut) {
          install
        }
        serially(by: batches, pause: pause) {
          activate
          bounce()
          app.prune(keep: keep).atTheEnd()
        }
      }
    } onFailure: {
      rollback(to: nil)
    }
  }

  /// Takes hosts back batch by batch, and leaves those alone that are there already.
  @Stages func rollback(to version: String?) -> [Stage] {
    hosts(pattern) {
      serially(by: batches, pause: pause) {
        app.whenRollingBack(to: version) {
          app.rollback(to: version)
          bounce()
        }
      }
    }
  }

  @Steps private func bounce() -> [Step] {
    if let service { restart(service) }
    if let check { waitFor(check.probe, within: check.limit) }
  }
}

extension PythonApp {
  /// Ready tasks: `deploy --version V`, `rollback [--to V]`, `releases` and `versions`.
  ///
  /// `deploy` installs on all hosts at once, and then batch by batch makes the version live, restarts the service and waits until `check`
  /// holds; what fails is taken back on the hosts that were switched. The stages of `then` follow a deploy and a rollback.
  /// `prefix` stands in front of the tasks' names, for Deployfiles with several applications.
  ///
  ///     shop.tasks(
  ///       on: "web", restart: .signal(.hup, pidfile: "/run/shop.pid"),
  ///       check: .http("http://localhost:8000/version", contains: "\(shop.liveVersion)")
  ///     ) { notify(.slack(webhook), "shop \(run: .version) is live") }
  public func tasks(
    on pattern: Pattern, restart service: Service? = nil, check probe: Probe? = nil, within limit: Duration = .seconds(30),
    by batches: Batches = .count(1), pause: Duration = .zero, limit fanOut: Int? = nil, keep: Int = 5, prefix: String = "",
    fileID: StaticString = #fileID, line: UInt = #line, @Stages then: @escaping @Sendable () -> [Stage] = { [] }
  ) -> [TaskDefinition] {
    let rollout = Rollout(
      app: self, pattern: pattern, batches: batches, pause: pause, fanOut: fanOut, service: service,
      check: probe.map { ($0, limit) }, keep: keep, location: SourceLocation(fileID, line))
    let version = Parameter<Version>("version", "the version to install: 1.4.2, latest, or a range such as '>=1.4,<2'", of: package)
    return [
      task("\(prefix)deploy", "Install a version of \(name) everywhere, then bounce the hosts", version, fileID: fileID, line: line) { version in
        rollout.deploy(install: install(version, fileID: fileID, line: line), activate: activate(version, fileID: fileID, line: line))
        then()
      },
      rollout.rollbackTask(prefix, then),
      rollout.releasesTask(prefix),
      task("\(prefix)versions", "Show which versions of \(name) the index offers", fileID: fileID, line: line) { versions(of: package) },
    ]
  }
}

extension ReleaseFolder {
  /// Ready tasks: `deploy --release LABEL`, `rollback [--to LABEL]` and `releases`; see `PythonApp.tasks`.
  ///
  ///     site.tasks(on: "web", from: { .git("https://git.example.com/site.git", revision: $0) }, restart: "nginx")
  public func tasks(
    on pattern: Pattern, from source: @escaping @Sendable (_ release: String) -> ReleaseSource, restart service: Service? = nil,
    check probe: Probe? = nil, within limit: Duration = .seconds(30), by batches: Batches = .count(1), pause: Duration = .zero,
    limit fanOut: Int? = nil, keep: Int = 5, prefix: String = "", fileID: StaticString = #fileID, line: UInt = #line,
    @Stages then: @escaping @Sendable () -> [Stage] = { [] }
  ) -> [TaskDefinition] {
    let rollout = Rollout(
      app: self, pattern: pattern, batches: batches, pause: pause, fanOut: fanOut, service: service,
      check: probe.map { ($0, limit) }, keep: keep, location: SourceLocation(fileID, line))
    let release = Parameter<String>("release", "what to deploy, and what it is called")
    return [
      task("\(prefix)deploy", "Put a release of \(place.name) everywhere, then bounce the hosts", release, fileID: fileID, line: line) { release in
        rollout.deploy(
          install: install(source(release), as: release, fileID: fileID, line: line),
          activate: activate(release, fileID: fileID, line: line))
        then()
      },
      rollout.rollbackTask(prefix, then),
      rollout.releasesTask(prefix),
    ]
  }
}

extension Rollout {
  fileprivate func rollbackTask(_ prefix: String, _ then: @escaping @Sendable () -> [Stage]) -> TaskDefinition {
    let to = Parameter<String?>("to", "the version to go back to, in place of the last good one")
    var task = task("\(prefix)rollback", "Go back to the last good version of \(app.place.name)", to) { to in
      rollback(to: to)
      then()
    }
    task.location = location
    return task
  }

  fileprivate func releasesTask(_ prefix: String) -> TaskDefinition {
    var task = task("\(prefix)releases", "Show what is live on every host, since when, by whom, and what else is there") {
      hosts(pattern) { app.releases() }
    }
    task.location = location
    return task
  }
}
