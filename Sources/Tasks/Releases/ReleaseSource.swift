/// What a release is made of.
public struct ReleaseSource: Sendable {
  private enum Kind: Sendable {
    case archive(Text, stripping: Int)
    case folder(Text)
    case git(String, revision: String)
  }

  private let kind: Kind

  /// A local archive that the host's `tar` understands; `stripping` leaves out that many leading folders of its paths.
  public static func archive(_ path: Text, stripping count: Int = 0) -> ReleaseSource {
    ReleaseSource(kind: .archive(path, stripping: count))
  }

  /// A local folder, copied with `rsync`.
  public static func folder(_ path: Text) -> ReleaseSource { ReleaseSource(kind: .folder(path)) }

  /// A revision of a git repository, which the hosts fetch themselves.
  ///
  /// All hosts get the same commit: it is looked up on every one first, and the run ends if they see different ones.
  public static func git(_ repository: String, revision: String) -> ReleaseSource {
    ReleaseSource(kind: .git(repository, revision: revision))
  }

  /// The steps that fill a release.
  func steps(_ place: ReleasePlace, _ label: String, at location: SourceLocation) -> [Step] {
    switch kind {
    case .archive(let path, let count):
      let archive: Text = "\(place.facts(label))/archive"
      let command: Command = """
        a=../../.pushbutton/$id/archive
        [ -e "$a" ] || { echo "it is unpacked already"; exit; }
        \(raw: Self.refusingCutArchives)
        tar -xf "$a" --strip-components=\(count) && rm -f "$a"
        """
      let unpack = Step(.run(place.in(label, command)), name: "unpack \(place.name) \(label)", at: location)
      return [Step(.upload(path: path, to: archive, mode: nil), at: location), unpack.shown(as: "tar -x").idempotent()]
    case .folder(let path):
      return [Step(.sync(folder: path, to: place.folder(label), deleting: false), at: location)]
    case .git(let repository, let revision):
      let commit = Self.commit(repository, revision, place)
      let checkout = Step(
        .run(
          place.in(
            label,
            """
            git --git-dir=../../.pushbutton/repository archive --output="../../.pushbutton/$id/archive" \(commit) &&
              tar -xf "../../.pushbutton/$id/archive" && rm -f "../../.pushbutton/$id/archive" && printf '%s\\n' \(commit) >REVISION
            """)), name: "check out \(place.name) \(label)", at: location)
      return [checkout.shown(as: "git archive \(commit) of \(repository)").idempotent()]
    }
  }

  /// A tar archive ends with blocks of zeros.
  ///
  /// One that was cut between two files does not, and tar would unpack it without a word; any other cut it notices by itself, and so do the
  /// programs that compress.
  private static let refusingCutArchives = #"""
    if [ "$(dd if="$a" bs=1 skip=257 count=5 2>/dev/null)" = ustar ] && [ "$(tail -c 512 -- "$a" | tr -d '\000' | wc -c)" -ne 0 ]; then
      echo "the archive is not whole: it has no end" >&2
      exit 1
    fi
    """#

  private static func commit(_ repository: String, _ revision: String, _ place: ReleasePlace) -> Decision {
    let question = place.script(
      """
      mkdir -p -- "$root/.pushbutton" && cd -- "$root/.pushbutton" || exit
      export GIT_TERMINAL_PROMPT=0
      if [ -d repository ]; then git --git-dir=repository fetch --quiet --prune -- \(repository) '+refs/*:refs/*' >&2 || exit
      else rm -rf repository.part; git clone --quiet --mirror -- \(repository) repository.part >&2 && mv repository.part repository || exit; fi
      git --git-dir=repository rev-parse --verify --quiet --end-of-options \("\(revision)^{commit}") ||
        fail \("\(repository) has no revision \(revision)")
      """)
    return Decision("the commit of \(revision)", ask: question) { answers throws(Refusal) in
      let commits = Set(answers.map(\.output))
      if let commit = commits.first, commits.count == 1 { return Verdict(commit, message: "\(revision) is \(commit)") }
      let list = answers.map { "\($0.host.name) \($0.output.prefix(12))" }.joined(separator: ", ")
      throw Refusal("the hosts see different commits as \(revision): \(list); wait for the repository to settle, or name a commit")
    }
  }
}
