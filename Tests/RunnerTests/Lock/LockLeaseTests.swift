import Foundation
import Tasks
import Testing

@testable import Runner

/// How leases are kept alive, when they end, and who wins when several want the same lock.
@Suite struct LockLeaseTests {
  private static let (anna, ben) = (LockBench.anna, LockBench.ben)

  @Test(arguments: ShellBench.shells) func isRenewedWhileTheSessionLives(shell: [String]) throws {
    let bench = try LockBench(shell)
    let session = try bench.stay(as: Self.anna)
    defer { kill(session.processIdentifier, SIGKILL) }
    for _ in 0..<2 {
      try bench.age(1000)
      #expect(bench.comes { bench.isFresh })
    }
    bench.kill(session)
    #expect(bench.comes { !LockBench.lives(bench.keeper) })
    // What is left expires.
    #expect(bench.text.hasPrefix(Self.anna.text))
    try bench.age(31)
    #expect(try bench.run(bench.lock.take(by: Self.ben)).lines.first == "expired")
  }

  @Test(arguments: ShellBench.shells) func whatKeepsItEndsWithIt(shell: [String]) throws {
    let bench = try LockBench(shell)
    // Given back by the session itself: at once, and not only when the next renewal is due.
    var slow = bench
    slow.timing.renewal = "1000"
    var session = try slow.stay(
      as: Self.anna, "cp home/.pushbutton/locks/shop.lock before; k=$pl_kl; \(slow.lock.release(by: Self.anna.firstLine)); pl_kl=$k")
    #expect(bench.bench.read("before").hasPrefix(Self.anna.text))
    #expect(bench.names == [])
    #expect(bench.comes { !LockBench.lives(bench.keeper) })
    bench.kill(session)
    // Removed by somebody else.
    for change in ["", Self.ben.abandoned] {
      try? FileManager.default.removeItem(atPath: bench.bench.path + "/ready")
      try? FileManager.default.removeItem(atPath: "\(bench.bench.path)/\(bench.file)")
      session = try bench.stay(as: Self.anna)
      #expect(LockBench.lives(bench.keeper))
      if change.isEmpty { try FileManager.default.removeItem(atPath: "\(bench.bench.path)/\(bench.file)") } else { try bench.write(change) }
      #expect(bench.comes { !LockBench.lives(bench.keeper) })
      bench.kill(session)
    }
  }

  /// Taken again in one session, as by the next task of a run: one process keeps it.
  @Test(arguments: ShellBench.shells) func oneKeeperForALock(shell: [String]) throws {
    let bench = try LockBench(shell)
    let other = LockShell("other", in: "", timing: bench.timing)
    let session = try bench.stay(
      as: Self.anna, "k=$pl_kl; \(other.take(by: Self.anna)); \(bench.lock.take(by: Self.anna)); echo \"$k\" >first")
    defer { kill(session.processIdentifier, SIGKILL) }
    let keepers = bench.bench.read("keepers").split(whereSeparator: \.isWhitespace)
    #expect(keepers.map { $0.prefix { $0 != ":" } } == ["other", "shop"])
    let first = Int32(bench.bench.read("first").split(separator: ":").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "") ?? 0
    #expect(first != 0 && bench.comes { !LockBench.lives(first) })
    #expect(LockBench.lives(bench.keeper))
  }

