import Foundation
import Tasks
import Testing

@testable import Runner

/// Locks through real shells: who gets one, who does not, and what a person is told.
@Suite struct LockShellTests {
  private static let (anna, ben) = (LockBench.anna, LockBench.ben)

  private func take(_ bench: LockBench, as owner: LockOwner) throws -> LockAnswer {
    let result = try bench.run(bench.lock.take(by: owner))
    return LockAnswer(status: Int(result.status), output: Array(result.lines.joined(separator: "\n").utf8))
  }

  private func release(_ bench: LockBench, by owner: String) throws -> LockRelease {
    let result = try bench.run(bench.lock.release(by: owner))
    return LockRelease(status: Int(result.status), output: Array(result.lines.joined(separator: "\n").utf8))
  }

  private func show(_ bench: LockBench) throws -> LockState? {
    let result = try bench.run(bench.lock.show())
    #expect(result.status == 0)
    return LockState(result.lines.map { $0[...] })
  }

  @Test(arguments: ShellBench.shells) func aFreeOneIsTaken(shell: [String]) throws {
    let bench = try LockBench(shell)
    #expect(try take(bench, as: Self.anna) == .taken)
    let lines = bench.text.split(separator: "\n").map(String.init)
    #expect(lines.dropLast().joined(separator: "\n") == Self.anna.text)
    #expect(lines.last?.wholeMatch(of: #/shell \d+ \d+/#) != nil)
    // Nothing else stays there, and nobody else may look.
    #expect(bench.names == ["shop.lock"])
    for (path, mode) in [("home/.pushbutton", 0o700), ("home/.pushbutton/locks", 0o700), (bench.file, 0o644)] {
      #expect(File.status("\(bench.bench.path)/\(path)").map { Int($0.st_mode) & 0o777 } == mode, "\(path)")
    }
  }

  @Test(arguments: ShellBench.shells) func anothersIsHeld(shell: [String]) throws {
    let bench = try LockBench(shell)
    try bench.write(Self.anna.text(of: getpid()), age: 7)
    guard case .held(let state) = try take(bench, as: Self.ben) else { throw CancellationError() }
    #expect(state.owner == Self.anna)
    #expect((7...60).contains(state.age ?? 0))
    #expect(!state.isAbandoned)
    #expect(bench.text == Self.anna.text(of: getpid()))
    #expect(bench.names == ["shop.lock"])
    #expect(try show(bench)?.owner == Self.anna)
  }

  /// Not by age alone: a lease that could not be renewed is no lock that nobody holds.
  @Test(arguments: ShellBench.shells) func anOldOneWhoseSessionLivesIsHeld(shell: [String]) throws {
    let bench = try LockBench(shell)
    try bench.write(Self.anna.text(of: getpid()), age: 100_000)
    guard case .held(let state) = try take(bench, as: Self.ben) else { throw CancellationError() }
    #expect(state.owner == Self.anna)
    #expect((state.age ?? 0) >= 100_000)
    #expect(!state.isAbandoned)
  }

  /// Not by its session alone either: whoever has lost a connection is about to come back.
  @Test(arguments: ShellBench.shells) func aFreshOneWhoseSessionIsGoneIsHeld(shell: [String]) throws {
    let bench = try LockBench(shell)
    try bench.write(Self.anna.abandoned, age: 5)
    guard case .held(let state) = try take(bench, as: Self.ben) else { throw CancellationError() }
    #expect(state.owner == Self.anna)
    #expect(state.isAbandoned)
    #expect(try show(bench)?.isAbandoned == true)
  }

  /// A process of the same number that began later is another one.
  @Test(arguments: ShellBench.shells) func anExpiredOneIsTakenOver(shell: [String]) throws {
    for session in ["999999999 1", "\(getpid()) 1", "\(getpid())", "", "x y", "-1 2"] {
      let bench = try LockBench(shell)
      try bench.write(Self.anna.text + "\nshell \(session)\n", age: 31)
      #expect(try take(bench, as: Self.ben) == .takenOver(from: Self.anna), "\(session)")
      #expect(bench.text.hasPrefix(Self.ben.text + "\n"))
      #expect(bench.names == ["shop.lock"])
    }
  }

  @Test(arguments: ShellBench.shells) func ourOwnIsTakenAgain(shell: [String]) throws {
    let bench = try LockBench(shell)
    for age in [0, 100_000] {
      try bench.write(Self.anna.abandoned, age: age)
      #expect(try take(bench, as: Self.anna) == .taken)
      #expect(bench.text.hasPrefix(Self.anna.text + "\nshell "))
      #expect(bench.text != Self.anna.abandoned)
      #expect(bench.isFresh)
      #expect(bench.names == ["shop.lock"])
    }
    // A run whose name is only the beginning of another one's is another run.
    let shorter = LockBench.owner(String(Self.anna.run.dropLast()), "anna")
    guard case .held = try take(bench, as: shorter) else { throw CancellationError() }
  }

