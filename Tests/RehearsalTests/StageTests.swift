import Foundation
import Rehearsal
import Tasks
import TestSupport
import Testing

/// Conditions, captures, decisions, cleaning up, locks, questions and messages, by the real engine.
@Suite struct StageTests {
  private let captured = Captured("captured")

  @Test func conditionsHoldUnlessToldOtherwise() async throws {
    let rehearsal = Shop.rehearsal {
      hosts("web") {
        when("test -e x") {
          run("yes").named("yes")
        } else: {
          upload(Text(Self.file), to: "/x").named("no")
        }
      }
    }
    let result = try await rehearsal.rehearse("t") { step("test -e x", on: "web2").isFalse() }
    #expect(result.exitStatus == 0, "\(result)")
    #expect(try result.hosts(thatBegan: "yes").sorted() == ["web1", "web3"])
    #expect(try result.hosts(thatBegan: "no") == ["web2"])
  }

  private static let file = #filePath

  @Test func whatIsCapturedAndPrinted() async throws {
    let rehearsal = Shop.rehearsal {
      hosts("web") {
        capture("cat VERSION", as: captured); run("echo \(captured)").named("echo")
      }
    }
    let result = try await rehearsal.rehearse("t") {
      step("cat VERSION").prints("1.0\n")
      step("cat VERSION", on: "web3").prints("1.1\n'two' lines")
    }
    #expect(result.exitStatus == 0, "\(result)")
    #expect(try result.output(of: "cat VERSION", on: "web1") == ["1.0"])
    #expect(try result.output(of: "cat VERSION", on: "web3") == ["1.1", "'two' lines"])
  }

  @Test func decisionsAreMadeOfWhatIsPrinted() async throws {
    let oldest = Decision("the oldest", ask: "bin/schema") { answers in
      guard let oldest = answers.map(\.output).min(), !oldest.isEmpty else { throw Refusal("nobody knows") }
      return Verdict(oldest, message: "from \(oldest)")
    }
    let rehearsal = Shop.rehearsal { hosts("web") { run("bin/migrate --from \(oldest)").named("migrate") } }
    let decided = try await rehearsal.rehearse("t") {
      step("the oldest").prints("42")
      step("the oldest", on: "web2").prints("41")
    }
    #expect(decided.exitStatus == 0, "\(decided)")
    #expect(decided.description.contains("\nfrom 41\n"))
    let refused = try await rehearsal.rehearse("t")
    #expect(refused.exitStatus == 1, "\(refused)")
    #expect(refused.neverBegun == ["migrate"])
  }

  @Test func cleaningUp() async throws {
    let rehearsal = Shop.rehearsal {
      always {
        attempt {
          hosts("web") { run("a").named("a") }
          hosts("web") { run("b").named("b") }
        } onFailure: {
          hosts("web") { run("undo").named("undo") }
        }
      } finally: {
        hosts("db") { run("tidy").named("tidy") }
      }
    }
    let result = try await rehearsal.rehearse("t") { step("a", on: "web2").fails() }
    #expect(result.exitStatus == 1, "\(result)")
    #expect(result.neverBegun == ["b"])
    #expect(try result.hosts(thatBegan: "undo").sorted() == ["web1", "web2", "web3"])
    #expect(try result.began("undo", before: "tidy"))
    let good = try await rehearsal.rehearse("t")
    #expect(good.neverBegun == ["undo"], "\(good)")
    #expect(try good.began("b", before: "tidy"))
  }

  @Test func onceAndAtTheEnd() async throws {
    let rehearsal = Shop.rehearsal {
      hosts("web") {
        run("good").named("good").atTheEnd(); run("once").named("once").once(); run("each").named("each")
      }
    }
    let result = try await rehearsal.rehearse("t")
    #expect(try result.hosts(thatBegan: "once") == ["web1"])
    #expect(try result.began("each", before: "good"))
    let failed = try await rehearsal.rehearse("t") { step("once").fails() }
    #expect(try !failed.began("good"))
    #expect(failed.exitStatus == 1)
  }

