extension Channel {
  /// A deployment marker on an application of New Relic, by the application's number.
  ///
  /// Sends the message as its description to the REST API v2
  /// (https://docs.newrelic.com/docs/apm/new-relic-apm/maintenance/recording-deployments). The server of EU accounts is
  /// `https://api.eu.newrelic.com`.
  ///
  ///     notify(.newRelic(application: "1234", key: .environment("NEW_RELIC_KEY")), "shop \(run: .version)", on: .success)
  public static func newRelic(
    application: Text, key: Secret, revision: Text = "\(run: .version)", server: Text = "https://api.newrelic.com"
  ) -> Channel {
    Channel(name: "newRelic", kind: .newRelicMarker(server: server, application: application, key: key, revision: revision))
  }

  /// A deployment in New Relic's change tracking, by the GUID of the entity that has changed.
  ///
  /// Sends the mutation `changeTrackingCreateEvent` to NerdGraph (https://docs.newrelic.com/docs/change-tracking/config/nerdgraph), the
  /// message as its description. The server of EU accounts is `https://api.eu.newrelic.com`.
  ///
  ///     notify(.newRelic(entity: "MTIzNDU2N3xBUE18", key: .environment("NEW_RELIC_KEY")), "shop \(run: .version)", on: .success)
  public static func newRelic(
    entity: Text, key: Secret, version: Text = "\(run: .version)", server: Text = "https://api.newrelic.com"
  ) -> Channel {
    Channel(name: "newRelic", kind: .newRelicChange(server: server, entity: entity, key: key, version: version))
  }

  /// A release in Sentry and its deploy to the run's environment, from the start of the run until now; the message is the deploy's name.
  ///
  /// Sends https://docs.sentry.io/api/releases/create-a-new-release-for-an-organization and then
  /// https://docs.sentry.io/api/releases/create-a-deploy. The token needs the scope `project:releases`.
  ///
  ///     notify(
  ///       .sentry(organization: "example", projects: ["shop"], token: .environment("SENTRY_TOKEN"), release: "shop@\(run: .version)"),
  ///       "by \(run: .user)", on: .success)
  public static func sentry(
    organization: Text, projects: [String], token: Secret, release: Text = "\(run: .version)", environment: Text = "\(run: .environment)",
    server: Text = "https://sentry.io"
  ) -> Channel {
    let project = SentryProject(
      server: server, organization: organization, projects: projects, release: release, environment: environment)
    return Channel(name: "sentry", kind: .sentry(project, token: token))
  }

  /// An annotation in Grafana, for every dashboard that shows one of the tags; after the run it spans the run's time.
  ///
  /// Sends https://grafana.com/docs/grafana/latest/developers/http_api/annotations; the token is a service account's.
  ///
  ///     notify(.grafana(server: "https://grafana.example.com", token: token, tags: ["deploy", "shop"]), "shop \(run: .version)")
  public static func grafana(
    server: Text, token: Secret, tags: [Text] = ["deploy", "\(run: .task)", "\(run: .environment)"]
  ) -> Channel {
    Channel(name: "grafana", kind: .grafana(server: server, token: token, tags: tags))
  }
}

/// Where a release of Sentry belongs.
package struct SentryProject: Sendable {
  package var server: Text
  package var organization: Text
  package var projects: [String]
  package var release: Text
  package var environment: Text
}
