import Foundation
import TestSupport
import Testing

/// What a step can do to itself, with every login shell and every `/bin/sh`: the same answer everywhere.
@Suite(.needsFleet, .ownThreads) struct OutcomeRowTests {
  private let project: SSHProject

  init() throws { project = try SSHProject(hosts: try #require(Fleet.current).shells) }

  private func eachHost(_ check: (RemoteHost) throws -> Void) rethrows {
    for host in project.hosts { try check(host) }
  }

  @Test func aStepThatFailsIsTheLast() throws {
    let report = try project.report("fails")
    #expect(report.status == 1)
    eachHost { host in
      #expect(report.finished(host)?.outcome == "failed", "\(host.name)")
      #expect(report.finished(host)?.status == 3)
      #expect(report.lines(host) == ["out"])
      #expect(report.lines(host, "s", "stderr") == ["err"])
      #expect(!report.isBegun(host, "next"))
      #expect(project.count(host) == 0)
      #expect(report.outcome(host) == "failed")
    }
  }

  @Test func status255IsTheCommandsOwn() throws {
    let report = try project.report("exit255")
    #expect(report.status == 1)
    eachHost { host in
      #expect(report.finished(host)?.outcome == "failed", "\(host.name)")
      #expect(report.finished(host)?.status == 255)
      #expect(project.count(host) == 1)
    }
  }

  @Test func aKilledStepSaysSo() throws {
    let report = try project.report("killed")
    #expect(report.status == 1)
    eachHost { host in
      #expect(report.finished(host)?.outcome == "failed", "\(host.name)")
      #expect(report.finished(host)?.text?.contains("signal 9") == true)
      #expect(project.count(host) == 1)
    }
  }

  @Test func aMissingCommandSaysSo() throws {
    let report = try project.report("not-there")
    #expect(report.status == 1)
    eachHost { #expect(report.finished($0)?.text?.contains("not found") == true, "\($0.name)") }
  }

  @Test func aSyntaxErrorIsTheStepsOwn() throws {
    let report = try project.report("syntax")
    #expect(report.status == 0)
    eachHost { host in
      #expect(report.finished(host)?.outcome == "failed", "\(host.name)")
      #expect(project.count(host) == 1)
    }
  }

  @Test func aStepHasNoInput() throws {
    let report = try project.report("reads-input")
    #expect(report.status == 0)
    eachHost { host in
      #expect(report.lines(host) == ["read"], "\(host.name)")
      #expect(report.lines(host, "next") == ["next"])
    }
  }

  @Test func aDaemonThatHoldsTheStreamsIsLeftBehind() throws {
    let report = try project.report("daemon")
    #expect(report.status == 0)
    try eachHost { host in
      #expect(report.lines(host) == ["started"], "\(host.name)")
      #expect(report.lines(host, "next") == ["next"])
      let daemon = try #require(project.process(host))
      #expect(Processes.isAlive(daemon))
      kill(daemon, SIGKILL)
    }
  }

  @Test func aMillionBytesWithoutALineEnd() throws {
    let report = try project.report("long-line")
    #expect(report.status == 0)
    eachHost { #expect(report.lines($0).joined().utf8.count { $0 == UInt8(ascii: "x") } == 1_000_000, "\($0.name)") }
  }

  @Test func bytesThatAreNoText() throws {
    let report = try project.report("invalid")
    #expect(report.status == 0)
    eachHost { host in
      #expect(report.lines(host) == ["a\u{FFFD}b"], "\(host.name)")
      #expect(report.lines(host, "s", "stderr") == ["c\u{FFFD}"])
    }
  }

  @Test func outputThatImitatesMarksForgesNothing() throws {
    let report = try project.report("marks")
    #expect(report.status == 1)
    eachHost { #expect(report.finished($0)?.status == 4, "\($0.name)") }
  }

  @Test func aTimeoutEndsTheWholeGroup() throws {
    let report = try project.report("limited")
    #expect(report.status == 1)
    eachHost { host in
      #expect(report.finished(host)?.text == "not done within 1 s, ended", "\(host.name)")
      for file in ["pid", "pid2"] { #expect(Processes.isGone(project.process(host, file))) }
      #expect(project.count(host) == 0)
    }
  }

  @Test func aTimeoutEndsWhatIgnoresIt() throws {
    let report = try project.report("stubborn")
    #expect(report.status == 1)
    eachHost { host in
      #expect(report.finished(host)?.text == "not done within 1 s, ended", "\(host.name)")
      #expect(Processes.isGone(project.process(host)))
    }
  }

  @Test func retriesUntilItSucceeds() throws {
    let report = try project.report("retried")
    #expect(report.status == 0)
    eachHost { host in
      #expect(project.count(host) == 3, "\(host.name)")
      #expect(report.finished(host)?.attempt == 3)
      #expect(report.lines(host) == ["out", "out", "out"])
      #expect(report.lines(host, "next") == ["next"])
    }
  }

  @Test func retriesAreCounted() throws {
    let report = try project.report("gave-up")
    #expect(report.status == 1)
    eachHost { host in
      #expect(project.count(host) == 3, "\(host.name)")
      #expect(report.finished(host)?.status == 9)
    }
  }

  @Test func conditionsTakeOneBranchOrFail() throws {
    let report = try project.report("conditions")
    #expect(report.status == 1)
    eachHost { host in
      for step in ["else", "then", "else125"] { #expect(report.lines(host, step) == ["right"], "\(host.name)") }
      #expect(!report.isBegun(host, "wrong"))
      #expect(report.outcome(host) == "failed")
    }
  }

  @Test func capturesKeepTheirBytes() throws {
    let report = try project.report("captures")
    #expect(report.status == 0)
    eachHost { host in
      #expect(project.text(host, "first") == "one \n\n it's\ttwo", "\(host.name)")
      #expect(project.text(host, "second") == "one \n\n it's\ttwo")
    }
  }

  @Test func performTalksToTheHost() throws {
    let report = try project.report("performs")
    #expect(report.status == 1)
    eachHost { host in
      #expect(project.text(host, "result") == "\(project.dir(host).replacing("//", with: "/")) 255", "\(host.name)")
      #expect(report.finished(host, "throws")?.text == "a command of it ended with status 5: why")
      #expect(project.count(host) == 0)
    }
  }
}