  @Test func locksAreTakenAndHeld() async throws {
    let rehearsal = Shop.rehearsal { locked("l", wait: .seconds(600)) { hosts("all") { run("a").named("a") } } }
    let result = try await rehearsal.rehearse("t")
    #expect(result.exitStatus == 0, "\(result)")
    let refused = try await rehearsal.rehearse("t") { lock("l", on: "db1").isHeld(by: "anna") }
    #expect(refused.exitStatus == 5, "\(refused)")
    #expect(refused.steps.isEmpty)
    #expect(refused.description.contains("the lock \"l\" is held on db1 by anna on elsewhere"))
  }

  @Test func questionsAreAnsweredWithYes() async throws {
    let rehearsal = Shop.rehearsal {
      attempt {
        confirm("really?")
        local("a", named: "a")
      } onFailure: {
        local("undo", named: "undo")
      }
    }
    #expect(try await rehearsal.rehearse("t").steps.map(\.title) == ["a"])
    let declined = try await rehearsal.rehearse("t") { question("really").isDeclined() }
    #expect(declined.exitStatus == 1)
    #expect(declined.steps.isEmpty)
  }

  @Test func messagesGoNowhere() async throws {
    let hook = Secret.environment("PUSHBUTTON_TEST_NO_SUCH_VARIABLE")
    let rehearsal = Shop.rehearsal {
      notify(.slack(hook), "\(run: .task) by \(run: .user)", on: .start)
      notify(.command("touch /nowhere/x"), "\(run: .outcome) \(hook)", on: .always)
      local("a", named: "a")
    }
    let good = try await rehearsal.rehearse("t")
    #expect(good.exitStatus == 0, "\(good)")
    #expect(good.messages == ["slack: t by rehearsal", "command: succeeded [\(hook)]"].map { $0.replacing("[\(hook)]", with: "\(hook)") })
    let failed = try await rehearsal.rehearse("t") { step("a").fails(status: 2) }
    #expect(failed.messages.last?.hasPrefix("command: failed") == true)
    #expect(failed.exitStatus == 1)
  }

  @Test func everyKindOfStepHasNoEffect() async throws {
    let folder = Scratch()
    try folder.write("src/a", "x")
    let mark = "\(folder.path)/mark"
    let rehearsal = Shop.rehearsal(root: folder.path) {
      local("touch \(mark)")
      hosts("web") {
        within("/nowhere") {
          with(["A": "b"]) {
            sudo(as: "nobody") {
              run("touch \(mark)")
              upload("src/a", to: "\(mark)")
              download("/etc/passwd", to: "\(mark).\(host: .name)")
              sync("src", to: "\(mark)")
              perform("perform") { session in try await session.run("touch \(mark)") }
              run("touch \(mark)").reportsVersions(of: "shop")
            }
          }
        }
      }
    }
    let result = try await rehearsal.rehearse("t")
    #expect(result.exitStatus == 0, "\(result)")
    #expect(
      try result.steps(on: "web1") == [
        "touch \(mark)", "upload src/a to \(mark)", "download /etc/passwd to \(mark).web1", "sync src to \(mark)", "perform",
        "touch \(mark)",
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["src"])
  }

  @Test func aReleaseIsRehearsed() async throws {
    let shop = PythonApp("shop", root: "/srv/shop", index: "http://127.0.0.1:9/simple")
    let deployfile = Deployfile {
      environment("e", inventory: .hosts { for number in 1...2 { host("web\(number)", roles: ["web"]) } })
      shop.tasks(on: "web", restart: .signal(.hup, pidfile: "/run/shop.pid"), check: .tcp("127.0.0.1:8000"))
    }
    let rehearsal = Rehearsal(deployfile, versions: ["shop": ["1.4.2"]])
    let result = try await rehearsal.rehearse("deploy", "--version", "latest") { step("wait until", on: "web2").fails() }
    #expect(result.exitStatus == 1, "\(result)")
    #expect(result.outcomes["web2"] == .failed)
  }
}