  /// For a connection that others need: the lease lives on without it, and ends when the lock is given back.
  @Test(arguments: ShellBench.shells) func aParkedOneNeedsNoSession(shell: [String]) throws {
    let bench = try LockBench(shell)
    let session = try bench.stay(as: Self.anna, bench.lock.park(for: Self.anna) + "\necho $! >parked")
    let parked = Int32(bench.bench.read("parked").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    defer { if parked > 0 { kill(parked, SIGKILL) } }
    bench.kill(session)
    try bench.age(1000)
    #expect(bench.comes { bench.isFresh })
    #expect(LockBench.lives(parked))
    guard case .held(let state)? = try? LockAnswer(bench.run(bench.lock.take(by: Self.ben))) else { throw CancellationError() }
    #expect(state.owner == Self.anna)
    #expect(state.isAbandoned)
    #expect(try bench.run(bench.lock.release(by: Self.anna.firstLine)).status == 0)
    #expect(bench.comes { !LockBench.lives(parked) })
  }

  @Test(arguments: ShellBench.shells) func aParkedOneEndsByItself(shell: [String]) throws {
    var bench = try LockBench(shell)
    bench.timing.parkedRounds = 2
    let session = try bench.stay(as: Self.anna, bench.lock.park(for: Self.anna) + "\necho $! >parked")
    let parked = Int32(bench.bench.read("parked").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    bench.kill(session)
    #expect(parked > 0 && bench.comes { !LockBench.lives(parked) })
  }

  /// Row 66: what a step has left running in the background holds no lock.
  @Test(arguments: ShellBench.shells) func aDaemonDoesNotKeepIt(shell: [String]) throws {
    let bench = try LockBench(shell)
    let session = try bench.stay(as: Self.anna, "sh -c 'sleep 1000 & echo $! >daemon' </dev/null >/dev/null 2>&1")
    let daemon = Int32(bench.bench.read("daemon").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    defer { kill(daemon, SIGKILL) }
    bench.kill(session)
    #expect(bench.comes { !LockBench.lives(bench.keeper) })
    #expect(LockBench.lives(daemon))
    try bench.age(31)
    #expect(try bench.run(bench.lock.take(by: Self.ben)).lines.first == "expired")
  }

  // MARK: Races

  /// Contenders that start together, over and over; each says once what it got.
  private func race(_ shell: [String], rounds: Int, before: String) throws -> [String] {
    let bench = try LockBench(shell)
    try bench.write("")
    try bench.bench.write("dead", Self.anna.abandoned)
    let contenders = (1...2).map { LockBench.owner("20261125T221836-c\($0)", "c\($0)") }
    for (number, owner) in contenders.enumerated() {
      try bench.bench.write("c\(number)", bench.session([bench.lock.take(by: owner).replacing("pl_keep $$", with: ": $$")]))
    }
    let words = shell.joined(separator: " ")
    try bench.bench.write(
      "rounds",
      """
      PATH=/usr/sbin:/usr/bin:/sbin:/bin lock=\(bench.file)
      i=0
      while [ $i -lt \(rounds) ]; do
        i=$((i + 1))
        rm -f $lock
        \(before)
        for c in 0 1; do
          \(words) c$c >out$c 2>/dev/null &
        done
        wait
        for c in 0 1; do head -n 1 out$c; done | sort | tr '\\n' ' '
        sed -n 's/^user //p' $lock | tr '\\n' ' '
        for c in 0 1; do case $(head -n 1 out$c) in (taken | expired) printf 'c%s ' $((c + 1)) ;; esac; done
        ls -A home/.pushbutton/locks | tr '\\n' ' '
        echo
      done
      """)
    let result = try LockBench.hearingSignals { try TestProgram.run(["/bin/sh", "rounds"], folder: bench.bench.path) }
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Whoever says that it has the lock is the one whose name it holds.
  private func check(_ lines: [String], _ answers: String...) {
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      #expect(words.count == 5, "\(line)")
      guard words.count == 5 else { continue }
      #expect(answers.contains(words[..<2].joined(separator: " ")), "\(line)")
      #expect(words[2] == words[3], "\(line)")
      #expect(words[4] == "shop.lock", "\(line)")
    }
  }

  @Test(arguments: ShellBench.shells) func oneOfThemTakesOverAnExpiredOne(shell: [String]) throws {
    let lines = try race(shell, rounds: 67, before: "cp dead $lock; touch -d @1 $lock")
    #expect(lines.count == 67)
    // Whoever asks in the instant between takes it, as if it had been given back; the others do not.
    check(lines, "expired held", "held taken")
  }

  @Test(arguments: ShellBench.shells) func oneOfThemTakesAFreeOne(shell: [String]) throws {
    let lines = try race(shell, rounds: 7, before: ":")
    #expect(lines.count == 7)
    check(lines, "held taken")
  }
}

extension LockAnswer {
  fileprivate init(_ result: (status: Int32, lines: [String])) {
    self.init(status: Int(result.status), output: Array(result.lines.joined(separator: "\n").utf8))
  }
}
