/// Releases of anything: an archive, a local folder, a git revision.
///
/// Under `root` on every host stand `releases/ID`, `current` (a link to the live one), `shared` and `releases.log`. Linked files and
/// folders are kept in `shared` and appear in every release; a linked file must be there before the first one.
///
///     let site = ReleaseFolder("site", root: "/srv/site", linkedFiles: [".env"], linkedFolders: ["uploads"])
///     parallel { site.install(.folder("public"), as: "2026-11-22") }
///     serially { site.activate("2026-11-22"); reload("nginx") }
public struct ReleaseFolder: ReleaseCycle {
  /// Where the releases are kept.
  public let place: ReleasePlace
  private let linkedFiles: [String]
  private let linkedFolders: [String]

  /// A place for releases below `root`; nothing is looked up yet.
  public init(_ name: String, root: Text, linkedFiles: [String] = [], linkedFolders: [String] = []) {
    place = ReleasePlace(name: name, root: root, layout: .folders)
    self.linkedFiles = linkedFiles
    self.linkedFolders = linkedFolders
  }

  /// Puts a source on the host as a new release beside the live one.
  ///
  /// The label is what people call it, for example a version; what is neither letter, digit nor one of `.+!_-` becomes `-`. The steps
  /// of `then` run inside the release, with its links, before it counts as complete.
  public func install(
    _ source: ReleaseSource, as label: String, fileID: StaticString = #fileID, line: UInt = #line, @Steps then: () -> [Step] = { [] }
  ) -> [Step] {
    let location = SourceLocation(fileID, line)
    if let path = (linkedFiles + linkedFolders).first(where: { !Self.isInside($0) }) {
      return [
        invalid(
          "\"\(path)\" cannot be linked: give a path inside the release, such as \"config/secrets.yml\"", fileID: fileID, line: line)
      ]
    }
    let label = Self.word(label)
    let name = place.name
    func step(_ title: String, _ command: Command, shown: Command) -> Step {
      Step(.run(command), name: "\(title) \(name) \(label)", at: location).shown(as: shown).idempotent()
    }
    var steps = [step("make a release of", place.making(label, checkingShared), shown: "\(path: place.folder(label))")]
    steps += source.steps(place, label, at: location)
    if !linkedFiles.isEmpty || !linkedFolders.isEmpty {
      let links = (linkedFiles + linkedFolders).joined(separator: ", ")
      steps.append(step("link what is shared into", place.in(label, linking), shown: "\(raw: links)"))
    }
    steps += within(place.folder(label), then)
    steps.append(step("complete", place.completing(label), shown: "the release is whole"))
    return steps
  }

  /// Makes a release the live one that `install` has made, in this run or an earlier one.
  ///
  /// The link is switched in one rename, and refused when it is a real folder. At the end of a task that has succeeded the release is
  /// marked as good: only then can a rollback choose it.
  public func activate(_ label: String, fileID: StaticString = #fileID, line: UInt = #line) -> [Step] {
    let label = Self.word(label)
    return place.switching(
      "activate \(place.name) \(label)", place.activating(label), shown: "\(path: place.root)/current becomes its release",
      at: SourceLocation(fileID, line))
  }

  private var checkingShared: Command {
    var text: Command = ":"
    for file in linkedFiles {
      let path = "shared/\(file)"
      text = "\(raw: text)\n[ -e \(path) ] || fail \"$PWD/\"\("\(path) is linked into every release and is not there: put it there first")"
    }
    for folder in linkedFolders { text = "\(raw: text)\nmkdir -p \("shared/\(folder)") || exit" }
    return text
  }

  private var linking: Command {
    var text: Command = ":"
    for path in linkedFiles + linkedFolders {
      let parts = path.split(separator: "/")
      let target = String(repeating: "../", count: parts.count + 1) + "shared/" + parts.joined(separator: "/")
      let folder = "./" + parts.dropLast().joined(separator: "/")
      text = """
        \(raw: text)
        mkdir -p \(folder) && rm -rf -- \("./" + path) && ln -s \(target) \("./" + parts.joined(separator: "/")) || exit
        """
    }
    return text
  }

  private static func isInside(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }

  /// A label as it stands in names of folders.
  static func word(_ label: String) -> String {
    let word = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) || ".+!_-".contains($0) ? $0 : "-" })
    return word.isEmpty ? "-" : word
  }
}
