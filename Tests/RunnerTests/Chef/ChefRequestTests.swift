import Testing

@testable import Runner
@testable import Tasks

/// The texts that are signed; the values are those of the published examples of Mixlib authentication.
@Suite struct ChefRequestTests {
  private let request = ChefRequest(method: .post, path: "/organizations/clownco", body: "Spec Body")
  private let time = "2009-01-01T12:00:00Z"

  @Test func canonicalFormOf13() {
    let body = Base64.text(SHA256.digest(Array(request.body.utf8)))
    #expect(
      request.canonical(.v1_3, user: "spec-user", timestamp: time, hashedPath: "", hashedBody: body) == """
        Method:POST
        Path:/organizations/clownco
        X-Ops-Content-Hash:hDlKNZhIhgso3Fs0S0pZwJ0xyBWtR1RBaeHs1DrzOho=
        X-Ops-Sign:version=1.3
        X-Ops-Timestamp:2009-01-01T12:00:00Z
        X-Ops-UserId:spec-user
        X-Ops-Server-API-Version:1
        """)
  }

  @Test func canonicalFormOf10() {
    #expect(
      request.canonical(
        .v1_0, user: "spec-user", timestamp: time, hashedPath: "YtBWDn1blGGuFIuKksdwXzHU9oE=", hashedBody: "DFteJZPVv6WKdQmMqZUQUumUyRs=")
          == """
          Method:POST
          Hashed Path:YtBWDn1blGGuFIuKksdwXzHU9oE=
          X-Ops-Content-Hash:DFteJZPVv6WKdQmMqZUQUumUyRs=
          X-Ops-Timestamp:2009-01-01T12:00:00Z
          X-Ops-UserId:spec-user
          """)
  }

  @Test(arguments: [(ChefSigning.v1_3, "algorithm=sha256;version=1.3;"), (.v1_0, "algorithm=sha1;version=1.0;")])
  func signatureIsCutIntoLines(signing: ChefSigning, sign: String) {
    let headers = ChefRequest.headers(signing, user: "u", timestamp: time, hashedBody: "h", signature: [UInt8](repeating: 0, count: 100))
    #expect(
      headers.map { "\($0.name): \($0.value)" } == [
        "X-Ops-Sign: \(sign)", "X-Ops-Userid: u", "X-Ops-Timestamp: \(time)", "X-Ops-Content-Hash: h", "X-Ops-Server-API-Version: 1",
        "X-Ops-Authorization-1: " + String(repeating: "A", count: 60), "X-Ops-Authorization-2: " + String(repeating: "A", count: 60),
        "X-Ops-Authorization-3: " + String(repeating: "A", count: 14) + "==",
      ])
  }

  @Test func queriesAreEscaped() {
    let request = ChefRequest(method: .get, path: "/search/node", parameters: [("q", "a:b AND c:é\"&%"), ("start", "0")])
    #expect(request.target == "/search/node?q=a%3Ab%20AND%20c%3A%C3%A9%22%26%25&start=0")
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func base64(plain: String, encoded: String) { #expect(Base64.text(Array(plain.utf8)) == encoded) }

  @Test(
    arguments: [
      ("https://chef.example.com", nil, "https://chef.example.com", ""),
      ("https://chef.example.com/", "acme", "https://chef.example.com", "/organizations/acme"),
      ("HTTPS://chef.example.com:8443//x/", "acme", "https://chef.example.com:8443", "/x/organizations/acme"),
      ("https://chef.example.com/organizations/acme", nil, "https://chef.example.com", "/organizations/acme"),
      ("https://chef.example.com/organizations/acme/", "acme", "https://chef.example.com", "/organizations/acme"),
      ("http://127.0.0.1:4545", nil, "http://127.0.0.1:4545", ""),
      ("http://localhost", nil, "http://localhost", ""),
      ("http://[::1]:80", nil, "http://[::1]:80", ""),
      ("https://[2001:db8::1]:443", nil, "https://[2001:db8::1]:443", ""),
    ] as [(String, String?, String, String)])
  func addresses(server: String, organization: String?, origin: String, path: String) throws {
    let address = try ChefAddress(server: server, organization: organization)
    #expect(address.origin == origin)
    #expect(address.path == path)
  }

  @Test(
    arguments: [
      ("chef.example.com", nil, .server(.malformed)),
      ("https://", nil, .server(.malformed)),
      ("https://u:p@chef.example.com", nil, .server(.malformed)),
      ("https://chef.example.com:99999", nil, .server(.malformed)),
      ("https://chef.example.com/?a=b", nil, .server(.malformed)),
      ("https://chef.example.com\n", nil, .server(.malformed)),
      ("ftp://chef.example.com", nil, .server(.scheme("ftp"))),
      ("http://chef.example.com", nil, .server(.unencrypted(host: "chef.example.com"))),
      ("http://127.0.0.1.example.com", nil, .server(.unencrypted(host: "127.0.0.1.example.com"))),
      ("https://chef.example.com", "a/b", .organization("a/b")),
      ("https://chef.example.com", "", .organization("")),
      ("https://chef.example.com/organizations/acme", "other", .server(.otherOrganization(inServer: "acme", given: "other"))),
    ] as [(String, String?, ChefError)])
  func refusedAddresses(server: String, organization: String?, error: ChefError) {
    #expect(throws: error) { try ChefAddress(server: server, organization: organization) }
  }
}
