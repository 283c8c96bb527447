import Tasks

/// What the kit for tests puts in the place of the world.
extension RunContext {
  /// Has every host reached through this transport, this machine included, and questions answered; nothing is remembered of the run.
  package func rehearse(over transport: any Transport, answer: @escaping @Sendable (String) -> Bool) {
    connections.standIn = transport
    self.answer = answer
  }

  var isRehearsal: Bool { connections.standIn != nil }
}
