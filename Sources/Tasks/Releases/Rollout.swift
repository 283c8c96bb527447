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
    locked(lock) {
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
        takeBack(to: nil)
      }
    }
  }

  /// One deploy or rollback of an application at a time, wherever it is started.
  private var lock: String { app.place.lockName }

  /// Takes hosts back batch by batch, and leaves those alone that are there already.
  @Stages func rollback(to version: String?) -> [Stage] { locked(lock) { takeBack(to: version) } }

  @Stages private func takeBack(to version: String?) -> [Stage] {
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

extension Rollout {
  /// The task that deploys what its parameter says.
  func deployTask<Value: Sendable>(
    _ name: String, _ summary: String, _ parameter: Parameter<Value>, _ then: @escaping @Sendable () -> [Stage],
    steps: @escaping @Sendable (Value) -> (install: [Step], activate: [Step])
  ) -> TaskDefinition {
    var task = task(name, summary, parameter) { value in
      let (install, activate) = steps(value)
      deploy(install: install, activate: activate)
      then()
    }
    task.location = location
    return task
  }

  func rollbackTask(_ prefix: String, _ then: @escaping @Sendable () -> [Stage]) -> TaskDefinition {
    let to = Parameter<String?>("to", "the version to go back to, in place of the last good one")
    var task = task("\(prefix)rollback", "Go back to the last good version of \(app.place.name)", to) { to in
      rollback(to: to)
      then()
    }
    task.location = location
    return task
  }

  func releasesTask(_ prefix: String) -> TaskDefinition {
    var task = task("\(prefix)releases", "Show what is live on every host, since when, by whom, and what else is there") {
      hosts(pattern) { app.releases() }
    }
    task.location = location
    return task
  }
}
