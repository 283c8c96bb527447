/// A moment of the calendar, for journals and reports.
package struct Timestamp: Sendable, Equatable, Comparable {
  /// Milliseconds since 1970-01-01 in UTC.
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// This moment.
  package static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// ISO 8601 in UTC, for example `2026-03-01T09:30:00.250Z`.
  package var text: String {
    // Rounded down, so that moments before 1970 keep milliseconds between 0 and 999.
    let rest = (milliseconds % 1000 + 1000) % 1000
    var seconds = time_t((milliseconds - rest) / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let date = [padded(parts.tm_year + 1900, 4), padded(parts.tm_mon + 1, 2), padded(parts.tm_mday, 2)]
    let time = [padded(parts.tm_hour, 2), padded(parts.tm_min, 2), padded(parts.tm_sec, 2)]
    return "\(date.joined(separator: "-"))T\(time.joined(separator: ":")).\(padded(Int32(rest), 3))Z"
  }

  /// The moment of such a text; nothing for any other.
  package init?(text: String) {
    let digits = text.utf8.map { Int64($0) - 48 }
    guard digits.count == 24 else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      digits[range].reduce(Int64?(0)) { sum, digit in (0...9).contains(digit) ? sum.map { $0 * 10 + digit } : nil }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), let thousandth = number(20..<23)
    else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (Int32(hour), Int32(minute), Int32(second))
    milliseconds = Int64(timegm(&parts)) * 1000 + thousandth
    // No thirteenth month, and nothing else between the numbers.
    if self.text != text { return nil }
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

  private func padded(_ number: Int32, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
