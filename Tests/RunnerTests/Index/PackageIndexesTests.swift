import Foundation
import Tasks
import TestSupport
import Testing

@testable import Runner

/// Real questions to real servers on this machine.
@Suite(.engine, .serialized) struct PackageIndexesTests {
  private static let server = try? IndexServer()

  @Engine private func ask(_ index: String, credentials: String? = nil, name: String = "shop") async throws -> Result<Offers, IndexProblem>
  {
    let server = try #require(Self.server)
    let secret = Secret.environment("INDEX")
    let package = Package(name, index: server.index(index), credentials: credentials.map { _ in secret })
    let indexes = PackageIndexes(root: "/")
    if let credentials { indexes.secrets = [secret: Array(credentials.utf8)] }
    return try await indexes.offers(of: package)
  }

  private func shown(_ answer: Result<Offers, IndexProblem>) throws -> [String] {
    try answer.get().all.map { "\($0.version)\($0.isYanked ? "!" : "")" }
  }

  @Test @Engine func readsJSON() async throws {
    let offers = try await ask("json").get()
    #expect(offers.all.map(\.version.description) == ["2.0rc1", "1.5.0", "1.4.3", "1.4.2", "1.0", "0.9"])
    #expect(offers.all[2].yankedReason == "breaks\\x1b[31m checkout")
    #expect(offers.all[4].requiresPython == ">=3.8")
    let request = try #require(Self.server?.requests.last { $0.hasPrefix("/json/") })
    #expect(
      request == "/json/shop/ application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01 -")
  }

  @Test @Engine func readsHTML() async throws { #expect(try shown(await ask("html")) == ["1.2", "1.1!", "1.0+abc"]) }

  @Test @Engine func followsRedirects() async throws { #expect(try shown(await ask("redirect")).count == 6) }

  static let problems: [(index: String, problem: IndexProblem)] = [
    ("auth", .credentials(status: 401, given: false)), ("forbidden", .credentials(status: 403, given: false)), ("json/missing", .noPackage),
    ("broken", .status(503)), ("login", .noVersions), ("text", .notAnIndex(.contentType("text/plain"))),
    ("notjson", .notAnIndex(.malformed)),
    ("future", .notAnIndex(.laterVersion("2.0"))), ("empty", .noVersions), ("huge", .tooLarge),
    ("loop", .unreachable("Maximum (5) redirects followed")),
    ("file", .unreachable("Protocol \"file\" not supported or disabled in libcurl")),
    ("cut", .unreachable("transfer closed with 99 bytes remaining to read")),
  ]

  @Test(arguments: problems) @Engine func tellsWhatIsWrong(index: String, problem: IndexProblem) async throws {
    let answer = try await ask(index)
    guard case .failure(let found) = answer else {
      Issue.record("\(answer)")
      return
    }
    // curl's words differ from version to version.
    if case .unreachable = problem, case .unreachable(let reason) = found { #expect(!reason.isEmpty) } else { #expect(found == problem) }
  }

  @Test @Engine func unreachable() async throws {
    let answer = try await PackageIndexes(root: "/").offers(of: Package("shop", index: "http://127.0.0.1:1/simple"))
    guard case .failure(.unreachable(let reason)) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(reason.hasPrefix("Failed to connect to 127.0.0.1 port 1"))
  }

  @Test @Engine func givesUpOnTheSlow() async throws {
    let server = try #require(Self.server)
    let address = try IndexAddress(of: Package("shop", index: server.index("slow")))
    let request = IndexRequest(address: address, credentials: nil, timeout: 1)
    let error = await #expect(throws: IndexProblem.self) { try await request.page() }
    guard case .unreachable(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("timed out"))
  }

  @Test @Engine func hasCredentials() async throws {
    #expect(try shown(await ask("auth", credentials: IndexServer.credentials)).count == 6)
    #expect(try await ask("auth", credentials: "deploy:wrong") == .failure(.credentials(status: 401, given: true)))
    #expect(try await ask("auth", credentials: "deploy") == .failure(.malformedCredentials))
  }

  @Test @Engine func hasCredentialsInTheAddress() async throws {
    let server = try #require(Self.server)
    let package = Package("shop", index: "http://deploy:p%22a%5Css:wo%20rd@\(server.authority)/auth")
    #expect(try shown(await PackageIndexes(root: "/").offers(of: package)).count == 6)
    #expect(package.shownIndex == server.index("auth"))
  }

  @Test @Engine func asksOnce() async throws {
    let server = try IndexServer()
    let indexes = PackageIndexes(root: "/")
    for index in ["json", "broken"] {
      for _ in 0..<3 { _ = try await indexes.offers(of: Package("shop", index: server.index(index))) }
    }
    #expect(server.requests.count == 2)
  }

  @Test(.enabled(if: TestPython.isAvailable, Comment(rawValue: TestPython.reason))) @Engine func asksAPypiserver() async throws {
    let server = try IndexServer(
      .pypiserver, files: ["shop-1.0.tar.gz", "Shop-1.1-py3-none-any.whl", "shop-1.10.tar.gz", "shop-2.0rc1.tar.gz", "other-3.0.tar.gz"])
    let offers = try await PackageIndexes(root: "/").offers(of: Package("Shop", index: server.index("simple"))).get()
    #expect(offers.all.map(\.version.description) == ["2.0rc1", "1.10", "1.1", "1.0"])
    #expect(try await PackageIndexes(root: "/").offers(of: Package("nothing", index: server.index("simple"))) == .failure(.noPackage))
  }
}
