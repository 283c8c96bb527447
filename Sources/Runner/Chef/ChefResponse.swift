import Tasks

/// What a server answered: the status, the headers that we need, and the body.
struct ChefResponse {
  var status: Int
  /// By lowercase name.
  var headers: [String: String]
  var body: [UInt8]

  /// Splits what `curl` prints with `dump-header = -`; answers before the final one (1xx) are passed over.
  init?(_ output: [UInt8]) {
    var rest = output[...]
    var status = 0
    var headers: [String: String] = [:]
    repeat {
      guard rest.starts(with: "HTTP/".utf8) else { return nil }
      headers = [:]
      status = 0
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        var line = rest[..<end]
        rest = rest[(end + 1)...]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        if line.isEmpty { break }
        let text = String(decoding: line, as: UTF8.self)
        if status == 0 {
          guard let number = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
          status = number
        } else if let colon = text.firstIndex(of: ":") {
          headers[text[..<colon].lowercased()] = String(text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
        }
      }
    } while (100..<200).contains(status)
    self.status = status
    self.headers = headers
    body = Array(rest)
  }

  /// The server's clock in seconds since 1970, from `Date: Sun, 22 Nov 2026 23:02:09 GMT`.
  var seconds: Int? {
    let parts = headers["date"]?.split(whereSeparator: { $0 == " " || $0 == ":" }) ?? []
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: String(parts[2])), let day = Int(parts[1]),
      let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6])
    else { return nil }
    var time = tm()
    time.tm_year = Int32(truncatingIfNeeded: year - 1900)
    time.tm_mon = Int32(month)
    time.tm_mday = Int32(truncatingIfNeeded: day)
    return timegm(&time) + hour * 3600 + minute * 60 + second
  }

  /// The body, if it is JSON.
  var value: Value? { try? JSON.parse(body) }

  /// The server's own words: `{"error": ["..."]}`, with or without the list; nothing when it does not answer as Chef does.
  var message: String? {
    switch value?["error"] {
    case .string(let text): text
    case .array(let texts): texts.map(\.plainText).joined(separator: "; ")
    case .object(let members): members.last { $0.key == "message" }?.value.plainText
    default: nil
    }
  }
}
