import Runner

extension RehearsedPlan {
  /// What has snapshots written in place of compared, when it is set.
  public static let writingVariable = "PUSHBUTTON_WRITE_SNAPSHOTS"

  /// Compares the plan with the file of this name in the folder `Snapshots` beside the test.
  ///
  /// With `PUSHBUTTON_WRITE_SNAPSHOTS=1` in the environment it writes the file.
  ///
  /// - Throws: the lines that differ.
  ///
  ///     let plan = try await rehearsal.plan("deploy:production", "--version", "1.4.2")
  ///     try plan.check(against: "deploy-production.txt")
  ///     // PUSHBUTTON_WRITE_SNAPSHOTS=1 swift test     after a change that is meant
  public func check(against snapshot: String, file: String = #filePath) throws(RehearsalError) {
    let isWriting = !(ProcessEnvironment.value(Self.writingVariable) ?? "").isEmpty
    try check(against: "\(Folder.parent(of: file))/Snapshots/\(snapshot)", writing: isWriting)
  }

  func check(against path: String, writing: Bool) throws(RehearsalError) {
    do throws(Failure) { try writing ? write(path) : compare(path) } catch { throw RehearsalError(error) }
  }

  private func write(_ path: String) throws(Failure) {
    do throws(SystemError) {
      try File.createFolders(above: path)
      try File.write(Array(text.utf8), to: path)
    } catch { throw Failure(snapshot: error) }
  }

  private func compare(_ path: String) throws(Failure) {
    guard File.exists(path) else { throw .noSnapshot(path, Self.writingVariable) }
    let known: [UInt8]
    do throws(SystemError) { known = try File.read(path) } catch { throw Failure(snapshot: error) }
    let difference = Self.difference(String(decoding: known, as: UTF8.self), text)
    if !difference.isEmpty { throw .otherThanSnapshot(path, difference: difference, Self.writingVariable) }
  }

  /// The lines between the first and the last one that differ.
  static func difference(_ old: String, _ new: String) -> [String] {
    var old = old.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var new = new.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let first = old.first, first == new.first {
      old.removeFirst()
      new.removeFirst()
    }
    while let last = old.last, last == new.last {
      old.removeLast()
      new.removeLast()
    }
    return old.map { "- \($0)" } + new.map { "+ \($0)" }
  }
}
