import Runner
import Tasks

/// A file that tells language servers how a Deployfile is compiled.
///
/// sourcekit-lsp reads both kinds; where a package or another build rules the folder, it looks at the second one only.
enum EditorFile: Equatable {
  /// A command for each file, which other tools read as well.
  case commands
  /// The server's own settings, which hold for every file that belongs to no package.
  case settings

  /// What makes a folder somebody else's.
  private static let rulers = ["Package.swift", "buildServer.json", ".bsp", "compile_flags.txt", "build/compile_commands.json"]

  /// The one for a folder, which may hold a `compile_commands.json` already.
  init(for folder: String, commands: Value?, isReadable: Bool) {
    let isOthers = !isReadable || (commands.map { !EditorCommands.areOurs($0) } ?? false)
    self = isOthers || Self.rulers.contains { File.exists(Path.join(folder, $0)) } ? .settings : .commands
  }

  var name: String { self == .commands ? "compile_commands.json" : ".sourcekit-lsp/config.json" }

  /// What git can be told to leave out.
  var ignored: String { self == .commands ? "/compile_commands.json" : "/.sourcekit-lsp/" }
}
