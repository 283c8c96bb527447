import Tasks

/// What indexes have to say before a run begins.
@Engine struct VersionCheck {
  let indexes: PackageIndexes

  nonisolated init(indexes: PackageIndexes) { self.indexes = indexes }

  /// The version that a word means.
  func answer(_ question: VersionQuestion, for parameter: String) async throws(Failure) -> Version {
    let word: VersionWord
    do { word = try VersionWord(parsing: question.word) } catch {
      throw Failure(error, in: question.word, parameter: parameter)
    }
    let offers: Offers
    switch try await indexes.offers(of: question.package) {
    case .success(let found): offers = found
    case .failure(let problem): throw Failure(problem, of: question.package, needing: "--\(parameter) \(question.word)")
    }
    guard let version = offers.newest(word) else { throw Failure(nothingFor: question, parameter: parameter, among: offers) }
    return version
  }

  /// What people should know before the run; throws when a version is not there.
  ///
  /// An index that does not answer stops nobody: hosts may reach what we do not.
  func check(_ plans: [Plan]) async throws(Failure) -> [String] {
    var notices: [String] = []
    for wanted in plans.flatMap(\.wantedVersions) {
      let notice: String?
      switch try await indexes.offers(of: wanted.package) {
      case .success(let offers):
        guard let offer = offers.offer(of: wanted.version) else { throw Failure(missing: wanted, among: offers) }
        notice = offer.isYanked ? Notice.yanked(wanted, reason: offer.yankedReason) : nil
      case .failure(let problem) where problem.isAnswer:
        throw Failure(problem, of: wanted.package, needing: "version \(wanted.version)", at: wanted.place)
      case .failure(let problem):
        notice = Notice.unchecked(wanted, problem)
      }
      if let notice, !notices.contains(notice) { notices.append(notice) }
    }
    return notices
  }
}
