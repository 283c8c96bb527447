/// Time that only goes forward, for durations, timeouts and leases.
package enum Clock {
  package typealias Instant = ContinuousClock.Instant

  /// This instant.
  package static var now: Instant { ContinuousClock.now }
}
