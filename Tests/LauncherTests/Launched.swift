import Foundation
import Testing

/// The built launcher, which these tests start as a person would.
enum Launched {
  /// `PUSHBUTTON_TEST_RUN`, or the `run` that was built along with the tests.
  static let path: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let candidates: [String?] = [
      ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_RUN"], beside.appending(path: "run").path,
      root.appending(path: ".build/debug/run").path, root.appending(path: ".build/release/run").path,
    ]
    return candidates.compactMap { $0 }.first {
      let archive = URL(fileURLWithPath: $0).deletingLastPathComponent().appending(path: "libPushbutton.a").path
      return FileManager.default.isExecutableFile(atPath: $0) && FileManager.default.fileExists(atPath: archive)
    }
  }()

  /// Where the module is that it hands to the compiler.
  static let modules: String? = path.flatMap { path in
    let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
    return [folder.appending(path: "Modules").path, folder.path].first {
      FileManager.default.fileExists(atPath: "\($0)/Tasks.swiftmodule")
    }
  }

  static let why: Comment = "no built `run` with libPushbutton.a beside it: swift build, or set PUSHBUTTON_TEST_RUN"

  /// The compiler that the tests' own `swiftc` hands on to.
  static let swiftc: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/swiftc" }.first(where: FileManager.default.isExecutableFile(atPath:))
  }()

  static let isAvailable = path != nil && swiftc != nil
}

/// What one start of the launcher came to.
struct Outcome: Equatable {
  var status: Int32
  var output = ""
  var errors = ""
}