  @Test(arguments: ShellBench.shells) func onlyTheOwnerGivesItBack(shell: [String]) throws {
    let bench = try LockBench(shell)
    try bench.write(Self.anna.abandoned)
    #expect(try release(bench, by: Self.ben.firstLine).problem?.hasPrefix("meanwhile it is held by anna on laptop (deploy, run ") == true)
    #expect(try release(bench, by: "") != .done)
    #expect(bench.text == Self.anna.abandoned)
    #expect(try release(bench, by: Self.anna.firstLine) == .done)
    #expect(bench.names == [])
    // Twice is as good as once.
    #expect(try release(bench, by: Self.anna.firstLine) == .done)
    #expect(try show(bench) == nil)
  }

  @Test(arguments: ShellBench.shells) func whereThereWasNeverOne(shell: [String]) throws {
    let bench = try LockBench(shell)
    #expect(try show(bench) == nil)
    #expect(try release(bench, by: Self.anna.firstLine) == .done)
    #expect(!FileManager.default.fileExists(atPath: bench.bench.path + "/home/.pushbutton"))
  }

  // MARK: What is no lock of ours

  static let odd = [
    "", "\n", "garbage\n", "garbage without an end", "run\n", "run \n", "run a b\n", "\u{0}\u{1}\n", "user x\nrun y\n", "run é\n",
  ]

  @Test(arguments: ShellBench.shells) func somethingElseIsHeldUntilItIsOld(shell: [String]) throws {
    for text in Self.odd {
      let bench = try LockBench(shell)
      try bench.write(text, age: 3)
      guard case .held(let state) = try take(bench, as: Self.ben) else { throw CancellationError() }
      #expect(state.owner == nil, "\(text.debugDescription)")
      #expect((3...60).contains(state.age ?? 0))
      #expect(try release(bench, by: Self.ben.firstLine) != .done)
      try bench.age(31)
      #expect(try take(bench, as: Self.ben) == .takenOver(from: nil), "\(text.debugDescription)")
      #expect(bench.names == ["shop.lock"])
    }
  }

  /// A person can always get out of it.
  @Test(arguments: ShellBench.shells) func somethingElseCanBeRemoved(shell: [String]) throws {
    for text in Self.odd {
      let bench = try LockBench(shell)
      try bench.write(text)
      let state = try #require(try show(bench))
      #expect(try release(bench, by: state.owner?.firstLine ?? "") == .done, "\(text.debugDescription)")
      #expect(bench.names == [])
    }
  }

  @Test(arguments: ShellBench.shells) func aLinkToNothing(shell: [String]) throws {
    let bench = try LockBench(shell)
    try bench.write("")
    let path = "\(bench.bench.path)/\(bench.file)"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
    guard case .held(let state) = try take(bench, as: Self.ben) else { throw CancellationError() }
    #expect(state.owner == nil)
    #expect(try show(bench)?.owner == nil)
    #expect(try show(bench) != nil)
    try bench.age(31)
    #expect(try take(bench, as: Self.ben) == .takenOver(from: nil))
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
    #expect(try release(bench, by: "") == .done)
    #expect(bench.names == [])
  }

  @Test(arguments: ShellBench.shells) func aFolderOrAPipeIsNoLock(shell: [String]) throws {
    let bench = try LockBench(shell)
    let path = "\(bench.bench.path)/\(bench.file)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(try take(bench, as: Self.ben) == .cannot("\(path) is no file, and so no lock"))
    #expect(try show(bench)?.owner == nil)
    guard case .cannot = try release(bench, by: "") else { throw CancellationError() }
    #expect(bench.names == ["shop.lock"])
    try FileManager.default.removeItem(atPath: path)
    mkfifo(path, 0o600)
    #expect(try take(bench, as: Self.ben) == .cannot("\(path) is no file, and so no lock"))
    #expect(try show(bench)?.owner == nil)
  }

  /// A lock that somebody filled does not fill us.
  @Test(arguments: ShellBench.shells) func aHugeFile(shell: [String]) throws {
    let bench = try LockBench(shell)
    try bench.write(Self.anna.text + "\n" + String(repeating: "x", count: 1 << 20))
    let result = try bench.run(bench.lock.take(by: Self.ben))
    #expect(result.status == 75)
    #expect(result.lines.joined().utf8.count < 5000)
  }

  // MARK: What is told apart from "held"

  @Test(arguments: ShellBench.shells) func withoutAPlace(shell: [String]) throws {
    var bench = try LockBench(shell)
    bench.before = "unset HOME"
    #expect(try take(bench, as: Self.anna) == .cannot("HOME is not set"))
    bench.before = "HOME="
    #expect(try take(bench, as: Self.anna) == .cannot("HOME is not set"))
    bench.before = ""
    bench.folder = bench.bench.path + "/none"
    #expect(try take(bench, as: Self.anna) == .cannot("there is no folder \(bench.bench.path)/none"))
    try bench.bench.write("none", "a file")
    #expect(try take(bench, as: Self.anna) == .cannot("there is no folder \(bench.bench.path)/none"))
    bench.folder = ""
    try bench.bench.write("home/.pushbutton", "a file")
    guard case .cannot(let reason) = try take(bench, as: Self.anna) else { throw CancellationError() }
    #expect(reason.contains("exists"), "\(reason)")
  }

