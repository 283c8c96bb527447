#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The processors of this machine.
package enum Processors {
  /// How many are at work; one where the system does not tell.
  package static let count = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
