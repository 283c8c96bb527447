/// What happens when a host closes the connection before it has said anything.
///
/// sshd does that when too many connections are not logged in yet (`MaxStartups`), so many hosts behind one server meet it.
/// Nothing has run, and later there is room. A refused key or an unknown host is never tried again: servers shut out those who insist.
package enum DroppedConnection {
  /// Before each further attempt; together more than the 15 s for which OpenSSH 9.8 and newer shut out whom they do not like.
  package static let pauses: [Duration] = [.seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16)]

  /// As a plan says it.
  package static let text =
    "up to \(pauses.count) more, after about \(pauses.map(\.text).joined(separator: ", ")), if the server drops the connection"

  /// Around the pause by chance, so that those who were dropped together do not come back together.
  package static func spread(_ pause: Duration) -> Duration { pause * Double.random(in: 0.5...1.5) }
}
