import Foundation
import TestSupport
import Testing

/// Hosts from a real Chef server, goiardi with authentication: see Tests/Support/chef.
@Suite(.ownThreads, .enabled(if: ChefServer.current != nil && BuiltRun.isAvailable, "no Chef server or no built run: start bin/test"))
struct ChefTests {
  private let server: ChefServer

  init() throws { server = try #require(ChefServer.current) }

  /// One Deployfile for all tests, so that it is compiled once.
  private func hosts(_ environment: String, key: String = "", program: [String] = []) throws -> Ended {
    let project = try Project(
      """
      let url = "\(server.http)"
      let key: ChefKey = "\(server.key)"
      let deployfile = Deployfile {
        environment("production", inventory: .chef(
          server: url, user: "admin", key: key, query: "chef_environment:production", login: "deploy", variables: ["port": "shop.port"]))
        environment("canary", inventory: .chef(server: url, user: "admin", key: key, query: "role:canary AND chef_environment:production"))
        environment("old", inventory: .chef(server: url, user: "admin", key: key, query: "role:canary", signing: .v1_0))
        environment("secret", inventory: .chef(
          server: url, user: "admin", key: .secret(.environment("CHEF_KEY")), query: "role:db", address: "cloud.public_ipv4" || "ipaddress"))
        environment("noAddress", inventory: .chef(server: url, user: "admin", key: key))
        environment("skipping", inventory: .chef(server: url, user: "admin", key: key, withoutAddress: .skip))
        environment("wrongKey", inventory: .chef(server: url, user: "admin", key: "\(server.otherKey)"))
        environment("unknownUser", inventory: .chef(server: url, user: "nobody", key: key))
        environment("organization", inventory: .chef(server: url, organization: "acme", user: "admin", key: key))
        environment("badQuery", inventory: .chef(server: url, user: "admin", key: key, query: "role:web AND ("))
        environment("nothing", inventory: .chef(server: url, user: "admin", key: key, query: "role:nothing"))
        environment("closed", inventory: .chef(server: "http://127.0.0.1:1", user: "admin", key: key))
        environment("untrusted", inventory: .chef(server: "\(server.https)", user: "admin", key: "\(server.httpsKey)"))
        environment("trusted", inventory: .chef(
          server: "\(server.https)", user: "admin", key: "\(server.httpsKey)", query: "role:db", caFile: "\(server.certificate)"))
        environment("missing", inventory: .chef(server: url, user: "admin", key: "missing.pem"))
      }
      """)
    let started = try Started(
      program + [BuiltRun.path ?? "run", "--hosts", "-e", environment], folder: project.folder.path,
      environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "CHEF_KEY": key],
      without: ["SSL_CERT_FILE", "CURL_CA_BUNDLE"])
    return started.end()
  }

  private func names(_ ended: Ended) -> [String] {
    ended.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test func findsNodesByEnvironment() throws {
    let ended = try hosts("production")
    #expect(ended.status == 0, "\(ended)")
    #expect(names(ended) == ["db01", "db02"] + (1...12).map { String(format: "shop%02d", $0) })
    #expect(ended.output.contains("shop03  deploy@10.0.0.3   production, web, canary\n"))
  }

  @Test(arguments: ["canary", "old"]) func findsNodesByRole(environment: String) throws {
    let ended = try hosts(environment)
    #expect(ended.output == (1...3).map { "shop0\($0)  10.0.0.\($0)  web, canary, production\n" }.joined(), "\(ended)")
  }

  @Test func theKeyMayBeASecret() throws {
    let pkcs1 = try #require(try? String(contentsOfFile: server.key, encoding: .utf8))
    let pkcs8 = try Started(["/usr/bin/env", "openssl", "pkcs8", "-topk8", "-nocrypt", "-in", server.key], folder: "/", environment: [:])
      .end()
    for key in [pkcs1, pkcs8.output] {
      #expect(try hosts("secret", key: key).output == "db01  192.0.2.1  db, production\ndb02  192.0.2.2  db, production\n")
    }
    #expect(try hosts("secret", key: "x").errors.contains("the environment variable CHEF_KEY holds no private key"))
  }

  @Test func nodesWithoutAddress() throws {
    #expect(try names(hosts("skipping")).count == 20)
    #expect(try hosts("noAddress").errors.contains("1 node has no ipaddress and no fqdn: new01\n"))
  }

  @Test(arguments: [
    ("wrongKey", "the server does not accept the key of \"admin\": crypto/rsa: verification error\n"),
    ("unknownUser", "the server does not accept the key of \"nobody\": Failed to authenticate as 'nobody'."),
    ("organization", "the server has no organization \"acme\": it answers with nothing\n"),
    ("badQuery", "the server refuses the query \"role:web AND (\": parse error"),
    ("nothing", "no nodes match \"role:nothing\"\n"),
    ("closed", "error: http://127.0.0.1:1: the server cannot be reached: Failed to connect to 127.0.0.1"),
    ("untrusted", "the server's certificate is not trusted: SSL certificate problem: self"),
    ("missing", "cannot read the key missing.pem: No such file or directory\n"),
  ])
  func tellsWhatIsWrong(environment: String, message: String) throws {
    let ended = try hosts(environment)
    #expect(ended.status == 2)
    #expect(ended.errors.contains(message), "\(ended)")
  }

  @Test func trustsAGivenCertificate() throws { #expect(try names(hosts("trusted")) == ["db01", "db02"]) }

  @Test(.enabled(if: ChefServer.current?.faketime != nil, "faketime is missing"), arguments: [("+2h", "ahead of"), ("-2h", "behind")])
  func tellsTheClocksDifference(offset: String, words: String) throws {
    let faketime = try #require(server.faketime, "faketime is missing")
    // Compiled first, by the right clock.
    #expect(try hosts("canary").status == 0)
    let ended = try hosts("canary", program: [faketime, "-f", offset])
    #expect(ended.status == 2)
    #expect(ended.errors.contains(try Regex("this machine's clock is 7(19|20)[0-9] s \(words) the server's")), "\(ended)")
  }
}

/// What `Tests/Support/chef` has started; `nil` where there is none.
struct ChefServer: Sendable {
  static let current = ChefServer(ProcessInfo.processInfo.environment)

  let http: String
  let https: String
  let key: String
  let httpsKey: String
  let otherKey: String
  let certificate: String
  let faketime: String?

  init?(_ environment: [String: String]) {
    func value(_ name: String) -> String? { environment["PUSHBUTTON_TEST_CHEF_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
    guard let http = value("HTTP"), let https = value("HTTPS"), let key = value("KEY"), let httpsKey = value("HTTPS_KEY"),
      let otherKey = value("OTHER_KEY"), let certificate = value("CERTIFICATE")
    else { return nil }
    (self.http, self.https, self.key, self.httpsKey, self.otherKey, self.certificate) = (http, https, key, httpsKey, otherKey, certificate)
    faketime = value("FAKETIME")
  }
}
