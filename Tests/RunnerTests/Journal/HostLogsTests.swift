import Foundation
import Testing

@testable import Runner

@Suite(.engine) struct HostLogsTests {
  /// More hosts than may have their logs open, each again and again: every log is whole, and no more are open than may be.
  @Test @Engine func logsAreWholeHoweverManyHostsPrint() throws {
    let scratch = try ScratchFolder()
    let folder = try RunFolder.make("run", in: scratch.path)
    let hosts = (0..<Descriptor.keptLogs + 50).map { "web\($0)" }
    let before = Descriptor.opened().count
    let logs = HostLogs(folder) { Issue.record("\($0)") }
    for round in 0..<3 {
      for host in hosts { logs.write(Array("\(host) \(round)\n".utf8)[...], from: host) }
    }
    #expect(Descriptor.opened().count - before <= Descriptor.keptLogs + 20)
    for host in hosts {
      #expect(try String(contentsOfFile: folder.log(of: host), encoding: .utf8) == "\(host) 0\n\(host) 1\n\(host) 2\n")
    }
  }
}
