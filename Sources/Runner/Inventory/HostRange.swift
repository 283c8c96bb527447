/// Ranges in host names: `web[01:10:2].example.com`, `db-[a:f]`, several in one name.
enum HostRange {
  /// More hosts than this in one inventory are taken for a slip of the keyboard.
  static let limit = 1_000_000

  /// A name of 255 bytes, and room for its ranges.
  static let patternLimit = 1000

  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)

  /// The names that a pattern stands for, the first range varying slowest.
  static func expand(_ pattern: String, at place: Place) throws(InventoryError) -> [String] {
    guard pattern.utf8.contains(UInt8(ascii: "[")) else { return [pattern] }
    guard pattern.utf8.count <= patternLimit else { throw .text(place, .range(pattern, .inLongName(limit: patternLimit))) }
    guard !pattern.utf8.contains(UInt8(ascii: "|")) else { throw .text(place, .range(pattern, .unbalanced)) }
    var names = [""]
    var rest = pattern[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "[")) {
      let head = rest[..<open]
      guard let close = rest.utf8.firstIndex(of: UInt8(ascii: "]")), open < close else {
        throw .text(place, .range(pattern, .unbalanced))
      }
      let values: [String]
      do { values = try self.values(rest[rest.utf8.index(after: open)..<close]) } catch { throw .text(place, .range(pattern, error)) }
      guard names.count * values.count <= limit else { throw .text(place, .range(pattern, .tooLong(limit: limit))) }
      names = names.flatMap { name in values.map { name + head + $0 } }
      rest = rest[rest.utf8.index(after: close)...]
    }
    return names.map { $0 + rest }
  }

  private static func values(_ range: Substring) throws(InventoryError.RangeProblem) -> [String] {
    let bounds = range.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard bounds.count == 2 || bounds.count == 3 else { throw .parts }
    let begin = bounds[0].isEmpty ? "0" : bounds[0], end = bounds[1]
    guard !end.isEmpty else { throw .noEnd }
    let isPadded = begin.hasPrefix("0") && begin.utf8.count > 1
    if isPadded && begin.utf8.count != end.utf8.count { throw .unequalPadding }
    guard let step = bounds.count == 3 ? Int(bounds[2]) : 1, step > 0 else { throw .step }

    if let first = letter(begin), let last = letter(end) {
      guard first <= last else { throw .empty }
      return stride(from: first, through: last, by: step).map { String(letters[$0]) }
    }
    guard let first = Int(begin), let last = Int(end) else { throw .bounds }
    guard first <= last else { throw .empty }
    let (span, isHuge) = last.subtractingReportingOverflow(first)
    guard !isHuge, span / step < limit else { throw .tooLong(limit: limit) }
    return stride(from: first, through: last, by: step).map { isPadded ? padded($0, to: begin.utf8.count) : String($0) }
  }

  private static func letter(_ text: String) -> Int? {
    guard let letter = text.unicodeScalars.first, text.unicodeScalars.count == 1 else { return nil }
    return letters.firstIndex(of: letter)
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
