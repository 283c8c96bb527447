import Runner

/// Where a Deployfile is: its folder, absolute and without symbolic links, and its name.
struct Location {
  let folder: String
  let name: String
  let trust: FileTrust

  var path: String { Path.join(folder, name) }

  /// The folder beside it that may hold more of it: `Deployfile/` for `Deployfile.swift`.
  var folderBeside: String { String(name.dropLast(".swift".count)) }

  private static let usualName = "Deployfile.swift"

  /// The file that `-f` names, or the nearest `Deployfile.swift` from the working folder upwards.
  static func find(_ words: Words) throws(LauncherError) -> Location? {
    let trust = FileTrust(isOff: words.trustsFiles)
    if let file = words.file { return try named(file, trust) }
    return searched.first { Path.isFile(Path.join($0, usualName)) }.map { Location(folder: $0, name: usualName, trust: trust) }
  }

  /// The working folder and every folder above it.
  static var searched: [String] {
    var folders = [File.workingFolder]
    while let last = folders.last, last != Path.parent(last) { folders.append(Path.parent(last)) }
    return folders
  }

  private static func named(_ file: String, _ trust: FileTrust) throws(LauncherError) -> Location {
    guard !file.isEmpty else { throw .fileOptionWithoutPath }
    // A folder stands for the Deployfile in it.
    let path = File.isFolder(file) ? Path.join(file, usualName) : file
    guard Path.isFile(path) else { throw .noSuchFile(path) }
    guard path.hasSuffix(".swift") else { throw .notSwift(path) }
    guard let folder = Path.real(Path.parent(path)) else { throw .unreadable(SystemError("open", Path.parent(path))) }
    return Location(folder: folder, name: Path.name(path), trust: trust)
  }
}
