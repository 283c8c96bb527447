import Tasks

/// A lock that a block holds, and where.
package struct PlannedLock: Sendable, Equatable {
  package var name: String
  /// How long to wait for another run to give it back.
  package var wait: Duration
  /// Sorted by name: whoever takes locks takes them in the same order, so that of two runs one always gets them all.
  package var hosts: [Host]
  /// The block leaves steps for the end, which need the lock, too.
  package var isHeldToTheEnd: Bool

  /// Whether it can be part of a file's name.
  package static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-"), name.utf8.count <= 100 else { return false }
    return name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0))
    }
  }

  /// What the block touches: the hosts of its phases and of what it leaves for the end, or this machine when there is none and it works there.
  static func hosts(of stages: [PlannedStage], later: [Host]) -> [Host] {
    var seen: Set<String> = []
    let hosts = (PlannedStage.phases(of: stages).flatMap { $0.batches.joined() } + later).filter { seen.insert($0.name).inserted }
    if hosts.isEmpty, !PlannedStage.steps(of: stages).isEmpty { return [Planner.controlMachine] }
    return hosts.sorted { $0.name < $1.name }
  }
}
