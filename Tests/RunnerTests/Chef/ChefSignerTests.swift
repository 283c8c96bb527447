import Foundation
import Testing

@testable import Runner
@testable import Tasks

/// Keys and signatures, with the system's `openssl`.
@Suite(.engine, .timeLimit(.minutes(15))) struct ChefSignerTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @discardableResult private func openssl(_ arguments: String...) throws -> [UInt8] {
    try TestProgram.run(["openssl"] + arguments, folder: folder.path).output
  }

  @Engine private func headers(_ key: ChefKey, _ signing: ChefSigning) async throws -> [(name: String, value: String)] {
    let source = ChefSource(.chef(server: "https://chef", user: "spec-user", key: key, signing: signing))
    let signer = try await ChefSigner(source, root: folder.path)
    let request = ChefRequest(method: .post, path: "/organizations/clownco", body: "Spec Body")
    return try await signer.headers(for: request, at: Timestamp(milliseconds: 1_230_811_200_500))
  }

  @Engine private func problem(_ key: ChefKey, _ signing: ChefSigning = .v1_3) async -> ChefError.KeyProblem? {
    do { _ = try await headers(key, signing) } catch let error as ChefError {
      if case .key(_, let problem) = error { return problem }
    } catch {}
    return nil
  }

  private func decoded(_ headers: [(name: String, value: String)]) -> Data? {
    Data(base64Encoded: headers.filter { $0.name.hasPrefix("X-Ops-Authorization-") }.map(\.value).joined())
  }

  @Test(arguments: [ChefSigning.v1_3, .v1_0]) @Engine func signsWhatTheProtocolSays(signing: ChefSigning) async throws {
    try openssl("genrsa", "-traditional", "-out", "key.pem", "2048")
    try openssl("pkcs8", "-topk8", "-nocrypt", "-in", "key.pem", "-out", "pkcs8.pem")
    try openssl("rsa", "-in", "key.pem", "-pubout", "-out", "public.pem")
    let headers = try await headers("key.pem", signing)
    #expect(headers[1].value == "spec-user")
    #expect(headers[2].value == "2009-01-01T12:00:00Z")
    let hash = signing == .v1_3 ? "hDlKNZhIhgso3Fs0S0pZwJ0xyBWtR1RBaeHs1DrzOho=" : "DFteJZPVv6WKdQmMqZUQUumUyRs="
    #expect(headers[3].value == hash)
    let signature = try #require(decoded(headers))
    try signature.write(to: URL(fileURLWithPath: folder.path + "/signature"))
    let request = ChefRequest(method: .post, path: "/organizations/clownco", body: "Spec Body")
    let text = request.canonical(
      signing, user: "spec-user", timestamp: "2009-01-01T12:00:00Z", hashedPath: "YtBWDn1blGGuFIuKksdwXzHU9oE=", hashedBody: hash)
    try folder.write(text, to: "text")
    if signing == .v1_3 {
      let verdict = try openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "text")
      #expect(String(decoding: verdict, as: UTF8.self) == "Verified OK\n")
    } else {
      #expect(try openssl("rsautl", "-verify", "-pubin", "-inkey", "public.pem", "-in", "signature") == Array(text.utf8))
    }
    #expect(try await self.decoded(self.headers("pkcs8.pem", signing)) == signature)
    let secret = ChefKey.secret(.command("cat '\(folder.path)/key.pem'"))
    #expect(try await self.decoded(self.headers(secret, signing)) == signature)
  }

  @Test @Engine func tellsWhatIsWrongWithAKey() async throws {
    try openssl("genrsa", "-out", "key.pem", "2048")
    try openssl("rsa", "-in", "key.pem", "-pubout", "-out", "public.pem")
    try openssl("rsa", "-in", "key.pem", "-aes128", "-passout", "pass:secret", "-out", "encrypted.pem")
    try openssl("genrsa", "-out", "short.pem", "1024")
    try openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "ec.pem")
    try folder.write("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n", to: "openssh")
    try folder.write("-----BEGIN RSA PRIVATE KEY-----\nabcd\n-----END RSA PRIVATE KEY-----\n", to: "broken.pem")
    try folder.write("hello\n", to: "text")
    #expect(await problem("key.pem") == nil)
    #expect(await problem("public.pem") == .isPublic)
    #expect(await problem("encrypted.pem") == .encrypted)
    #expect(await problem("openssh") == .openSSH)
    #expect(await problem("text") == .notPEM)
    #expect(await problem("short.pem", .v1_0) == .tooShort)
    #expect(await problem("short.pem", .v1_3) == nil)
    #expect(await problem("missing.pem") == .unreadable(SystemError("open", folder.path + "/missing.pem", code: ENOENT)))
    for key in ["ec.pem", "broken.pem"] as [ChefKey] {
      guard case .notRSA = await problem(key) else {
        Issue.record("\(key) was taken")
        continue
      }
    }
  }

  private static let server = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_CHEF_HTTP"].flatMap { $0.isEmpty ? nil : $0 }
  private static let key = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_CHEF_KEY"] ?? ""

  @Test(.enabled(if: server != nil, "no Chef server: start bin/test"), arguments: [5, 19, 1000])
  @Engine func readsARealServerPageByPage(pageSize: Int) async throws {
    let source = ChefSource(.chef(server: try #require(Self.server), user: "admin", key: .file(Self.key), query: "role:web"))
    let connection = try await ChefConnection(source, root: folder.path)
    let search = ChefSearch(
      query: source.query, user: source.user, signing: source.signing, path: "", organization: nil, pageSize: pageSize,
      answer: connection.answer)
    let nodes = try await search.nodes(ChefKeys(source))
    #expect(nodes.map(\.name).sorted() == ["new01"] + (1...18).map { String(format: "shop%02d", $0) })
  }
}
