import Tasks

/// Sends signed requests with the system's `curl`.
@Engine struct ChefConnection {
  private static let connectTimeout = 10, timeout = 120
  /// A thousand nodes of a full search have about a hundred kilobytes each.
  private static let outputLimit = 512 << 20

  let address: ChefAddress
  let signer: ChefSigner
  private let caFile: String?

  init(_ source: ChefSource, root: String, _ trust: FileTrust = FileTrust()) async throws(ChefError) {
    address = try ChefAddress(server: source.server, organization: source.organization)
    signer = try await ChefSigner(source, root: root, trust)
    caFile = source.caFile.map { chefPath($0, root: root) }
    if let caFile { do { _ = try File.read(caFile) } catch { throw .caFile(error) } }
  }

  /// The server's answer, whatever it is, and how far our clock was ahead of the server's.
  func answer(to request: ChefRequest) async throws(ChefError) -> (response: ChefResponse, seconds: Int?) {
    let time = Timestamp.now()
    let headers = try await signer.headers(for: request, at: time)
    let result = try await chefProgram(
      ["curl", "--disable", "--config", "-"], input: Array(configuration(request, headers).utf8), outputLimit: Self.outputLimit)
    guard result.exit.isSuccess else { throw Self.problem(result.exit, result.errors) }
    guard let response = ChefResponse(result.output) else { throw .notChef(status: 0, what: "no HTTP") }
    return (response, response.seconds.map { Int(time.milliseconds / 1000) - $0 })
  }

  /// On standard input, because arguments can be read by everybody on this machine.
  private func configuration(_ request: ChefRequest, _ headers: [(name: String, value: String)]) -> String {
    var lines = [
      "url = \(CurlConfig.quoted(address.origin + request.target))", "request = \(request.method.rawValue)", "silent", "show-error",
      "dump-header = -", "suppress-connect-headers", "globoff", "path-as-is", "connect-timeout = \(Self.connectTimeout)",
      "max-time = \(Self.timeout)", "proto = \"=http,https\"",
    ]
    if let caFile { lines.append("cacert = \(CurlConfig.quoted(caFile))") }
    if !request.body.isEmpty { lines.append("data-binary = \(CurlConfig.quoted(request.body))") }
    let fixed = [("Accept", "application/json"), ("Content-Type", "application/json"), ("X-Chef-Version", "16.0.0"), ("Expect", "")]
    lines += (fixed + headers).map { "header = \(CurlConfig.quoted("\($0.0):\($0.1.isEmpty ? "" : " " + $0.1)"))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What curl's exit status means, and its own words without `curl: (7) `.
  private static func problem(_ exit: ChildExit, _ errors: String) -> ChefError {
    let line = errors.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let reason = line.firstRange(of: ") ").map { String(line[$0.upperBound...]) } ?? line
    guard case .exited(let status) = exit else { return .connection(.other, reason: "curl was ended by a signal") }
    let problem: ChefError.ConnectionProblem =
      switch status {
      case 5, 6: .name
      case 7: .connect
      case 28: .timeout
      case 60: .untrusted
      case 35, 51, 53, 54, 58, 59, 66, 77, 80, 82, 83, 90, 91: .tls
      default: .other
      }
    return .connection(problem, reason: reason)
  }
}
