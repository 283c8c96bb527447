import Tasks

/// Signs requests with the system's `openssl`, which reads the key from its standard input: a secret is never in a file of ours.
@Engine struct ChefSigner {
  let signing: ChefSigning
  let user: String
  /// For errors: the file, or where the secret is from.
  let origin: String
  private let key: [UInt8]

  /// Finds the key and looks at its first lines.
  init(_ source: ChefSource, root: String, _ trust: FileTrust = FileTrust()) async throws(ChefError) {
    signing = source.signing
    user = source.user
    // It becomes a line of what is signed.
    guard !user.isEmpty, user.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .user(user) }
    Platform.refuseCoreDumps()
    switch source.key.kind {
    case .file(let path):
      origin = path
      do { try trust.check(chefPath(path, root: root)) } catch { throw .secret(.untrusted(error)) }
      do { key = try File.read(chefPath(path, root: root)) } catch { throw .key(origin: origin, .unreadable(error)) }
    case .secret(let secret):
      origin = secret.origin
      do throws(SecretValues.Problem) {
        // The final newline is not part of a secret, but of a key.
        key = (try await SecretValues.read([secret], root: root, trust)[secret] ?? []) + [UInt8(ascii: "\n")]
      } catch { throw .secret(error) }
    }
    if let problem = Self.problem(key) { throw .key(origin: origin, problem) }
  }

  /// The headers that say who asks, and prove it.
  func headers(for request: ChefRequest, at time: Timestamp) async throws(ChefError) -> [(name: String, value: String)] {
    // To the second, as the protocol wants it.
    let timestamp = time.text.prefix(19) + "Z"
    let hashedBody = try await hash(request.body)
    let hashedPath = signing == .v1_0 ? try await hash(request.path) : ""
    let text = request.canonical(signing, user: user, timestamp: String(timestamp), hashedPath: hashedPath, hashedBody: hashedBody)
    let signature = try await sign(text)
    return ChefRequest.headers(signing, user: user, timestamp: String(timestamp), hashedBody: hashedBody, signature: signature)
  }

  private func hash(_ text: String) async throws(ChefError) -> String {
    if signing == .v1_3 { return Base64.text(SHA256.digest(Array(text.utf8))) }
    let result = try await chefProgram(["openssl", "dgst", "-sha1", "-binary"], input: Array(text.utf8))
    guard result.exit.isSuccess else { throw .program("openssl", .failed(errorOutput: result.errors)) }
    return Base64.text(result.output)
  }

  private func sign(_ text: String) async throws(ChefError) -> [UInt8] {
    let workspace: Workspace
    let file: String
    do throws(Workspace.Problem) { workspace = try Workspace() } catch { throw .workspace(error) }
    do throws(SystemError) {
      file = workspace.file("request")
      try File.write(Array(text.utf8), to: file, mode: 0o600)
    } catch { throw .program("openssl", .notStarted(error)) }
    defer { workspace.remove() }
    // 1.0 is the raw operation on the text itself, which pkeyutl of OpenSSL 3 refuses for more than a hash. The password keeps openssl
    // from asking for one.
    let arguments =
      signing == .v1_3
      ? ["dgst", "-sha256", "-passin", "pass:", "-sign", "/dev/stdin", file]
      : ["rsautl", "-sign", "-passin", "pass:", "-inkey", "/dev/stdin", "-in", file]
    let result = try await chefProgram(["openssl"] + arguments, input: key)
    // The text of 1.0 has about 150 bytes, and the padding 11.
    if result.errors.contains("data too large for key size") { throw .key(origin: origin, .tooShort) }
    // A key of another kind signs as well, only shorter.
    guard result.exit.isSuccess, result.output.count >= 128 else { throw .key(origin: origin, .notRSA(result.errors)) }
    return result.output
  }

  /// What the text says of itself; whether the numbers in it are a key, openssl finds out.
  static func problem(_ bytes: [UInt8]) -> ChefError.KeyProblem? {
    let text = String(decoding: bytes, as: UTF8.self)
    if text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED") { return .encrypted }
    if text.contains("-----BEGIN OPENSSH PRIVATE KEY-----") { return .openSSH }
    if text.contains("-----BEGIN RSA PRIVATE KEY-----") || text.contains("-----BEGIN PRIVATE KEY-----") { return nil }
    if text.contains("-----BEGIN PUBLIC KEY-----") || text.contains("-----BEGIN CERTIFICATE-----") || text.hasPrefix("ssh-") {
      return .isPublic
    }
    return .notPEM
  }
}

/// A path in the Deployfile: relative to it, absolute, or below the home folder.
func chefPath(_ path: String, root: String) -> String {
  if path.hasPrefix("~/"), let home = ProcessEnvironment.value("HOME") { return home + path.dropFirst(1) }
  return PathText.joined(root, path)
}

/// Runs `curl` or `openssl`.
@Engine func chefProgram(
  _ argv: [String], input: [UInt8], outputLimit: Int = 16 << 20
) async throws(ChefError) -> (exit: ChildExit, output: [UInt8], errors: String) {
  let name = argv.first ?? ""
  do throws(SpawnError) {
    let result = try await runProgram(argv, input: input, outputLimit: outputLimit)
    return (result.exit, result.output, String(decoding: result.errorOutput, as: UTF8.self))
  } catch {
    throw .program(name, error.cause == .notFound ? .missing : .notStarted(SystemError("start", name, code: error.code)))
  }
}
