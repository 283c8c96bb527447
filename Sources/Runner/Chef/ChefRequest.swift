import Tasks

/// A request to a Chef server, and the text of it that is signed.
///
/// Versions 1.0 and 1.3 of the Mixlib authentication protocol: every line but the last ends in a newline.
struct ChefRequest: Equatable {
  enum Method: String { case get = "GET", post = "POST" }

  var method: Method
  /// Without the query; no doubled slash and none at the end.
  var path: String
  var parameters: [(name: String, value: String)] = []
  var body = ""

  /// The version of the server's API that the requests are written for; since 12.
  static let apiVersion = "1"

  static func == (left: ChefRequest, right: ChefRequest) -> Bool {
    left.method == right.method && left.target == right.target && left.body == right.body
  }

  /// The path and the query.
  var target: String {
    path + (parameters.isEmpty ? "" : "?" + parameters.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&"))
  }

  /// What is signed; hashes are Base64 of SHA-256 for 1.3 and of SHA-1 for 1.0.
  func canonical(_ signing: ChefSigning, user: String, timestamp: String, hashedPath: String, hashedBody: String) -> String {
    switch signing {
    case .v1_3:
      """
      Method:\(method.rawValue)
      Path:\(path)
      X-Ops-Content-Hash:\(hashedBody)
      X-Ops-Sign:version=1.3
      X-Ops-Timestamp:\(timestamp)
      X-Ops-UserId:\(user)
      X-Ops-Server-API-Version:\(Self.apiVersion)
      """
    case .v1_0:
      """
      Method:\(method.rawValue)
      Hashed Path:\(hashedPath)
      X-Ops-Content-Hash:\(hashedBody)
      X-Ops-Timestamp:\(timestamp)
      X-Ops-UserId:\(user)
      """
    }
  }

  /// The headers of a signed request.
  static func headers(
    _ signing: ChefSigning, user: String, timestamp: String, hashedBody: String, signature: [UInt8]
  ) -> [(name: String, value: String)] {
    var headers = [
      (name: "X-Ops-Sign", value: signing.description), ("X-Ops-Userid", user), ("X-Ops-Timestamp", timestamp),
      ("X-Ops-Content-Hash", hashedBody), ("X-Ops-Server-API-Version", apiVersion),
    ]
    let text = Array(Base64.text(signature).utf8)
    for start in stride(from: 0, to: text.count, by: 60) {
      let line = String(decoding: text[start..<min(start + 60, text.count)], as: UTF8.self)
      headers.append(("X-Ops-Authorization-\(start / 60 + 1)", line))
    }
    return headers
  }

  /// Everything but unreserved characters as `%XX`.
  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + SHA256.hex([byte]).uppercased()
      }
    }.joined()
  }
}

extension ChefSigning {
  var version: String {
    switch self {
    case .v1_3: "1.3"
    case .v1_0: "1.0"
    }
  }

  fileprivate var description: String {
    switch self {
    case .v1_3: "algorithm=sha256;version=1.3;"
    case .v1_0: "algorithm=sha1;version=1.0;"
    }
  }
}
