import Foundation

/// A process of this machine, on which all hosts of the fleet live.
package enum Processes {
  package static func isAlive(_ process: Int32) -> Bool {
    guard kill(process, 0) == 0 || errno == EPERM else { return false }
    // Nobody has asked for its status yet, which is as good as gone.
    let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8))?.split(separator: ")").last
    return state?.hasPrefix(" Z") != true
  }

  /// Waits until a process is gone, with plenty of time for a busy machine.
  package static func isGone(_ process: Int32?, seconds: Double = 30) -> Bool {
    guard let process else { return false }
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if !isAlive(process) { return true }
      usleep(20_000)
    }
    return false
  }

  /// The nearest sshd above a process: the one that serves its session.
  package static func session(of process: Int32) -> Int32? {
    var current = process
    while current > 1 {
      guard let stat = try? String(contentsOfFile: "/proc/\(current)/stat", encoding: .utf8),
        let start = stat.firstIndex(of: "("), let end = stat.lastIndex(of: ")")
      else { return nil }
      if stat[stat.index(after: start)..<end].hasPrefix("sshd") { return current }
      guard let parent = stat[end...].split(separator: " ").dropFirst(2).first.flatMap({ Int32($0) }) else { return nil }
      current = parent
    }
    return nil
  }

  /// The leader of a process's session: on a host the shell that runs our scripts.
  package static func leader(of process: Int32) -> Int32? {
    let leader = getsid(process)
    return leader > 0 ? leader : nil
  }

  /// The processes that were started by a process, and by those in turn.
  package static func below(_ process: Int32) -> [Int32] {
    var children: [Int32: [Int32]] = [:]
    for (number, parent) in all.compactMap({ number in parent(of: number).map { (number, $0) } }) {
      children[parent, default: []].append(number)
    }
    var found: [Int32] = [], rest = [process]
    while let next = rest.popLast() {
      found += children[next] ?? []
      rest += children[next] ?? []
    }
    return found
  }

  /// The words with which a process was started.
  package static func words(of process: Int32) -> [String] {
    (FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()).split(separator: 0).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The processes that work in one of these folders, or name one of them, with the beginning of their words.
  package static func naming(_ folders: [String]) -> [String] {
    let names = folders.map { ($0 as NSString).lastPathComponent }
    return all.compactMap { number in
      guard number != getpid(), let data = FileManager.default.contents(atPath: "/proc/\(number)/cmdline"), !data.isEmpty else {
        return nil
      }
      let words = String(decoding: data.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
      let folder = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(number)/cwd")) ?? ""
      return names.contains { words.contains($0) || folder.contains($0) } ? "\(number): \(words.prefix(200))" : nil
    }
  }

  /// Ends what names a folder.
  package static func end(below folder: String) {
    for line in naming([folder]) { if let number = Int32(line.prefix { $0 != ":" }) { kill(number, SIGKILL) } }
  }

  private static var all: [Int32] { ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) } }

  private static func parent(of process: Int32) -> Int32? {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let end = stat.lastIndex(of: ")") else {
      return nil
    }
    return stat[end...].split(separator: " ").dropFirst(2).first.flatMap { Int32($0) }
  }
}
