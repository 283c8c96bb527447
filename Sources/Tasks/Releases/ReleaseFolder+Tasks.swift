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
      rollout.deployTask("\(prefix)deploy", "Put a release of \(place.name) everywhere, then bounce the hosts", release, then) { release in
        (install(source(release), as: release, fileID: fileID, line: line), activate(release, fileID: fileID, line: line))
      },
      rollout.rollbackTask(prefix, then),
      rollout.releasesTask(prefix),
    ]
  }
}
