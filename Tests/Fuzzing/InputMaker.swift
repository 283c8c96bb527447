import TestSupport

/// Makes one input: tokens in a row, a sample with changes, or noise.
struct InputMaker {
  let fuzzed: Fuzzed
  var generator: SeededGenerator

  /// Input number `index` of a seed is always the same, whatever was made before.
  init(_ fuzzed: Fuzzed, seed: UInt64, index: Int) {
    self.fuzzed = fuzzed
    var mixer = SeededGenerator(seed: seed)
    generator = SeededGenerator(seed: mixer.next() ^ (UInt64(index) &* 0xD134_2543_DE82_EF95))
  }

  mutating func input() -> [UInt8] {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<5: return row()
    case 5..<9: return changed(sample())
    default: return (0..<Int.random(in: 0..<40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
  }

  private mutating func row() -> [UInt8] {
    (0..<Int.random(in: 0...16, using: &generator)).flatMap { _ in token() }
  }

  private mutating func token() -> [UInt8] { fuzzed.tokens.randomElement(using: &generator) ?? [] }
  private mutating func sample() -> [UInt8] { fuzzed.samples.randomElement(using: &generator) ?? [] }

  private mutating func changed(_ sample: [UInt8]) -> [UInt8] {
    var bytes = sample
    for _ in 0..<Int.random(in: 1...5, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &generator))
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator) }
      case 1: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
      case 2: bytes.insert(contentsOf: token(), at: place)
      case 3: bytes.removeSubrange(place..<end)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 5: bytes.replaceSubrange(place..<end, with: token())
      case 6: bytes.removeSubrange(place...)
      default:
        let other = self.sample()
        bytes.replaceSubrange(place..., with: other.suffix(Int.random(in: 0...other.count, using: &generator)))
      }
    }
    return bytes
  }
}
