import Tasks

/// Searches the nodes of a Chef server, page by page, and tells what a refusal means.
@Engine struct ChefSearch {
  typealias Answer = @Engine (ChefRequest) async throws(ChefError) -> (response: ChefResponse, seconds: Int?)

  /// As many as Chef's own client asks for; of a full search fewer, because a node may have hundreds of kilobytes.
  static let pageSize = 1000, fullPageSize = 100
  /// How often a result that changes while it is read is read again.
  static let attempts = 4
  /// Servers let clocks differ by 15 minutes, unless they are told otherwise; then they speak of the clock.
  static let clockTolerance = 900

  let query: String
  let user: String
  let signing: ChefSigning
  /// Below which the API is: `/organizations/acme`, or nothing.
  let path: String
  let organization: String?
  var pageSize = ChefSearch.pageSize
  let answer: Answer

  /// The nodes that the query finds, each once, in the server's order; only `keys` of each where the server can leave out the rest.
  func nodes(_ keys: ChefKeys) async throws(ChefError) -> [ChefNode] {
    for _ in 0..<Self.attempts {
      if let nodes = try await pages(keys) { return nodes }
    }
    throw .unstable(attempts: Self.attempts)
  }

  /// Nothing when nodes came or went meanwhile, so that one may be missing.
  private func pages(_ keys: ChefKeys) async throws(ChefError) -> [ChefNode]? {
    var nodes: [ChefNode] = []
    var names: Set<String> = []
    var start = 0, total: Int?, isPartial = true, rows = pageSize
    repeat {
      var page = try await page(from: start, rows: rows, keys, isPartial: isPartial)
      if page == nil {
        isPartial = false
        rows = min(rows, Self.fullPageSize)
        page = try await self.page(from: start, rows: rows, keys, isPartial: false)
      }
      guard let page else { throw .notChef(status: 200, what: "no search") }
      if start == 0, page.total == rows, page.nodes.count == rows {
        // goiardi gives the size of the page as the total, and no two pages in the same order: only a page that is not full has all.
        rows *= 2
        continue
      }
      if let total, total != page.total { return nil }
      total = page.total
      for node in page.nodes {
        guard names.insert(node.name).inserted else { return nil }
        nodes.append(node)
      }
      // By what was asked for and not by what came: a server leaves out nodes that its index still has.
      start += rows
    } while total.map { start < $0 } ?? true
    return nodes
  }

  /// One page; nothing when the server has no partial search.
  private func page(
    from start: Int, rows: Int, _ keys: ChefKeys, isPartial: Bool
  ) async throws(ChefError) -> (total: Int, nodes: [ChefNode])? {
    let request = ChefRequest(
      method: isPartial ? .post : .get, path: path + "/search/node",
      parameters: [("q", query), ("start", String(start)), ("rows", String(rows))], body: isPartial ? keys.body : "")
    let (response, seconds) = try await answer(request)
    if isPartial, response.status == 404 || response.status == 405 || response.status == 501 { return nil }
    guard response.status == 200 else { throw error(response, seconds) }
    // What goiardi answers below an organization, as it has none.
    if response.body.isEmpty, organization != nil { throw .unknownOrganization(organization, message: "it answers with nothing") }
    guard let value = response.value, case .int(let total)? = value["total"], case .array(let found)? = value["rows"] else {
      throw .notChef(status: 200, what: response.kind)
    }
    return (total, found.compactMap { isPartial ? ChefNode(partial: $0, keys) : ChefNode(full: $0, keys) })
  }

  private func error(_ response: ChefResponse, _ seconds: Int?) -> ChefError {
    if (300..<400).contains(response.status) { return .redirect(to: response.headers["location"] ?? "") }
    guard let message = response.message else { return .notChef(status: response.status, what: response.kind) }
    switch response.status {
    case 400: return .query(query, message: message)
    case 401:
      if let seconds, abs(seconds) > Self.clockTolerance || abs(seconds) > 1 && message.lowercased().contains("clock") {
        return .clock(seconds: seconds)
      }
      let known = response.versions
      if !known.isEmpty, !known.contains(signing.version) { return .protocolVersion(signing.version, known: known) }
      return .unauthorized(user: user, message: message, seconds: seconds)
    case 403: return .forbidden(user: user, message: message)
    case 404: return .unknownOrganization(organization, message: message)
    default: return .status(response.status, message: message)
    }
  }
}

extension ChefResponse {
  /// What came instead of what was expected, for people.
  fileprivate var kind: String {
    let type = headers["content-type"]?.split(separator: ";").first.map(String.init) ?? "no type"
    return value == nil ? type : "other JSON"
  }

  /// The versions of the protocol that a server says it knows: `X-Ops-Sign version="1.0" version="1.3"`.
  fileprivate var versions: [String] {
    let parts = (headers["www-authenticate"] ?? "").split(separator: "version=\"").dropFirst()
    return parts.compactMap { $0.split(separator: "\"").first.map(String.init) }
  }
}
