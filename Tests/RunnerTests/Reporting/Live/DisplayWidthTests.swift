import Testing

@testable import Runner

@Suite struct DisplayWidthTests {
  static let rows: [(text: String, columns: Int)] = [
    ("", 0), ("plain", 5), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｆ", 2), ("🚀", 2), ("👩\u{200D}🚀", 4), ("✓", 1), ("━", 1), ("한글", 4),
  ]

  @Test(arguments: rows) func columns(text: String, columns: Int) { #expect(text.columns == columns) }

  static let fits: [(text: String, width: Int, fitted: String)] = [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("abc", 1, ""), ("", 0, ""),
    ("éééé", 4, "éééé"), ("e\u{301}xyz", 3, "e\u{301}x…"),
  ]

  @Test(arguments: fits) func fitted(text: String, width: Int, fitted: String) {
    #expect(text.fitted(to: width) == fitted)
    #expect(text.fitted(to: width).columns <= width)
  }

  static let times: [(seconds: Int, text: String)] = [(0, "0 s"), (59, "59 s"), (60, "1:00"), (187, "3:07"), (3_600, "60:00")]

  @Test(arguments: times) func shortTime(seconds: Int, text: String) { #expect(Duration.seconds(seconds).short == text) }
}
