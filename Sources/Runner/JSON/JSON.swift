import Tasks

/// JSON text (RFC 8259) to and from values.
package enum JSON {
  /// The value of a JSON text, members in written order; whole numbers beyond `Int` become doubles.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> Value {
    // Through a Result because the closure of withUnsafeBufferPointer would lose the type of the error.
    let result: Result<Value, JSONError> = bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(buffer)
      do throws(JSONError) { return .success(try parser.document()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// The JSON text of a value, on one line or indented by two spaces.
  package static func text(_ value: Value, pretty: Bool = false) -> String {
    String(decoding: bytes(value, pretty: pretty), as: UTF8.self)
  }

  /// The JSON text of a value as UTF-8.
  package static func bytes(_ value: Value, pretty: Bool = false) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    writer.write(value)
    return writer.bytes
  }
}

/// Where a text stops being JSON, and why.
package struct JSONError: Error, Equatable {
  package enum Problem: Sendable, Equatable {
    case expected(Expectation)
    /// A number, string or word that begins like one but is not.
    case malformedNumber
    case malformedEscape
    /// Half of a surrogate pair: no character.
    case unpairedSurrogate
    case controlCharacter(UInt8)
    case invalidUTF8
    case tooDeep(limit: Int)
  }

  package enum Expectation: Sendable, Equatable {
    case value
    case memberName
    case memberNameOrEnd
    case colon
    case commaOrEnd(of: Container)
    case endOfString
    case endOfText
  }

  package enum Container: Sendable, Equatable {
    case object
    case array
  }

  /// Counted from 1.
  package var line: Int
  /// In bytes, counted from 1.
  package var column: Int
  package var problem: Problem
}
