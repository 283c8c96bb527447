import Tasks
import Testing

@testable import Runner

struct HTTPTests {
  @Test func curlConfig() {
    let request = HTTPRequest(
      "https://h/[a]{b}?\"c\\", headers: ["Authorization": "Bearer x\ty", "X-Empty": ""], body: ["text": "a \"b\"\n\\"])
    #expect(
      request.curlConfig(within: .seconds(9)) == #"""
        silent
        show-error
        globoff
        proto = "=http,https"
        max-time = 9
        max-filesize = 1000000
        url = "https://h/[a]{b}?\"c\\"
        user-agent = "pushbutton/0.1.0"
        header = "Content-Type: application/json"
        header = "Authorization: Bearer x\ty"
        header = "X-Empty;"
        data-raw = "{\"text\":\"a \\\"b\\\"\\n\\\\\"}"
        write-out = "%{http_code}"

        """#)
  }

  @Test func whatAnAnswerMustNotRepeat() {
    let request = HTTPRequest("https://hooks.example.com/services/T0/abcdefgh?key=ijklmnop&public=12345678", body: .null)
    #expect(
      request.confidential(among: ["https://hooks.example.com/services/T0/abcdefgh?key=ijklmnop"])
        == ["services", "abcdefgh", "ijklmnop"])
    #expect(request.confidential(among: ["other"]) == [])
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var exit = ChildExit.exited(0)
    var output = ""
    var errors = ""
    var words: String?
  }

  static let rows = [
    Row(testDescription: "200", output: "ok200"), Row(testDescription: "204 without a body", output: "204"),
    Row(testDescription: "202 with JSON", output: #"{"errors":[]}202"#),
    Row(
      testDescription: "GraphQL", output: #"{"errors":[{"message":"bad\nkey"}]}200"#,
      words: #"answered with errors: {"errors":[{"message":"bad\nkey"}]}"#),
    Row(testDescription: "redirect", output: "302", words: "answered 302, a redirect, which is not followed"),
    Row(testDescription: "404", output: "no_team\n  here\n404", words: "answered 404: no_team here"),
    Row(testDescription: "500 without a body", output: "500", words: "answered 500"),
    Row(
      testDescription: "a long answer", output: String(repeating: "x", count: 300) + "500",
      words: "answered 500: " + String(repeating: "x", count: 200) + "..."),
    Row(
      testDescription: "nobody there", exit: .exited(7), output: "000", errors: "curl: (7) Failed to connect\n",
      words: "no answer: curl: (7) Failed to connect"),
    Row(testDescription: "without words", exit: .exited(7), output: "000", words: "no answer: curl ended with status 7"),
    Row(testDescription: "too late", exit: .exited(28), output: "000", errors: "curl: (28) x", words: "no answer within 10 s"),
    Row(testDescription: "killed", exit: .signalled(9), words: "no answer: curl was ended"),
    Row(testDescription: "no status", output: "ok", words: "no answer: curl ended with status 0"),
  ]

  @Test(arguments: rows) func answer(row: Row) {
    let answer = HTTPAnswer(exit: row.exit, output: Array(row.output.utf8), errorOutput: Array(row.errors.utf8))
    #expect(answer.problem(limit: .seconds(10))?.words == row.words)
  }
}
