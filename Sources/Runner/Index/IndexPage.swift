import Tasks

/// What an index lists for one package: files, as the simple API gives them in JSON (PEP 691) or HTML (PEP 503).
package struct IndexPage: Sendable, Equatable {
  package struct File: Sendable, Equatable {
    package var name: String
    /// Withdrawn by its maker (PEP 592), perhaps with a reason.
    package var isYanked = false
    package var yankedReason: String?
    /// A specifier for Python's own version.
    package var requiresPython: String?

    package init(name: String, isYanked: Bool = false, yankedReason: String? = nil, requiresPython: String? = nil) {
      self.name = name
      self.isYanked = isYanked
      self.yankedReason = yankedReason
      self.requiresPython = requiresPython
    }
  }

  package var files: [File]

  package init(files: [File]) { self.files = files }

  /// A page by the type that the index gave it.
  package init(_ bytes: [UInt8], contentType: String) throws(IndexProblem) {
    let type = contentType.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    switch type {
    case "application/vnd.pypi.simple.v1+json", "application/vnd.pypi.simple.latest+json", "application/json":
      try self.init(json: bytes)
    case "application/vnd.pypi.simple.v1+html", "application/vnd.pypi.simple.latest+html", "text/html", "application/xhtml+xml":
      try self.init(html: bytes)
    default: throw .notAnIndex(.contentType(type.excerpt))
    }
  }

  private init(json bytes: [UInt8]) throws(IndexProblem) {
    let page: Value
    do throws(JSONError) { page = try JSON.parse(bytes) } catch { throw .notAnIndex(.malformed) }
    if case .string(let version)? = page["meta"]?["api-version"] { try Self.check(version) }
    guard case .array(let files)? = page["files"] else { throw .notAnIndex(.noFiles) }
    self.files = files.compactMap { file in
      guard case .string(let name)? = file["filename"] else { return nil }
      let yanked = file["yanked"]
      let reason = yanked?.nonEmptyString
      return File(
        name: name, isYanked: yanked == .bool(true) || reason != nil, yankedReason: reason,
        requiresPython: file["requires-python"]?.nonEmptyString)
    }
  }

  private init(html bytes: [UInt8]) throws(IndexProblem) {
    var reader = HTMLReader(bytes)
    files = []
    while let element = reader.next() {
      switch element {
      case .anchor(let attributes, let text):
        guard let address = attributes["href"] else { continue }
        let yanked = attributes["data-yanked"]
        let name = DistributionAddress.fileName(address)
        files.append(
          File(
            name: name.isEmpty ? text : name, isYanked: yanked != nil, yankedReason: yanked.flatMap { $0.isEmpty ? nil : $0 },
            requiresPython: attributes["data-requires-python"].flatMap { $0.isEmpty ? nil : $0 }))
      case .meta(let attributes):
        if attributes["name"] == "pypi:repository-version", let version = attributes["content"] { try Self.check(version) }
      }
    }
  }

  /// A later first number may mean anything; a later second one only adds to what is there.
  private static func check(_ version: String) throws(IndexProblem) {
    if version.prefix(while: { $0 != "." }) != "1" { throw .notAnIndex(.laterVersion(version.excerpt)) }
  }
}

extension Value {
  fileprivate var nonEmptyString: String? {
    guard case .string(let text) = self, !text.isEmpty else { return nil }
    return text
  }
}
