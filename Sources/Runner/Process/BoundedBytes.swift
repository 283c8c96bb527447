/// Bytes up to a limit: what somebody else prints must not decide how much memory we take.
package struct BoundedBytes: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// Whether there were more than the limit; then none are kept.
  package private(set) var isOver = false
  private let limit: Int

  package init(limit: Int = Self.captureLimit) { self.limit = limit }

  /// The most that a step may print where its output is kept: 16 MiB.
  package static let captureLimit = 16 << 20

  package mutating func add(_ more: ArraySlice<UInt8>) {
    guard !isOver else { return }
    guard bytes.count + more.count <= limit else {
      isOver = true
      bytes = []
      return
    }
    bytes += more
  }
}
