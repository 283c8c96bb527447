import Foundation
import TestSupport
import Testing

/// Runs that end in the middle: nothing stays behind on a host, and nothing is told that is not known.
@Suite(.needsFleet, .ownThreads) struct KillingTests {
  private let project: SSHProject

  init() throws { project = try SSHProject(hosts: try #require(Fleet.current).shells) }

  /// Starts a task, and waits until its step runs on every host.
  private func started(_ task: String) throws -> (run: Started, processes: [Int32]) {
    let run = try project.start("--format", "json", task)
    return (run, try project.hosts.map { try #require(project.process($0)) })
  }

  private func children() throws -> [Int32] { try project.hosts.map { try #require(project.process($0, "pid2")) } }

  @Test(arguments: ["hangs", "hangs-watched"]) func aLostSessionIsUnknownAndNotRetried(task: String) throws {
    let (run, processes) = try started(task)
    let children = try children()
    for process in processes { kill(try #require(Processes.session(of: process)), SIGKILL) }
    let report = Report(run.end())
    #expect(report.status == 1)
    for host in project.hosts {
      #expect(report.finished(host)?.outcome == "unknown", "\(host.name)")
      #expect(report.outcome(host) == "unknown")
      #expect(project.count(host) == 1)
    }
    for process in processes + children { #expect(Processes.isGone(process)) }
  }

  @Test(arguments: ["hangs", "hangs-watched"]) func aKilledControllerTakesItsStepsAlong(task: String) throws {
    let (run, processes) = try started(task)
    let children = try children()
    run.signal(SIGKILL)
    #expect(run.end().status == 137)
    for process in processes + children { #expect(Processes.isGone(process)) }
    for host in project.hosts { #expect(project.count(host) == 1) }
  }

  @Test(arguments: ["hangs", "hangs-watched"]) func twoInterruptsEndWhatRuns(task: String) throws {
    let (run, processes) = try started(task)
    let children = try children()
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("nothing new starts") })
    run.signal(SIGINT)
    let report = Report(run.end())
    #expect(report.status == 130)
    for process in processes + children { #expect(Processes.isGone(process)) }
    for host in project.hosts {
      #expect(report.outcome(host) == "cancelled", "\(host.name)")
      #expect(project.count(host) == 1)
    }
  }

  @Test func terminationEndsWhatIgnoresIt() throws {
    let (run, processes) = try started("clings")
    run.signal(SIGTERM)
    #expect(run.end().status == 143)
    for process in processes { #expect(Processes.isGone(process)) }
  }

  @Test func oneInterruptLetsAStepEnd() throws {
    let (run, _) = try started("waits-for-a-file")
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("nothing new starts") })
    for host in project.hosts { Files.write(project.path(host, "go"), []) }
    let report = Report(run.end())
    #expect(report.status == 130)
    for host in project.hosts {
      #expect(report.finished(host)?.outcome == "succeeded", "\(host.name)")
      #expect(!report.isBegun(host, "next"))
      #expect(project.count(host) == 1)
    }
  }
}
