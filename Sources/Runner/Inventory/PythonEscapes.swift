/// Escapes in Python strings.
///
/// Unknown ones stay as they are.
enum PythonEscapes {
  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "'"): 0x27, UInt8(ascii: "\""): 0x22, UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B,
  ]

  /// Nothing when an escape is malformed or stands for no character.
  static func unescaped(_ raw: [UInt8], isBytes: Bool) -> String? {
    var text: [UInt8] = []
    var rest = raw[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
        text.append(byte)
        continue
      }
      if let plain = simple[letter] {
        text.append(plain)
      } else if (0x30...0x37).contains(letter) {
        rest = raw[(rest.startIndex - 1)...]
        guard let value = number(&rest, digits: 1...3, radix: 8), append(value, to: &text, isBytes: isBytes) else { return nil }
      } else if let width = width(of: letter, isBytes: isBytes) {
        guard let value = number(&rest, digits: width...width, radix: 16), append(value, to: &text, isBytes: isBytes) else { return nil }
      } else if letter == UInt8(ascii: "N"), !isBytes {
        return nil
      } else {
        text.append(contentsOf: [byte, letter])
      }
    }
    return String(validating: text, as: UTF8.self)
  }

  private static func width(of letter: UInt8, isBytes: Bool) -> Int? {
    switch letter {
    case UInt8(ascii: "x"): 2
    case UInt8(ascii: "u") where !isBytes: 4
    case UInt8(ascii: "U") where !isBytes: 8
    default: nil
    }
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, digits: ClosedRange<Int>, radix: Int) -> UInt32? {
    var value: UInt32 = 0, count = 0
    while count < digits.upperBound, let byte = rest.first {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix else { break }
      value = value << (radix == 8 ? 3 : 4) | UInt32(digit)
      rest.removeFirst()
      count += 1
    }
    return count >= digits.lowerBound ? value : nil
  }

  private static func append(_ value: UInt32, to text: inout [UInt8], isBytes: Bool) -> Bool {
    if isBytes {
      text.append(UInt8(truncatingIfNeeded: value))
      return true
    }
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else { return false }
    text.append(contentsOf: encoded)
    return true
  }
}
