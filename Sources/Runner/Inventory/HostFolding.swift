/// Host names in short form: `web[1-2,4].example.com, db1`.
///
/// Zeros in front of numbers are kept.
///
/// Names that differ in one number are put together, at the place of the first of them; of several numbers in a name, the one
/// that most other names share counts.
package func folded(_ names: [String]) -> String {
  var sizes: [FoldedName.Key: Int] = [:]
  var seen: Set<String> = []
  let parsed = names.filter { seen.insert($0).inserted }.map(FoldedName.init)
  for name in parsed { for place in name.places { sizes[place.key, default: 0] += 1 } }

  var order: [FoldedName.Key] = []
  var numbers: [FoldedName.Key: [FoldedName.Number]] = [:]
  for name in parsed {
    // Where several places are shared equally, the last one is what people count: db1-web[1-9], 10.0.0.[1-9].
    let place = name.places.reversed().max { (sizes[$0.key] ?? 0) < (sizes[$1.key] ?? 0) }
    let key = place?.key ?? FoldedName.Key(before: name.text, after: "")
    if numbers[key] == nil { order.append(key) }
    numbers[key, default: []] += place.map { [$0.number] } ?? []
  }
  return order.map { key in key.before + FoldedName.text(numbers[key] ?? []) + key.after }.joined(separator: ", ")
}

/// A host name and the numbers in it.
private struct FoldedName {
  /// The name around one of its numbers.
  struct Key: Hashable {
    var before: String
    var after: String
  }

  struct Number {
    var digits: String
    var value: Int

    var isPadded: Bool { digits.utf8.count > 1 && digits.utf8.first == UInt8(ascii: "0") }
  }

  let text: String
  private(set) var places: [(key: Key, number: Number)] = []

  init(_ text: String) {
    self.text = text
    let utf8 = text.utf8
    var index = utf8.startIndex
    while let start = utf8[index...].firstIndex(where: Self.isDigit) {
      let end = utf8[start...].firstIndex { !Self.isDigit($0) } ?? utf8.endIndex
      // Digits too many for a number are part of the text.
      if let value = Int(text[start..<end]) {
        let key = Key(before: String(text[..<start]), after: String(text[end...]))
        places.append((key, Number(digits: String(text[start..<end]), value: value)))
      }
      index = end
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// `4`, or `[1-2,4]`.
  static func text(_ numbers: [Number]) -> String {
    guard numbers.count > 1 else { return numbers.first?.digits ?? "" }
    var ranges: [(first: Number, last: Number)] = []
    for number in numbers.sorted(by: { ($0.digits.utf8.count, $0.value) < ($1.digits.utf8.count, $1.value) }) {
      if let range = ranges.last, continues(range.first, range.last, number) {
        ranges[ranges.count - 1].last = number
      } else {
        ranges.append((number, number))
      }
    }
    let texts = ranges.map { $0.first.digits == $0.last.digits ? $0.first.digits : "\($0.first.digits)-\($0.last.digits)" }
    return "[\(texts.joined(separator: ","))]"
  }

  /// A range keeps the padding of its first number: 08, 09, 10 go together, and so do 9, 10, but not 09, 010.
  private static func continues(_ first: Number, _ last: Number, _ next: Number) -> Bool {
    guard next.value == last.value + 1 else { return false }
    return first.digits.utf8.count == next.digits.utf8.count || !first.isPadded && !next.isPadded
  }
}
