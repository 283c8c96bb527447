import Testing

@testable import Runner
@testable import Tasks

/// Paging, and what a server's refusal means; the server is a closure.
@Suite(.engine) struct ChefSearchTests {
  private static let source = ChefSource(.chef(server: "https://chef", user: "deploy", key: "k", query: "role:web", address: "ip"))

  @Engine private final class Server {
    var requests: [String] = []
    private var answers: [ChefResponse]

    init(_ answers: [ChefResponse]) { self.answers = answers }

    func answer(_ request: ChefRequest) -> ChefResponse {
      requests.append("\(request.method.rawValue) \(request.target)")
      return answers.isEmpty ? ChefResponse(status: 500, #"{"error": "no answer left"}"#) : answers.removeFirst()
    }
  }

  @Engine private func search(
    _ server: Server, seconds: Int? = 0, path: String = "", pageSize: Int = 2
  ) async throws(ChefError) -> [String] {
    let search = ChefSearch(
      query: "role:web", user: "deploy", signing: .v1_3, path: path, organization: path.isEmpty ? nil : "acme", pageSize: pageSize
    ) { request throws(ChefError) in (server.answer(request), seconds) }
    return try await search.nodes(ChefKeys(Self.source)).map(\.name)
  }

  private func page(_ total: Int, _ names: String...) -> ChefResponse {
    let rows = names.map { #"{"url": "u", "data": {"name": "\#($0)"}}"# }
    return ChefResponse(status: 200, #"{"total": \#(total), "start": 0, "rows": [\#(rows.joined(separator: ","))]}"#)
  }

  @Test @Engine func readsAllPages() async throws {
    let server = Server([page(5, "a", "b"), page(5, "c", "d"), page(5, "e")])
    #expect(try await search(server, path: "/organizations/acme") == ["a", "b", "c", "d", "e"])
    #expect(
      server.requests == [0, 2, 4].map { "POST /organizations/acme/search/node?q=role%3Aweb&start=\($0)&rows=2" })
  }

  @Test @Engine func readsAgainWhenNodesCameOrWent() async throws {
    let server = Server([page(3, "a", "b"), page(4, "c", "d"), page(4, "a", "b"), page(4, "b", "c"), page(3, "a", "b"), page(3, "c")])
    #expect(try await search(server) == ["a", "b", "c"])
    #expect(server.requests.count == 6)
    let restless = Server((0..<4).flatMap { _ in [page(3, "a", "b"), page(4, "c")] })
    await #expect(throws: ChefError.unstable(attempts: 4)) { _ = try await search(restless) }
  }

  @Test @Engine func asksForMoreWhereTheTotalIsThatOfThePage() async throws {
    let server = Server([page(2, "a", "b"), page(4, "c", "a", "b", "d"), page(5, "a", "c", "e", "d", "b")])
    #expect(try await search(server) == ["a", "c", "e", "d", "b"])
    #expect(server.requests == [2, 4, 8].map { "POST /search/node?q=role%3Aweb&start=0&rows=\($0)" })
  }

  @Test @Engine func goesOnWhereTheIndexKnowsNodesThatAreGone() async throws {
    let server = Server([page(5, "a"), page(5), page(5, "e")])
    #expect(try await search(server) == ["a", "e"])
  }

  @Test @Engine func searchesInFullWhereThereIsNoPartialSearch() async throws {
    let full = #"{"total": 1, "rows": [{"name": "a", "automatic": {"ip": "10.0.0.1"}, "default": {"ip": "no"}}]}"#
    let server = Server([ChefResponse(status: 405, "{}"), ChefResponse(status: 200, full)])
    #expect(try await search(server) == ["a"])
    #expect(server.requests.map { String($0.prefix(4)) } == ["POST", "GET "])
  }

  @Test(
    arguments: [
      (400, #"{"error": ["invalid search query: 'x'"]}"#, 0, .query("role:web", message: "invalid search query: 'x'")),
      (401, #"{"error": ["Invalid signature"]}"#, 3, .unauthorized(user: "deploy", message: "Invalid signature", seconds: 3)),
      (401, #"{"error": ["Invalid signature"]}"#, 600, .unauthorized(user: "deploy", message: "Invalid signature", seconds: 600)),
      (401, #"{"error": ["Invalid signature"]}"#, 1000, .clock(seconds: 1000)),
      (401, #"{"error": ["Synchronize the clock on your host."]}"#, 400, .clock(seconds: 400)),
      (401, #"{"error": ["Synchronize the clock on your host."]}"#, -3600, .clock(seconds: -3600)),
      (403, #"{"error": "missing read permission"}"#, 0, .forbidden(user: "deploy", message: "missing read permission")),
      (500, #"{"error": ["oops"]}"#, 0, .status(500, message: "oops")),
      (500, "<html>", 0, .notChef(status: 500, what: "text/html")),
      (200, "<html>", 0, .notChef(status: 200, what: "text/html")),
      (200, "{}", 0, .notChef(status: 200, what: "other JSON")),
    ] as [(Int, String, Int, ChefError)])
  @Engine func refusals(status: Int, body: String, seconds: Int, error: ChefError) async {
    await #expect(throws: error) { _ = try await search(Server([ChefResponse(status: status, body)]), seconds: seconds) }
  }

  @Test @Engine func tellsOrganizationVersionAndRedirect() async {
    let unknown = ChefResponse(status: 404, #"{"error": ["organization 'acme' does not exist."]}"#)
    await #expect(throws: ChefError.unknownOrganization("acme", message: "organization 'acme' does not exist.")) {
      _ = try await search(Server([unknown, unknown]), path: "/organizations/acme")
    }
    let old = ChefResponse(status: 401, headers: ["www-authenticate": #"X-Ops-Sign version="1.0" version="1.1""#], #"{"error": "x"}"#)
    await #expect(throws: ChefError.protocolVersion("1.3", known: ["1.0", "1.1"])) { _ = try await search(Server([old])) }
    let moved = ChefResponse(status: 301, headers: ["location": "https://new"], "")
    await #expect(throws: ChefError.redirect(to: "https://new")) { _ = try await search(Server([moved])) }
  }

  @Test func readsWhatCurlPrints() throws {
    let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 401 \r\nDate: Thu, 01 Jan 2009 12:00:00 GMT\r\nX: y\r\n\r\n{}\n"
    let response = try #require(ChefResponse(Array(text.utf8)))
    #expect(response.status == 401)
    #expect(response.seconds == 1_230_811_200)
    #expect(response.body == Array("{}\n".utf8))
    #expect(ChefResponse(Array("SSH-2.0-x".utf8)) == nil)
  }
}

extension ChefSource {
  /// What `.chef(...)` makes.
  init(_ source: InventorySource) {
    guard case .chef(let source) = source.kind else { preconditionFailure("not a Chef source") }
    self = source
  }
}

extension ChefResponse {
  init(status: Int, headers: [String: String] = ["content-type": "text/html; charset=utf-8"], _ body: String) {
    let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
    guard let response = ChefResponse(Array("HTTP/1.1 \(status) X\r\n\(lines)\r\n\(body)".utf8)) else { preconditionFailure("no response") }
    self = response
  }
}
