/// Finds the anchors and meta elements of a page, however the rest of it looks.
struct HTMLReader {
  enum Element: Equatable {
    case anchor([String: String], text: String)
    case meta([String: String])
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next one, or nothing at the end of the page.
  mutating func next() -> Element? {
    while let start = find("<", from: position) {
      position = start + 1
      if matches("!--") {
        position = find("-->", from: position + 3).map { $0 + 3 } ?? bytes.count
        continue
      }
      switch tagName() {
      case "a": return .anchor(attributes(), text: text())
      case "meta": return .meta(attributes())
      case "script": skipElement("</script")
      case "style": skipElement("</style")
      default: continue
      }
    }
    return nil
  }

  /// What stands in such an element is no markup.
  private mutating func skipElement(_ end: String) { position = find(end, from: position) ?? bytes.count }

  private mutating func tagName() -> String {
    let start = position
    while position < bytes.count, isLetter(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  /// Names in lower case, with values decoded, up to the `>`; an attribute without a value has an empty one.
  private mutating func attributes() -> [String: String] {
    var attributes: [String: String] = [:]
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        break
      }
      if isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=") {
        position += 1
        continue
      }
      let start = position
      while position < bytes.count, !isSpace(bytes[position]), !Self.nameEnds.contains(bytes[position]) { position += 1 }
      let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
      // The first of a name counts, as in browsers.
      let value = self.value()
      if attributes[name] == nil { attributes[name] = value }
    }
    return attributes
  }

  private static let nameEnds: [UInt8] = [0x3d, 0x3e, 0x2f]

  private mutating func value() -> String {
    let before = position
    skipSpaces()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
      position = before
      return ""
    }
    position += 1
    skipSpaces()
    guard position < bytes.count else { return "" }
    let quote = bytes[position]
    let start: Int
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      start = position + 1
      let end = bytes[start...].firstIndex(of: quote) ?? bytes.count
      position = min(end + 1, bytes.count)
      return HTMLEntities.decoded(String(decoding: bytes[start..<end], as: UTF8.self))
    }
    start = position
    while position < bytes.count, !isSpace(bytes[position]), bytes[position] != UInt8(ascii: ">") { position += 1 }
    return HTMLEntities.decoded(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  /// The text up to the next tag.
  private mutating func text() -> String {
    let end = find("<", from: position) ?? bytes.count
    defer { position = end }
    let text = String(decoding: bytes[position..<end], as: UTF8.self).drop(while: \.isWhitespace)
    return HTMLEntities.decoded(String(text.trimmingSuffix(while: \.isWhitespace)))
  }

  private mutating func skipSpaces() { while position < bytes.count, isSpace(bytes[position]) { position += 1 } }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

  private func matches(_ text: String, at place: Int? = nil) -> Bool {
    let place = place ?? position
    guard bytes.count - place >= text.utf8.count else { return false }
    // Letters of either case; other characters here differ in more than the one bit.
    return zip(bytes[place...], text.utf8).allSatisfy { $0 == $1 || (isLetter($1) && $0 | 0x20 == $1) }
  }

  private func find(_ text: String, from start: Int) -> Int? {
    guard start < bytes.count, let first = text.utf8.first else { return nil }
    return bytes[start...].indices.first { bytes[$0] == first && matches(text, at: $0) }
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return rest
  }
}

/// `&amp;` and its like.
enum HTMLEntities {
  /// The text with numbers and the few names that pages of files have decoded; what is no entity stays as it is.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var decoded = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "&", let end = rest.prefix(12).firstIndex(of: ";"), let meaning = meaning(String(rest[..<end])) else {
        decoded.append(scalar)
        continue
      }
      decoded.append(meaning)
      rest = rest[rest.index(after: end)...]
    }
    return String(decoded)
  }

  private static func meaning(_ name: String) -> Unicode.Scalar? {
    if name.hasPrefix("#x") || name.hasPrefix("#X") { return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init) }
    if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
    return names[name]
  }

  private static let names: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{a0}"]
}
