import Tasks

/// Lets only some connections to one place begin at once.
///
/// sshd drops connections when too many of them are not logged in yet (`MaxStartups`), and newer ones shut out for a while those who go on.
@Engine package final class ConnectionGate {
  /// Below the 10 at which OpenSSH begins to drop, if nobody has configured it.
  package nonisolated static let width = 8

  /// Someone inside.
  package struct Pass: Sendable {
    fileprivate let place: String
    /// How often the gate had been narrowed before.
    fileprivate let narrowings: Int
  }

  private struct Place {
    var width: Int
    var narrowings = 0
    var inside = 0
    var queue: [(number: Int, continuation: CheckedContinuation<Pass?, Never>)] = []
  }

  private let interruption: Interruption
  private var places: [String: Place] = [:]
  private var nextNumber = 0

  /// How many may be inside at each place at first.
  private let width: Int

  package init(interruption: Interruption, width: Int = ConnectionGate.width) {
    self.interruption = interruption
    self.width = width
  }

  /// Waits for one's turn; nothing when an interruption comes first.
  package func enter(_ place: String) async -> Pass? {
    var observer: Int?
    defer { if let observer { interruption.unobserve(observer) } }
    return await withCheckedContinuation { continuation in
      guard !interruption.isRequested else { return continuation.resume(returning: nil) }
      nextNumber += 1
      let number = nextNumber
      places[place, default: Place(width: width)].queue.append((number, continuation))
      observer = interruption.observe(stop: { self.giveUp(number, at: place) }, cancel: {})
      admit(to: place)
    }
  }

  /// Has begun, or never will.
  package func leave(_ pass: Pass) {
    places[pass.place]?.inside -= 1
    admit(to: pass.place)
  }

  /// Was dropped, so that half as many may try from now on; those who were inside with it count as one.
  package func narrow(_ pass: Pass) {
    guard let place = places[pass.place], place.narrowings == pass.narrowings else { return }
    places[pass.place]?.narrowings += 1
    places[pass.place]?.width = max(1, place.width / 2)
  }

  private func admit(to place: String) {
    while let state = places[place], state.inside < state.width, let next = state.queue.first {
      places[place]?.queue.removeFirst()
      places[place]?.inside += 1
      next.continuation.resume(returning: Pass(place: place, narrowings: state.narrowings))
    }
  }

  private func giveUp(_ number: Int, at place: String) {
    guard let index = places[place]?.queue.firstIndex(where: { $0.number == number }) else { return }
    places[place]?.queue.remove(at: index).continuation.resume(returning: nil)
  }

  /// The names of the hosts that have to wait for each other, if there are any.
  package nonisolated static func crowd(of hosts: [Host]) -> [String]? {
    var names: [String: [String]] = [:]
    for host in hosts { if let entrance = try? SSHDestination(host).entrance { names[entrance, default: []].append(host.name) } }
    let crowded = Set(names.values.filter { $0.count > width }.joined())
    return crowded.isEmpty ? nil : hosts.map(\.name).filter(crowded.contains)
  }
}
