import Testing

@testable import Tasks

/// One way in which a value could be printed by accident.
struct PrintingRow: CustomTestStringConvertible, Sendable {
  let id: String
  let printed: @Sendable (Secret) -> String
  let text: String

  init(_ id: String, _ text: String, _ printed: @escaping @Sendable (Secret) -> String) {
    self.id = id
    self.text = text
    self.printed = printed
  }

  var testDescription: String { id }
}

@Suite struct SecretTests {
  private struct Holder { let secret: Secret }

  static let secrets: [Secret] = [.environment("s3cr3t"), .file("s3cr3t"), .command("printf s3cr3t"), .prompt("s3cr3t")]

  static let rows: [PrintingRow] = [
    PrintingRow("interpolation", "a [secret] b") { "a \($0) b" },
    PrintingRow("description", "[secret]") { $0.description },
    PrintingRow("debugDescription", "[secret]") { $0.debugDescription },
    PrintingRow("describing", "[secret]") { String(describing: $0) },
    PrintingRow("reflecting", "[secret]") { String(reflecting: $0) },
    PrintingRow("print", "[secret]\n") { secret in output { print(secret, to: &$0) } },
    PrintingRow("debugPrint", "[secret]\n") { secret in output { debugPrint(secret, to: &$0) } },
    PrintingRow("dump", "- [secret]\n") { secret in output { dump(secret, to: &$0) } },
    PrintingRow("reflection", "0 children") { "\(Mirror(reflecting: $0).children.count) children" },
    PrintingRow("array", "[[secret]]") { "\([$0])" },
    PrintingRow("dictionary", #"["token": [secret]]"#) { "\(["token": $0])" },
    PrintingRow("optional", "Optional([secret])") { String(describing: Optional($0)) },
    PrintingRow("structure", "Holder(secret: [secret])") { "\(Holder(secret: $0))" },
    PrintingRow("in a command", "false") { secret in
      "\(output { dump(run("curl \(secret)"), to: &$0) }.contains("s3cr3t"))"
    },
    PrintingRow("in a text", "false") { secret in "\(output { dump("a \(secret)" as Text, to: &$0) }.contains("s3cr3t"))" },
    PrintingRow("in a channel", "false") { secret in "\(output { dump(Channel.slack(secret), to: &$0) }.contains("s3cr3t"))" },
  ]

  @Test(arguments: rows, secrets.indices) func neverPrints(row: PrintingRow, secret: Int) {
    #expect(row.printed(Self.secrets[secret]) == row.text)
  }

  private static func output(_ print: (inout String) -> Void) -> String {
    var text = ""
    print(&text)
    return text
  }
}
