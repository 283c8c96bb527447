/// Time that only goes forward, for durations, timeouts and leases.
package enum Clock {
  /// This instant.
  package static var now: ContinuousClock.Instant { ContinuousClock.now }
}
