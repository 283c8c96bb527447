/// Where a notification goes: a chat, a monitoring service, an address or a command.
///
/// Its tokens, and addresses that hold one, are secrets. What cannot be delivered within 10 seconds is a warning and never changes how a
/// run ends.
///
///     notify(.slack(.environment("SLACK_WEBHOOK")), "shop \(version) is live")
///     notify(.grafana(server: "https://grafana.example.com", token: token), "shop \(run: .version)", on: .success)
public struct Channel: Sendable {
  package enum Kind: Sendable {
    case slack(Secret)
    case teams(Secret)
    case mattermost(Secret)
    case hipChat(server: Text, room: Text, token: Secret)
    case newRelicMarker(server: Text, application: Text, key: Secret, revision: Text)
    case newRelicChange(server: Text, entity: Text, key: Secret, version: Text)
    case sentry(SentryProject, token: Secret)
    case grafana(server: Text, token: Secret, tags: [Text])
    case webhook(Text, headers: [String: Text])
    case command(Command)
  }

  /// What plans call it, for example `slack`.
  package let name: String
  package var kind: Kind

  /// A Slack channel, by the address of its incoming webhook; the message is shown as it is written, and addresses in it become links.
  ///
  /// Sends `{"text": ...}` as https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks says, with `&`, `<` and `>`
  /// escaped.
  ///
  ///     notify(.slack(.environment("SLACK_WEBHOOK")), "shop \(version) is live")
  public static func slack(_ webhook: Secret) -> Channel { Channel(name: "slack", kind: .slack(webhook)) }

  /// A channel of Microsoft Teams, by the address of its workflow "Post to a channel when a webhook request is received".
  ///
  /// Sends a message with an Adaptive Card as
  /// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using says; the message may be
  /// Markdown.
  ///
  ///     notify(.teams(.environment("TEAMS_WORKFLOW")), "shop \(version) is live")
  public static func teams(_ webhook: Secret) -> Channel { Channel(name: "teams", kind: .teams(webhook)) }

  /// A Mattermost channel, by the address of its incoming webhook; the message may be Markdown.
  ///
  /// Sends `{"text": ...}` as https://developers.mattermost.com/integrate/webhooks/incoming says.
  ///
  ///     notify(.mattermost(.file("mattermost.url")), "shop \(version) is live")
  public static func mattermost(_ webhook: Secret) -> Channel { Channel(name: "mattermost", kind: .mattermost(webhook)) }

  /// A room of a HipChat server, by its id or name; green after success, red after failure, else yellow.
  ///
  /// Sends a room notification of its API v2 (https://www.hipchat.com/docs/apiv2/method/send_room_notification); the token is the room's.
  ///
  ///     notify(.hipChat(server: "https://hipchat.example.com", room: "Ops", token: .environment("HIPCHAT_TOKEN")), "shop is live")
  public static func hipChat(server: Text, room: Text, token: Secret) -> Channel {
    Channel(name: "hipChat", kind: .hipChat(server: server, room: room, token: token))
  }

  /// Any address that takes JSON: the message and every field of the run, by the names of `RunField`.
  ///
  /// The body is `{"message": ..., "id": ..., "started": ..., "environment": ..., "task": ..., ...}`; what is not known is empty.
  ///
  ///     notify(.webhook(.environment("HOOK"), headers: ["X-Token": "\(token)"]), "shop is live")
  public static func webhook(_ address: Secret, headers: [String: Text] = [:]) -> Channel {
    webhook("\(address)", headers: headers)
  }

  /// The same for an address that is no secret, or holds one in its middle.
  public static func webhook(_ address: Text, headers: [String: Text] = [:]) -> Channel {
    Channel(name: "webhook", kind: .webhook(address, headers: headers))
  }

  /// A command on this machine, in the Deployfile's folder: it gets the message on its input.
  ///
  /// Every field of the run is an environment variable: `PUSHBUTTON_ID`, `PUSHBUTTON_TASK`, `PUSHBUTTON_PREVIOUS_VERSION` and so on, and
  /// `PUSHBUTTON_MESSAGE`.
  ///
  ///     notify(.command("mail -s \"deploy of $PUSHBUTTON_TASK\" ops@example.com"), "shop is live")
  public static func command(_ command: Command) -> Channel { Channel(name: "command", kind: .command(command)) }
}
