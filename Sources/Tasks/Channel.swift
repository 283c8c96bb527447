/// Where a notification goes.
///
///     notify(.slack(.environment("SLACK_WEBHOOK")), "shop \(version) is live")
public struct Channel: Sendable {
  /// What plans call it, for example `slack`.
  package let name: String
  package let address: Secret

  /// A Slack channel, by the address of its incoming webhook.
  public static func slack(_ webhook: Secret) -> Channel { Channel(name: "slack", address: webhook) }
}
