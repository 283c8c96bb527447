import Tasks

extension Failure {
  /// An index that did not tell what was needed of it.
  init(_ problem: IndexProblem, of package: Package, needing need: String, at place: String? = nil) {
    let (message, help) = problem.words(for: package)
    self.init("\(need) of \"\(package.name)\": \(message)", at: place, help: help)
  }

  /// Nothing that an index offers is what a word asks for.
  init(nothingFor question: VersionQuestion, parameter: String, among offers: Offers) {
    let place = "the index \(question.package.shownIndex)"
    let word = (try? VersionWord(parsing: question.word)) ?? .latest
    let yanked = offers.matching(word)
    if let newest = yanked.first {
      self.init(
        "--\(parameter) \(question.word): every version of \"\(question.package.name)\" that this means is yanked in \(place)",
        help: "The newest is \(newest.version)\(newest.yankedReason.map { " (\($0))" } ?? ""); write it out to have it all the same.")
    } else {
      let newest = offers.latest.map { "The latest is \($0)." }
      self.init(
        "--\(parameter) \(question.word): \(place) has no such version of \"\(question.package.name)\"",
        help: newest ?? "It has \(count(offers.all.count, "version")), all of them yanked.")
    }
  }

  /// A version that is not in its index.
  init(missing wanted: WantedVersion, among offers: Offers) {
    let near = offers.nearest(to: wanted.version).map(\.description)
    let latest = offers.latest.map { "the latest is \($0)" } ?? "none of its versions is in use"
    let list = near.count > 1 ? near.dropLast().joined(separator: ", ") + " and \(near[near.count - 1])" : near.first
    self.init(
      "the index \(wanted.package.shownIndex) has no version \(wanted.version) of \"\(wanted.package.name)\"", at: wanted.place,
      help: (list.map { "The nearest \(near.count == 1 ? "is" : "are") \($0); " } ?? "") + "\(latest). Nothing was touched.")
  }
}

/// What a run tells before it begins.
enum Notice {
  static func yanked(_ wanted: WantedVersion, reason: String?) -> String {
    "\(wanted.package.name) \(wanted.version) is yanked in \(wanted.package.shownIndex)\(reason.map { ": \($0)" } ?? "")"
  }

  static func unchecked(_ wanted: WantedVersion, _ problem: IndexProblem) -> String {
    "\(wanted.package.name) \(wanted.version) was not checked: \(problem.words(for: wanted.package).message)"
  }
}

extension IndexProblem {
  /// What is wrong and why, and what to do next.
  func words(for package: Package) -> (message: String, help: String) {
    let index = package.shownIndex
    switch self {
    case .badAddress:
      return ("\"\(index)\" is no address of an index", "It begins with http:// or https://, for example https://pypi.org/simple.")
    case .badName: return ("this cannot be the name of a package", "Names have letters, digits, \".\", \"_\" and \"-\".")
    case .noCurl: return ("curl is not in PATH, and asks \(index)", "Install curl.")
    case .unreachable(let reason):
      return ("the index \(index) cannot be reached: \(reason)", "Is the address right, and can this machine reach it?")
    case .credentials(let status, let given):
      return given
        ? ("the index \(index) does not take the credentials (status \(status))", "Check the user and the password.")
        : ("the index \(index) wants credentials (status \(status))", "Package(\"\(package.name)\", ..., credentials: ...) takes them.")
    case .malformedCredentials: return ("the credentials for \(index) are not user:password", "Put both into the secret, with a colon.")
    case .noPackage:
      return ("the index \(index) has no such package", "Is the name right, and the address that of the index, mostly ending in /simple?")
    case .status(let status): return ("the index \(index) answers with status \(status)", "Try again later, or look at the index.")
    case .tooLarge: return ("the answer of \(index) is too large", "A page of more than 64 MiB is not read; is this the right index?")
    case .notAnIndex(let reason):
      return ("\(index) does not answer like an index: \(reason.words)", "The address mostly ends in /simple.")
    case .noVersions:
      return ("the index \(index) lists no file of it that has a version", "Has anything been uploaded, and is it the right index?")
    }
  }
}

extension IndexProblem.Reason {
  fileprivate var words: String {
    switch self {
    case .contentType(let type): type.isEmpty ? "its page has no type" : "its page is \(type)"
    case .malformed: "its page is no sound JSON"
    case .noFiles: "its page lists no files"
    case .laterVersion(let version): "its page has the version \(version) of the simple API, and only 1 is known"
    }
  }
}
