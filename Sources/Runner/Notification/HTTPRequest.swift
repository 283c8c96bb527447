import Tasks

/// A JSON document that is posted to an address.
package struct HTTPRequest: Sendable, Equatable {
  package struct Header: Sendable, Equatable {
    package var name: String
    package var value: String
  }

  package var address: String
  package var headers: [Header]
  package var body: Value

  package init(_ address: String, headers: KeyValuePairs<String, String> = [:], body: Value) {
    self.address = address
    self.headers = headers.map { Header(name: $0.key, value: $0.value) }
    self.body = body
  }

  /// What `curl --disable --config -` reads; nothing of it stands in an argument list.
  ///
  /// Nobody follows a redirect, which would hand an address that is a secret to somebody else. The answer's status is the last thing
  /// that is printed.
  package func curlConfig(within limit: Duration) -> String {
    var lines = [
      "silent", "show-error", "globoff", "proto = \"=http,https\"", "max-time = \(max(1, limit.wholeSeconds))", "max-filesize = 1000000",
      "url = \(CurlConfig.quoted(address))", "user-agent = \"pushbutton/\(Usage.version)\"", "header = \"Content-Type: application/json\"",
    ]
    lines += headers.map { "header = \(CurlConfig.quoted($0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)"))" }
    lines += ["data-raw = \(CurlConfig.quoted(JSON.text(body)))", "write-out = \"%{http_code}\""]
    return lines.joined(separator: "\n") + "\n"
  }

  /// What an answer may repeat of an address that is a secret: its longer parts, which are no secrets by themselves.
  package func confidential(among secrets: [String]) -> [String] {
    let path = address.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
    let parts = [String(path)] + path.split { "/?&=#".contains($0) }.map(String.init)
    return parts.filter { part in part.count >= 8 && secrets.contains { $0.contains(part) || part.contains($0) } }
  }
}
