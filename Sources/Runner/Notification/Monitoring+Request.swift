import Tasks

extension Notification {
  /// The requests of services that mark a deployment in their charts.
  func monitoring(_ message: String, _ filler: MessageText) throws(NotificationProblem) -> [HTTPRequest] {
    switch channel.kind {
    case .newRelicMarker(let server, let application, let key, let revision):
      let path = "/v2/applications/\(filler.text(application).pathPart)/deployments.json"
      return [
        HTTPRequest(
          filler.text(server).withoutFinalSlash + path, headers: ["X-Api-Key": filler.text(key)],
          body: [
            "deployment": [
              "revision": .string(try filler.needed(revision, "version")), "description": .string(message),
              "user": .string(filler.moment.text(of: .user)),
            ]
          ])
      ]
    case .newRelicChange(let server, let entity, let key, let version):
      let query = Self.changeTracking(
        entity: filler.text(entity), version: try filler.needed(version, "version"), message: message, filler.moment)
      return [
        HTTPRequest(
          filler.text(server).withoutFinalSlash + "/graphql", headers: ["API-Key": filler.text(key)], body: ["query": .string(query)])
      ]
    case .sentry(let project, let token): return try Self.sentry(project, filler.text(token), message, filler)
    case .grafana(let server, let token, let tags):
      var body: Value = ["time": .int(Int(filler.moment.now.milliseconds))]
      if filler.moment.outcome != nil {
        body = ["time": .int(Int(filler.moment.started.milliseconds)), "timeEnd": .int(Int(filler.moment.now.milliseconds))]
      }
      guard case .object(let times) = body else { return [] }
      let tags = tags.map(filler.text).filter { !$0.isEmpty }
      body = .object(
        times + [.init(key: "tags", value: .array(tags.map(Value.string))), .init(key: "text", value: .string(message))])
      return [
        HTTPRequest(
          filler.text(server).withoutFinalSlash + "/api/annotations", headers: ["Authorization": "Bearer \(filler.text(token))"], body: body
        )
      ]
    default: return []
    }
  }

  /// Values stand in the mutation itself, as New Relic's page has them; a string of GraphQL is one of JSON.
  private static func changeTracking(entity: String, version: String, message: String, _ moment: RunMoment) -> String {
    func literal(_ text: String) -> String { JSON.text(.string(text)) }
    let url = moment.text(of: .url)
    let deployment = "version: \(literal(version))" + (url.isEmpty ? "" : ", deepLink: \(literal(url))")
    return """
      mutation { changeTrackingCreateEvent(changeTrackingEvent: { \
      categoryAndTypeData: { categoryFields: { deployment: { \(deployment) } } kind: { category: "deployment", type: "basic" } } \
      user: \(literal(moment.text(of: .user))) description: \(literal(message)) groupId: \(literal(moment.text(of: .id))) \
      entitySearch: { query: \(literal("id = '\(entity)'")) } }) { changeTrackingEvent { changeTrackingId } messages } }
      """
  }

  /// The release first, which may be there already, and then its deploy.
  private static func sentry(
    _ project: SentryProject, _ token: String, _ message: String, _ filler: MessageText
  ) throws(NotificationProblem) -> [HTTPRequest] {
    let release = try filler.needed(project.release, "version"), environment = try filler.needed(project.environment, "environment")
    let url = filler.moment.text(of: .url)
    let releases =
      filler.text(project.server).withoutFinalSlash + "/api/0/organizations/\(filler.text(project.organization).pathPart)/releases/"
    var deploy: [Value.Member] = [
      .init(key: "environment", value: .string(environment)), .init(key: "name", value: .string(message)),
      .init(key: "dateStarted", value: .string(filler.moment.started.text)),
      .init(key: "dateFinished", value: .string(filler.moment.now.text)),
    ]
    if !url.isEmpty { deploy.append(.init(key: "url", value: .string(url))) }
    return [
      HTTPRequest(
        releases, headers: ["Authorization": "Bearer \(token)"],
        body: ["version": .string(release), "projects": .array(project.projects.map(Value.string))]),
      HTTPRequest(
        "\(releases)\(release.pathPart)/deploys/", headers: ["Authorization": "Bearer \(token)"], body: .object(deploy)),
    ]
  }
}

extension MessageText {
  /// The text, which the service must be told.
  fileprivate func needed(_ text: Text, _ what: String) throws(NotificationProblem) -> String {
    let value = self.text(text)
    guard !value.isEmpty else { throw .missing(what) }
    return value
  }
}
