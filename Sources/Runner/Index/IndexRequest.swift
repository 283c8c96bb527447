import Tasks

/// One question to an index, asked with curl.
struct IndexRequest: Sendable {
  let address: IndexAddress
  /// `user:password`.
  let credentials: [UInt8]?

  /// Of the answer's page; the pages of the largest packages of PyPI are a tenth of that.
  static let sizeLimit = 64 << 20
  static let connectTimeout = 10
  /// In seconds, for the whole answer.
  var timeout = 60

  /// Asks; `started` gets the process that does it.
  @Engine func page(started: (Child) -> Void = { _ in }) async throws(IndexProblem) -> IndexPage {
    guard SystemProgram.find("curl") != nil else { throw .noCurl }
    let result: (exit: ChildExit, output: [UInt8], errorOutput: [UInt8])
    do throws(SpawnError) {
      // Not one argument tells a secret: all users of this machine may read arguments.
      result = try await runProgram(
        ["curl", "--disable", "--config", "-"], input: configuration, outputLimit: Self.sizeLimit, started: started)
    } catch {
      throw .unreachable(error.reason)
    }
    if result.exit == .exited(63) || result.output.count >= Self.sizeLimit { throw .tooLarge }
    guard result.exit.isSuccess else { throw .unreachable(Self.reason(result.exit, result.errorOutput)) }
    let (status, contentType, body) = Self.answer(result.output)
    switch status {
    case 200: return try IndexPage(body, contentType: contentType)
    case 401, 403: throw .credentials(status: status, given: credentials != nil)
    case 404, 410: throw .noPackage
    default: throw .status(status)
    }
  }

  /// An index that is asked with TLS sends nobody to a place without.
  private var configuration: [UInt8] {
    var lines = [
      "silent", "show-error", "globoff", "compressed", "location", "max-redirs = 5",
      "proto = \"=http,https\"", "proto-redir = \"\(address.page.lowercased().hasPrefix("https:") ? "=https" : "=http,https")\"",
      "connect-timeout = \(Self.connectTimeout)", "max-time = \(timeout)", "max-filesize = \(Self.sizeLimit)",
      "user-agent = \"pushbutton/\(Usage.version)\"",
      "header = \"Accept: application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01\"",
      // Behind the page, so that a page cannot pretend to be it.
      "write-out = \"\\n%{http_code} %{content_type}\"",
      "url = \(CurlConfig.quoted(address.page))",
    ]
    if let credentials { lines.append("user = \(CurlConfig.quoted(String(decoding: credentials, as: UTF8.self)))") }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// curl's last line, and the page before it.
  private static func answer(_ output: [UInt8]) -> (status: Int, contentType: String, body: [UInt8]) {
    guard let end = output.lastIndex(of: UInt8(ascii: "\n")) else { return (0, "", output) }
    let words = String(decoding: output[(end + 1)...], as: UTF8.self).split(separator: " ", maxSplits: 1)
    return (words.first.flatMap { Int($0) } ?? 0, words.count > 1 ? String(words[1]) : "", Array(output[..<end]))
  }

  /// What curl says, without `curl: (7) `.
  private static func reason(_ exit: ChildExit, _ errors: [UInt8]) -> String {
    let line = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).last { $0.hasPrefix("curl: ") }
    if let line, let end = line.firstRange(of: ") ") { return String(line[end.upperBound...]).excerpt }
    switch exit {
    case .exited(let status): return "curl ended with status \(status)"
    case .signalled(let signal): return "signal \(signal) ended curl"
    }
  }
}
