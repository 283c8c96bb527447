import Foundation
import TestSupport

/// A page that is followed to the letter: files to write, commands to type, and what they show.
struct Tutorial {
  enum Act {
    case file(String, text: String)
    case command(String, shows: String, line: Int)
  }

  let acts: [Act]

  /// A block behind `` `NAME`: `` is a file; in a block of `console` each line that begins with `$` is a command.
  init(_ page: Page) {
    var acts: [Act] = []
    for block in page.blocks {
      if block.language == "console" {
        acts += Self.commands(in: block)
      } else if let file = block.file {
        acts.append(.file(file, text: block.text))
      }
    }
    self.acts = acts
  }

  private static func commands(in block: Page.Block) -> [Act] {
    var commands: [(text: String, shows: String, line: Int)] = []
    for (index, line) in block.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated() {
      if line.hasPrefix("$ ") {
        commands.append((String(line.dropFirst(2)), "", block.line + index))
      } else if !commands.isEmpty {
        commands[commands.count - 1].shows += "\(line)\n"
      }
    }
    return commands.map { .command($0.text, shows: $0.shows, line: $0.line) }
  }
}

extension Page {
  /// The page with what commands show, by the number of the command's line, in place of what it had there.
  func showing(_ outputs: [Int: String]) -> String {
    var lines: [String] = []
    var isOutput = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let output = outputs[index + 1] {
        lines.append("\(line)\n\(output)".trimmingCharacters(in: .newlines))
        isOutput = true
      } else if !isOutput || line.hasPrefix("```") {
        lines.append(String(line))
        isOutput = false
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// A person at the beginning: an empty folder, an empty home, and `run` on the `PATH`.
struct Beginner {
  let folder = Scratch()
  private let home = Scratch()
  private let programs = Scratch()
  private var status: Int32 = 0

  init() throws {
    try programs.write("run", "#!/bin/sh\nexec \"$PUSHBUTTON_TEST_RUN\" \"$@\"\n", mode: 0o755)
  }

  /// What a terminal would show of a command, on both streams.
  mutating func type(_ command: String) throws -> String {
    let ended = try Started(
      ["/bin/sh", "-c", "exec 2>&1\n(exit \(status))\n\(command)\n"], folder: folder.path,
      environment: [
        "HOME": home.path, "XDG_STATE_HOME": "\(home.path)/.local/state", "PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "USER": "anna",
        "LOGNAME": "anna",
        "PUSHBUTTON_TEST_RUN": BuiltRun.path ?? "run", "PATH": "\(programs.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")",
      ]
    ).end()
    status = ended.status
    return ended.output.replacing(home.path, with: "/home/anna").replacing(folder.path, with: "/home/anna/hello")
  }
}

extension String {
  /// Without what differs from run to run: times, dates, IDs, who, and how wide the columns are that hold them.
  var undated: String {
    replacing(#/\b[0-9.]+ (s|ms|min)\b( [0-9]+ s\b)?/#, with: "TIME").replacing(#/\d{8}T\d{6}\.\d{3}Z/#, with: "MOMENT")
      .replacing(#/\d{8}T\d{6}-[0-9a-f]{8}/#, with: "RUN").replacing(#/\d{4}-\d\d-\d\d \d\d:\d\d UTC/#, with: "DATE")
      .replacing(#/DATE( by)? +\S+/#, with: "DATE WHO").replacing(#/\/runs\/[0-9a-f]{16}\//#, with: "/runs/FOLDER/").replacing(
        #/ {2,}/#, with: "  ")
  }
}
