import Foundation
import TestSupport
import Testing

@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct HandoverTests {
  @Test("the program is the process that was started, with its words, its place and its exit status")
  func handover() throws {
    let checkout = try Checkout()
    try checkout.make("project/app")
    let started = try checkout.start(["--tell", "deploy:production", "--file=..", "two words"], in: "project/app")
    let expected = """
      probe
      \(started.process.processIdentifier)
      \(checkout.project)
      \(checkout.project)/Deployfile.swift
      ["--tell", "deploy:production", "--file=..", "two words"]

      """
    #expect(started.wait() == Outcome(status: 7, output: expected))
  }
}
