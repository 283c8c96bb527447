import Runner
import Tasks

/// `--edit`: sets up completion, explanations and checks for a Deployfile in editors that speak to language servers.
struct Editing {
  let location: Location
  let library: Library
  let toolchain: Toolchain?
  let answersYes: Bool

  func run() throws(LauncherError) {
    let commandsPath = Path.join(location.folder, EditorFile.commands.name)
    let commands = try? read(commandsPath)
    let file = EditorFile(for: location.folder, commands: commands, isReadable: commands != nil || !isThere(commandsPath))
    let path = Path.join(location.folder, file.name)
    let ours = EditorCommands(
      folder: location.folder, names: try Sources.read(location).files.map(\.name), compiler: toolchain?.compiler ?? "swiftc",
      modules: library.modules)

    let old = try file == .commands ? commands : read(path)
    guard let new = file == .commands ? ours.commands(in: old) : ours.settings(in: old) else { throw .notSettings(path) }
    if new == old {
      Notice.tell("\(path) is as it should be\n")
    } else {
      if file == .settings, let old, !EditorCommands.areWithin(old) { try confirm(path) }
      do { try File.createFolders(above: path) } catch { throw .cannotWrite(error) }
      try WholeFile.put(Array((JSON.text(new, pretty: true) + "\n").utf8), at: Path.real(path) ?? path, mode: 0o644)
      Notice.tell("wrote \(path)\nEditors with sourcekit-lsp now complete, explain and check \(location.name).\n")
    }
    if !hasServer {
      Notice.tell("sourcekit-lsp is neither beside swiftc nor on PATH: it comes with Swift from https://www.swift.org/install\n")
    }
    if try isSeenByGit(path) {
      let list = Path.join(location.folder, ".gitignore")
      Notice.tell("It holds paths of this machine. To keep it out of git:\n  echo \(file.ignored) >>\(shellQuoted(list))\n")
    }
  }

  /// Whether the name is taken, if only by a link that leads nowhere at the moment.
  private func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// What a file holds; nothing when there is none.
  private func read(_ path: String) throws(LauncherError) -> Value? {
    guard File.exists(path) else { return nil }
    let bytes: [UInt8]
    do throws(SystemError) { bytes = try File.read(path) } catch { throw .unreadable(error) }
    do throws(JSONError) { return try JSON.parse(bytes) } catch { throw .notSettings(path) }
  }

  /// It is somebody's: nothing in it is lost, but it is written anew.
  private func confirm(_ path: String) throws(LauncherError) {
    if answersYes || Terminal.ask("\(path) has other settings, which stay. Add those for \(location.name)? [y/N] ") { return }
    throw .notConfirmed(path)
  }

  private var hasServer: Bool {
    let beside = toolchain.flatMap { Path.real($0.compiler) }.map { Path.join(Path.parent($0), "sourcekit-lsp") }
    return beside.map(File.isExecutable) ?? false || SystemProgram.find("sourcekit-lsp") != nil
  }

  /// Whether it could be committed: 0 is ignored, 128 is no repository.
  private func isSeenByGit(_ path: String) throws(LauncherError) -> Bool {
    guard let git = SystemProgram.find("git") else { return false }
    return try ChildProcess(git, ["check-ignore", "-q", "--", path], folder: location.folder).run().status == 1
  }
}