  @Test(.enabled(if: LockBench.isRoot, "needs root, to be another user"), arguments: ShellBench.shells)
  func withoutRights(shell: [String]) throws {
    var bench = try LockBench(shell)
    bench.prefix = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    guard case .cannot(let reason) = try take(bench, as: Self.anna) else { throw CancellationError() }
    #expect(reason.contains("Permission denied"), "\(reason)")
    bench.folder = bench.bench.path + "/team"
    try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
    chmod(bench.folder, 0o755)
    #expect(try take(bench, as: Self.anna) == .cannot("cannot write to \(bench.folder): Permission denied"))
    chmod(bench.folder, 0o777)
    #expect(try take(bench, as: Self.anna) == .taken)
  }

  /// A folder of a team: everybody sees who it is, and takes over what has expired.
  @Test(.enabled(if: LockBench.isRoot, "needs root, to be another user"), arguments: ShellBench.shells)
  func severalLogins(shell: [String]) throws {
    var bench = try LockBench(shell)
    bench.folder = bench.bench.path + "/team"
    bench.before = "umask 077"
    try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
    chmod(bench.folder, 0o777)
    #expect(try take(bench, as: Self.anna) == .taken)
    bench.prefix = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    guard case .held(let state) = try take(bench, as: Self.ben) else { throw CancellationError() }
    #expect(state.owner == Self.anna)
    try bench.age(31)
    #expect(try take(bench, as: Self.ben) == .takenOver(from: Self.anna))
    // Even of one that nobody may read, people are told that it is there.
    chmod("\(bench.folder)/shop.lock", 0)
    chown("\(bench.folder)/shop.lock", 0, 0)
    try bench.age(3)
    guard case .held(let closed) = try take(bench, as: Self.anna) else { throw CancellationError() }
    #expect(closed.owner == nil)
    #expect(try release(bench, by: "") == .done)
    #expect(bench.names == [])
  }

  @Test(.enabled(if: LockBench.canMount, "needs root, and leave to mount"), arguments: ShellBench.shells)
  func onADiskThatIsReadOnlyOrFull(shell: [String]) throws {
    var bench = try LockBench(shell)
    bench.folder = bench.bench.path + "/disk"
    try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
    let lock = "\(bench.folder)/shop.lock"
    func answer(_ mount: String, as owner: LockOwner) throws -> LockAnswer {
      var mounted = bench
      mounted.prefix = [
        "unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=64k,nr_inodes=20 none '\(bench.folder)' && { \(mount); } && exec \"$@\"", "sh",
      ]
      return try take(mounted, as: owner)
    }
    let fill = "dd if=/dev/zero of='\(bench.folder)/fill' bs=1k 2>/dev/null || :"
    let files = "i=0; while touch '\(bench.folder)/'$i 2>/dev/null; do i=$((i + 1)); done; :"
    let held = "printf '%s\\n' '\(Self.anna.text.replacing("\n", with: "' '"))' 'shell \(getpid()) 1' >'\(lock)'"
    #expect(
      try answer("mount -o remount,ro '\(bench.folder)'", as: Self.ben) == .cannot("cannot write to \(bench.folder): Read-only file system")
    )
    #expect(try answer(fill, as: Self.ben) == .cannot("cannot write to \(bench.folder): No space left on device"))
    guard case .cannot(let reason) = try answer(files, as: Self.ben) else { throw CancellationError() }
    #expect(reason == "cannot write to \(bench.folder): No space left on device")
    // With a lock there, it is the disk that is the trouble all the same: nobody knows whether it could be taken.
    guard case .cannot = try answer("\(held); \(fill)", as: Self.ben) else { throw CancellationError() }
    // A full disk does not keep anybody from giving a lock back.
    var mounted = bench
    mounted.prefix = [
      "unshare", "-m", "sh", "-c",
      "mount -t tmpfs -o size=64k,nr_inodes=20 none '\(bench.folder)' && { \(held); \(files); } && exec \"$@\"", "sh",
    ]
    #expect(try release(mounted, by: Self.anna.firstLine) == .done)
  }

  /// Names and owners are data, whatever they hold.
  @Test(arguments: ShellBench.shells) func oddOwners(shell: [String]) throws {
    let bench = try LockBench(shell)
    var odd = Self.anna
    odd.user = "it's $HOME `id` \\ \" * é"
    odd.what = "--on web -- 'echo %s $(touch X)'"
    #expect(try take(bench, as: odd) == .taken)
    #expect(bench.text.hasPrefix(odd.text + "\n"))
    guard case .held(let state) = try take(bench, as: Self.ben) else { throw CancellationError() }
    #expect(state.owner == odd)
    #expect(!FileManager.default.fileExists(atPath: bench.bench.path + "/X"))
  }
}
