/// Which descriptors are ready, by poll(2): the only file that a faster backend (epoll, kqueue) would replace.
struct Poller {
  enum Interest {
    case reading
    case writing
  }

  private var entries: [pollfd] = []
  private var positions: [Int32: Int] = [:]

  mutating func watch(_ descriptor: Int32, for interest: Interest) {
    let events = Int16(interest == .reading ? POLLIN : POLLOUT)
    if let position = positions[descriptor] {
      entries[position].events = events
    } else {
      positions[descriptor] = entries.count
      entries.append(pollfd(fd: descriptor, events: events, revents: 0))
    }
  }

  // Not the same as having no interest: poll reports a hang-up even to those who asked for nothing.
  mutating func forget(_ descriptor: Int32) {
    guard let position = positions.removeValue(forKey: descriptor) else { return }
    let last = entries.removeLast()
    guard last.fd != descriptor else { return }
    entries[position] = last
    positions[last.fd] = position
  }

  /// The descriptors that are ready or broken; none after the time or after a signal.
  mutating func wait(milliseconds: Int32) -> [Int32] {
    let count = poll(&entries, nfds_t(entries.count), milliseconds)
    guard count > 0 else { return [] }
    var ready: [Int32] = []
    ready.reserveCapacity(Int(count))
    for entry in entries where entry.revents != 0 { ready.append(entry.fd) }
    return ready
  }
}
