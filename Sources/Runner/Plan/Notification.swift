import Tasks

/// A message for a channel: sent where it stands in the plan, or on an occasion of its task.
package struct Notification: Sendable {
  package var channel: Channel
  package var message: Text
  package var occasion: Occasion?

  /// All pieces that are not fixed yet, those of the channel's address and settings included.
  package var fragments: [Fragment] { message.fragments + channel.fragments }

  package var secrets: [Secret] { fragments.compactMap { if case .secret(let secret) = $0 { secret } else { nil } } }

  /// Messages are put together on this machine: no host is asked.
  func check(at location: SourceLocation) throws(PlanError) {
    for fragment in fragments {
      switch fragment {
      case .host: throw .hostInMessage(at: location)
      case .decided(let decision): throw .capturedInMessage(decision.name, at: location)
      case .captured(let captured): throw .capturedInMessage(captured.name, at: location)
      case .run(.outcome) where occasion == nil || occasion == .start: throw .outcomeBeforeEnd(at: location)
      case .secret(let secret): if secret.source == .lost { throw .secretInString(at: location) }
      case .text, .run: break
      }
    }
  }

  /// What people read in plans and events.
  package var title: String { "notify \(channel.name): \(message.plain.template)" }

  /// When it is sent, for people; nothing when it is sent where it stands.
  package var when: String? {
    switch occasion {
    case nil: nil
    case .start: "when it starts"
    case .success: "when it is done"
    case .failure: "when it fails"
    case .always: "when it has ended"
    }
  }
}

extension Channel {
  package var fragments: [Fragment] {
    switch kind {
    case .slack(let secret), .teams(let secret), .mattermost(let secret): [.secret(secret)]
    case .hipChat(let server, let room, let token): server.fragments + room.fragments + [.secret(token)]
    case .newRelicMarker(let server, let application, let key, let revision):
      server.fragments + application.fragments + revision.fragments + [.secret(key)]
    case .newRelicChange(let server, let entity, let key, let version):
      server.fragments + entity.fragments + version.fragments + [.secret(key)]
    case .sentry(let project, let token):
      [project.server, project.organization, project.release, project.environment].flatMap(\.fragments) + [.secret(token)]
    case .grafana(let server, let token, let tags): server.fragments + tags.flatMap(\.fragments) + [.secret(token)]
    case .webhook(let address, let headers): address.fragments + headers.values.flatMap(\.fragments)
    case .command(let command): command.fragments
    }
  }
}

extension PlannedStage {
  /// Every notification, depth first.
  package static func notifications(of stages: [PlannedStage]) -> [Notification] {
    stages.flatMap { stage -> [Notification] in
      switch stage {
      case .notify(let notification): [notification]
      case .notifying(let notifications, let stages): notifications + self.notifications(of: stages)
      default: stage.children.flatMap(notifications)
      }
    }
  }
}
