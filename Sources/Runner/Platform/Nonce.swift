/// Text that nobody can guess, for marks and names of temporary files.
package enum Nonce {
  /// Random bytes of the system's generator, as twice as many lowercase hexadecimal digits.
  package static func make(bytes count: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in
      let byte = UInt8.random(in: .min ... .max, using: &generator)
      return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }
}
