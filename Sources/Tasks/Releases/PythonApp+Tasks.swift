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
      rollout.deployTask("\(prefix)deploy", "Install a version of \(name) everywhere, then bounce the hosts", version, then) { version in
        (install(version, fileID: fileID, line: line), activate(version, fileID: fileID, line: line))
      },
      rollout.rollbackTask(prefix, then),
      rollout.releasesTask(prefix),
      task("\(prefix)versions", "Show which versions of \(name) the index offers", fileID: fileID, line: line) {
        versions(of: package)
      },
    ]
  }
}
