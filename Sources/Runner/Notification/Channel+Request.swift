import Tasks

extension Notification {
  /// What is posted, one after the other, as the services document it; nothing for a command.
  package func requests(_ filler: MessageText) throws(NotificationProblem) -> [HTTPRequest] {
    let message = filler.text(message)
    let requests: [HTTPRequest]
    switch channel.kind {
    case .slack(let hook): requests = [HTTPRequest(filler.text(hook), body: ["text": .string(message.slackText)])]
    case .mattermost(let hook): requests = [HTTPRequest(filler.text(hook), body: ["text": .string(message)])]
    case .teams(let hook): requests = [HTTPRequest(filler.text(hook), body: Self.card(message))]
    case .hipChat(let server, let room, let token):
      let color = filler.moment.outcome.map { $0 == .succeeded ? "green" : "red" } ?? "yellow"
      requests = [
        HTTPRequest(
          "\(filler.text(server).withoutFinalSlash)/v2/room/\(filler.text(room).pathPart)/notification",
          headers: ["Authorization": "Bearer \(filler.text(token))"],
          body: ["color": .string(color), "message": .string(message), "notify": true, "message_format": "text"])
      ]
    case .newRelicMarker, .newRelicChange, .sentry, .grafana: requests = try monitoring(message, filler)
    case .webhook(let address, let headers):
      var request = HTTPRequest(filler.text(address), body: .object(filler.moment.members(message)))
      request.headers = headers.sorted { $0.key < $1.key }.map { HTTPRequest.Header(name: $0.key, value: filler.text($0.value)) }
      requests = [request]
    case .command: requests = []
    }
    for header in requests.flatMap(\.headers) where header.value.contains(where: \.isNewline) || header.name.contains(where: \.isNewline) {
      throw .lineBreak(header: header.name.firstLine)
    }
    return requests
  }

  private static func card(_ message: String) -> Value {
    [
      "type": "message",
      "attachments": [
        [
          "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null,
          "content": [
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.2",
            "body": [["type": "TextBlock", "text": .string(message), "wrap": true]],
          ],
        ]
      ],
    ]
  }
}

extension RunMoment {
  /// The message and every field, by name.
  fileprivate func members(_ message: String) -> [Value.Member] {
    [.init(key: "message", value: .string(message))] + RunField.allCases.map { .init(key: $0.rawValue, value: .string(text(of: $0))) }
  }

  /// The same as environment variables.
  package func variables(_ message: String) -> [(name: String, value: String)] {
    [("PUSHBUTTON_MESSAGE", message)] + RunField.allCases.map { ("PUSHBUTTON_\($0.rawValue.upperSnakeCased)", text(of: $0)) }
  }
}

extension String {
  /// Slack reads these three as its own markup.
  fileprivate var slackText: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// `previousVersion` as `PREVIOUS_VERSION`.
  fileprivate var upperSnakeCased: String { map { $0.isUppercase ? "_\($0)" : $0.uppercased() }.joined() }
}
