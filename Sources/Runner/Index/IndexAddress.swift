import Tasks

/// Where an index has the page of a package, and who may ask.
package struct IndexAddress: Sendable, Equatable {
  /// The address to ask, without user and password.
  package let page: String
  /// `user:password`, from the address itself.
  package let credentials: String?

  package init(of package: Package) throws(IndexProblem) {
    let (index, credentials) = Self.split(package.index)
    let isHTTP = ["http://", "https://"].contains { index.lowercased().hasPrefix($0) && index.utf8.count > $0.utf8.count }
    guard isHTTP, index.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { throw .badAddress }
    let name = DistributionName.normal(package.name)
    guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }) else {
      throw .badName
    }
    page = index.hasSuffix("/") ? "\(index)\(name)/" : "\(index)/\(name)/"
    self.credentials = credentials
  }

  /// An address without the user and password that it may hold, and those decoded.
  package static func split(_ address: String) -> (address: String, credentials: String?) {
    guard let scheme = address.firstRange(of: "://") else { return (address, nil) }
    let rest = address[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else { return (address, nil) }
    let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(PercentCoding.decoded)
    let credentials = parts.joined(separator: ":") + (parts.count < 2 ? ":" : "")
    return (String(address[..<scheme.upperBound] + rest[rest.index(after: at)...]), credentials)
  }
}

extension Package {
  /// The index's address as people may see it.
  package var shownIndex: String { IndexAddress.split(index).address }
}
