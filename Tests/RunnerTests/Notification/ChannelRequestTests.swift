import Tasks
import Testing

@testable import Runner

/// What every service is sent, to the letter.
struct ChannelRequestTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var channel: Channel
    var outcome: Outcome?
    /// Address, headers and body of every request.
    var requests: [String]

    init(_ name: String, _ channel: Channel, _ outcome: Outcome? = nil, _ requests: String...) {
      testDescription = name
      self.channel = channel
      self.outcome = outcome
      self.requests = requests
    }
  }

  static let token = Secret.environment("TOKEN")
  static let hook = Secret.environment("HOOK")
  static let hookText = "https://hooks.example.com/services/T0/B0/xyz"
  static let fields: [RunField: String] = [
    .id: "r1", .started: "20261122T224002Z", .environment: "production", .task: "deploy", .user: "ann", .url: "https://ci/1",
    .duration: "1 min 4 s", .outcome: "succeeded", .version: "1.4.2", .previousVersion: "1.4.1",
  ]

  static func filler(_ outcome: Outcome?, fields: [RunField: String] = Self.fields) -> MessageText {
    MessageText(
      moment: RunMoment(
        fields: fields, started: Timestamp(milliseconds: 1_795_387_202_000), now: Timestamp(milliseconds: 1_795_387_266_500),
        outcome: outcome),
      secrets: [token: Array("s3cr3t".utf8), hook: Array(hookText.utf8)])
  }

  static func requests(_ channel: Channel, _ filler: MessageText) throws(NotificationProblem) -> [String] {
    let message: Text = "shop \(run: .version) <\"live\"> & \(token)"
    return try Notification(channel: channel, message: message).requests(filler).map { request in
      ([request.address] + request.headers.map { "\($0.name): \($0.value)" } + [JSON.text(request.body)]).joined(separator: "\n")
    }
  }

  static let rows = [
    Row(
      "slack", .slack(hook), nil,
      #"""
      https://hooks.example.com/services/T0/B0/xyz
      {"text":"shop 1.4.2 &lt;\"live\"&gt; &amp; s3cr3t"}
      """#),
    Row(
      "mattermost", .mattermost(hook), nil,
      #"""
      https://hooks.example.com/services/T0/B0/xyz
      {"text":"shop 1.4.2 <\"live\"> & s3cr3t"}
      """#),
    Row(
      "teams", .teams(hook), nil,
      #"""
      https://hooks.example.com/services/T0/B0/xyz
      {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.2","body":[{"type":"TextBlock","text":"shop 1.4.2 <\"live\"> & s3cr3t","wrap":true}]}}]}
      """#),
    Row(
      "hipChat", .hipChat(server: "https://hipchat.example.com/", room: "Ops/R&D", token: token), .succeeded,
      #"""
      https://hipchat.example.com/v2/room/Ops%2FR%26D/notification
      Authorization: Bearer s3cr3t
      {"color":"green","message":"shop 1.4.2 <\"live\"> & s3cr3t","notify":true,"message_format":"text"}
      """#),
    Row(
      "hipChat after a failure", .hipChat(server: "https://h", room: "1", token: token), .failed,
      #"""
      https://h/v2/room/1/notification
      Authorization: Bearer s3cr3t
      {"color":"red","message":"shop 1.4.2 <\"live\"> & s3cr3t","notify":true,"message_format":"text"}
      """#),
    Row(
      "hipChat before the end", .hipChat(server: "https://h", room: "1", token: token), nil,
      #"""
      https://h/v2/room/1/notification
      Authorization: Bearer s3cr3t
      {"color":"yellow","message":"shop 1.4.2 <\"live\"> & s3cr3t","notify":true,"message_format":"text"}
      """#),
    Row(
      "newRelic, a marker", .newRelic(application: "1234", key: token), nil,
      #"""
      https://api.newrelic.com/v2/applications/1234/deployments.json
      X-Api-Key: s3cr3t
      {"deployment":{"revision":"1.4.2","description":"shop 1.4.2 <\"live\"> & s3cr3t","user":"ann"}}
      """#),
    Row(
      "newRelic, change tracking", .newRelic(entity: "GUID", key: token, server: "https://api.eu.newrelic.com"), nil,
      #"""
      https://api.eu.newrelic.com/graphql
      API-Key: s3cr3t
      {"query":"mutation { changeTrackingCreateEvent(changeTrackingEvent: { categoryAndTypeData: { categoryFields: { deployment: { version: \"1.4.2\", deepLink: \"https://ci/1\" } } kind: { category: \"deployment\", type: \"basic\" } } user: \"ann\" description: \"shop 1.4.2 <\\\"live\\\"> & s3cr3t\" groupId: \"r1\" entitySearch: { query: \"id = 'GUID'\" } }) { changeTrackingEvent { changeTrackingId } messages } }"}
      """#),
    Row(
      "sentry", .sentry(organization: "example", projects: ["shop", "api"], token: token, release: "shop@\(run: .version)"), .succeeded,
      #"""
      https://sentry.io/api/0/organizations/example/releases/
      Authorization: Bearer s3cr3t
      {"version":"shop@1.4.2","projects":["shop","api"]}
      """#,
      #"""
      https://sentry.io/api/0/organizations/example/releases/shop%401.4.2/deploys/
      Authorization: Bearer s3cr3t
      {"environment":"production","name":"shop 1.4.2 <\"live\"> & s3cr3t","dateStarted":"2026-11-22T22:40:02.000Z","dateFinished":"2026-11-22T22:41:06.500Z","url":"https://ci/1"}
      """#),
    Row(
      "grafana before the end", .grafana(server: "https://grafana.example.com/sub/", token: token), nil,
      #"""
      https://grafana.example.com/sub/api/annotations
      Authorization: Bearer s3cr3t
      {"time":1795387266500,"tags":["deploy","deploy","production"],"text":"shop 1.4.2 <\"live\"> & s3cr3t"}
      """#),
    Row(
      "grafana after it", .grafana(server: "https://g", token: token, tags: ["shop"]), .failed,
      #"""
      https://g/api/annotations
      Authorization: Bearer s3cr3t
      {"time":1795387202000,"timeEnd":1795387266500,"tags":["shop"],"text":"shop 1.4.2 <\"live\"> & s3cr3t"}
      """#),
    Row(
      "webhook", .webhook("https://h/\(token)", headers: ["X-B": "\(run: .task)", "X-A": "\(token)"]), .succeeded,
      #"""
      https://h/s3cr3t
      X-A: s3cr3t
      X-B: deploy
      {"message":"shop 1.4.2 <\"live\"> & s3cr3t","id":"r1","started":"20261122T224002Z","environment":"production","task":"deploy","user":"ann","url":"https://ci/1","duration":"1 min 4 s","outcome":"succeeded","version":"1.4.2","previousVersion":"1.4.1"}
      """#),
    Row("command", .command("mail ops@example.com"), nil),
  ]

  @Test(arguments: rows) func request(row: Row) throws {
    #expect(try Self.requests(row.channel, Self.filler(row.outcome)) == row.requests)
  }

  static let refused: [(channel: Channel, problem: NotificationProblem)] = [
    (.newRelic(application: "1", key: token), .missing("version")), (.newRelic(entity: "1", key: token), .missing("version")),
    (.sentry(organization: "o", projects: ["p"], token: token), .missing("version")),
    (.sentry(organization: "o", projects: ["p"], token: token, release: "1"), .missing("environment")),
    (.webhook("https://h", headers: ["X-A": "a\r\nX-B: b"]), .lineBreak(header: "X-A")),
  ]

  @Test(arguments: refused) func cannotBeSaid(channel: Channel, problem: NotificationProblem) {
    #expect(throws: problem) { try Self.requests(channel, Self.filler(nil, fields: [:])) }
  }

  @Test func variables() {
    let variables = Self.filler(nil).moment.variables("hello\nthere").map { "\($0.name)=\($0.value)" }
    #expect(
      variables == [
        "PUSHBUTTON_MESSAGE=hello\nthere", "PUSHBUTTON_ID=r1", "PUSHBUTTON_STARTED=20261122T224002Z", "PUSHBUTTON_ENVIRONMENT=production",
        "PUSHBUTTON_TASK=deploy", "PUSHBUTTON_USER=ann", "PUSHBUTTON_URL=https://ci/1", "PUSHBUTTON_DURATION=1 min 4 s",
        "PUSHBUTTON_OUTCOME=succeeded", "PUSHBUTTON_VERSION=1.4.2", "PUSHBUTTON_PREVIOUS_VERSION=1.4.1",
      ])
  }

  @Test func commandsQuoteWhatIsFilledIn() {
    let filler = Self.filler(nil, fields: [.user: "it's ann"])
    let (text, variables) = filler.command("tell \(run: .user) --token=\(Self.token) \(raw: "$X") \(Self.hook)")
    #expect(
      text == #"""
        pb_1=$PUSHBUTTON_SECRET_1; unset PUSHBUTTON_SECRET_1
        pb_2=$PUSHBUTTON_SECRET_2; unset PUSHBUTTON_SECRET_2
        tell 'it'\''s ann' --token="$pb_1" $X "$pb_2"
        """#)
    #expect(
      variables.map { "\($0.name)=\($0.value)" } == ["PUSHBUTTON_SECRET_1=s3cr3t", "PUSHBUTTON_SECRET_2=\(Self.hookText)"])
  }
}
