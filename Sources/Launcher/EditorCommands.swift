import Runner
import Tasks

/// How the files of a Deployfile are compiled, as language servers are told.
struct EditorCommands {
  let folder: String
  /// The Deployfile, then the files beside it, as the launcher names them.
  let names: [String]
  let compiler: String
  /// Holds `Tasks.swiftmodule`.
  let modules: String

  /// The beginning of our arguments, by which they are known again.
  private static let mark = ["-module-name", "Deployfile"]

  private var flags: [String] { Compilation.language + ["-I", modules] }

  /// `compile_commands.json`: a command for each file, and all of them in each, since they are one module.
  ///
  /// Those of another Deployfile in the same folder stay.
  func commands(in old: Value?) -> Value {
    let own = names.map { name -> Value in
      [
        "directory": .string(folder), "file": .string(name),
        "arguments": .array(([compiler] + flags + names.map(Compilation.operand)).map(Value.string)),
      ]
    }
    guard case .array(let entries)? = old else { return .array(own) }
    let first = Compilation.operand(names[0])
    func isOwn(_ entry: Value) -> Bool { Self.words(entry["arguments"]).contains(first) }
    // Where they were, so that nothing changes when nothing has changed.
    let place = entries.firstIndex(where: isOwn) ?? entries.count
    return .array(Array(entries[..<place]) + own + entries[place...].filter { !isOwn($0) })
  }

  /// Whether a `compile_commands.json` holds nothing but what we have written.
  static func areOurs(_ commands: Value) -> Bool {
    guard case .array(let entries) = commands else { return false }
    return entries.allSatisfy { words($0["arguments"]).dropFirst().starts(with: mark) }
  }

  /// `.sourcekit-lsp/config.json` with our flags behind those that are there; nothing when it is not what the server reads.
  func settings(in old: Value?) -> Value? {
    let old = old ?? [:]
    let system = old[Self.system] ?? [:]
    guard case .object = old, case .object = system else { return nil }
    let words = Self.words(system[Self.key])
    let start = Self.start(in: words) ?? words.count
    // Behind ours stand our files, and what somebody may have added.
    let behind = words[start...].dropFirst(flags.count).drop { $0.hasSuffix(".swift") }
    // A server adds the file that is open, and takes one that is named twice for one.
    let all = Array(words[..<start]) + flags + names.map { Path.join(folder, $0) } + Array(behind)
    return old.setting(Self.system, to: system.setting(Self.key, to: .array(all.map(Value.string))))
  }

  /// Whether we have been let in already.
  static func areWithin(_ settings: Value) -> Bool { start(in: words(settings[system]?[key])) != nil }

  /// Where our arguments begin among others.
  private static func start(in words: [String]) -> Int? { words.indices.first { words[$0...].starts(with: mark) } }

  private static let system = "fallbackBuildSystem"
  private static let key = "swiftCompilerFlags"

  private static func words(_ value: Value?) -> [String] {
    guard case .array(let elements)? = value else { return [] }
    return elements.compactMap { if case .string(let word) = $0 { word } else { nil } }
  }
}

extension Value {
  /// An object with one member more, or another one under that name.
  fileprivate func setting(_ key: String, to value: Value) -> Value {
    guard case .object(var members) = self else { return self }
    if let place = members.lastIndex(where: { $0.key == key }) {
      members[place].value = value
    } else {
      members.append(Member(key: key, value: value))
    }
    return .object(members)
  }
}
