import Tasks

/// A version that an index offers.
package struct Offer: Sendable, Equatable {
  package var version: Version
  /// Withdrawn by its maker, in all its files.
  package var isYanked: Bool
  package var yankedReason: String?
  package var requiresPython: String?

  package init(_ version: Version, isYanked: Bool = false, yankedReason: String? = nil, requiresPython: String? = nil) {
    self.version = version
    self.isYanked = isYanked
    self.yankedReason = yankedReason
    self.requiresPython = requiresPython
  }
}

/// All versions of a package in its index, newest first.
package struct Offers: Sendable, Equatable {
  package let all: [Offer]

  package init(_ offers: [Offer]) { all = offers.sorted { $0.version > $1.version } }

  /// The versions of a page; files that are no distribution of the package are left out.
  package init(_ page: IndexPage, of name: String) {
    let name = DistributionName.normal(name)
    var offers: [Version: Offer] = [:]
    for file in page.files {
      guard let version = DistributionName.version(in: file.name, of: name) else { continue }
      // People read these, and anybody may have written them.
      let offer = Offer(
        version, isYanked: file.isYanked, yankedReason: file.yankedReason?.excerpt, requiresPython: file.requiresPython?.excerpt)
      // One file that is not withdrawn is enough to install the version.
      if let known = offers[version], !known.isYanked || file.isYanked { continue }
      offers[version] = offer
    }
    self.init(Array(offers.values))
  }

  /// What `pip install package==version` would find; of several local versions the newest.
  package func offer(of version: Version) -> Offer? {
    guard let wanted = VersionSpecifiers("==\(version)") else { return nil }
    return all.first { wanted.contains($0.version) }
  }

  /// The newest version that a word asks for; withdrawn ones only if the word names one exactly, as pip does.
  package func newest(_ word: VersionWord) -> Version? {
    let matching = self.matching(word)
    if let offer = matching.first(where: { !$0.isYanked }) { return offer.version }
    return word.isExact ? matching.first?.version : nil
  }

  /// Everything that a word could mean, withdrawn ones too, newest first.
  package func matching(_ word: VersionWord) -> [Offer] {
    let left = Set(word.specifiers.filter(all.map(\.version)))
    return all.filter { left.contains($0.version) }
  }

  /// The nearest ones to a version that is not there: two above, two below, none that is withdrawn.
  package func nearest(to version: Version) -> [Version] {
    let usable = all.filter { !$0.isYanked }.map(\.version)
    return usable.filter { $0 > version }.suffix(2) + usable.filter { $0 < version }.prefix(2)
  }

  /// What `latest` means.
  package var latest: Version? { newest(.latest) }
}

extension String {
  /// The beginning of a text from elsewhere, as a terminal may show it.
  var excerpt: String { String(prefix(200)).safe }
}
