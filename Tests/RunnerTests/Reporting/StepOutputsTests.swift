import Tasks
import Testing

@testable import Runner

@Suite(.engine) struct StepOutputsTests {
  @Engine private static func outputs(_ lines: [(host: String, step: Int, text: String)]) throws -> StepOutputs {
    let steps = try Fleet.plan {
      hosts("web1") {
        run("a"); run("b")
      }
    }.steps
    let outputs = StepOutputs(limit: StepOutput.Limit(lines: 2, bytes: 100))
    outputs.begin()
    for line in lines {
      let lines = line.text.split(separator: "\n").map { Array($0.utf8)[...] }
      outputs.add(OutputLines(host: line.host, step: steps[line.step - 1], stream: .output, lines: lines), title: "step \(line.step)")
    }
    return outputs
  }

  @Engine private static func text(_ outputs: StepOutputs) -> String {
    FoldedText.lines(of: outputs.folded, Palette(isOn: false)).joined(separator: "\n")
  }

  @Test @Engine func theSameOutputComesOnce() throws {
    let outputs = try Self.outputs([
      ("web1", 1, "one"), ("web2", 1, "one"), ("web3", 1, "one"), ("web2", 2, "x"), ("web1", 1, "two"), ("web2", 1, "two"),
    ])
    #expect(
      Self.text(outputs) == """

        [1] step 1
          web[1-2]:
            one
            two
          web3, unlike web[1-2]:
            one
          - two

        [2] step 2
          web2:
            x
        """)
  }

  @Test @Engine func longOutputIsCutInTheMiddle() throws {
    let outputs = try Self.outputs([("web1", 1, (1...9).map { "line \($0)" }.joined(separator: "\n"))])
    #expect(
      Self.text(outputs) == """

        [1] step 1
          web1:
            line 1
            line 2
            (5 lines left out)
            line 8
            line 9
        """)
  }

  @Test @Engine func nothingPrintedIsNothingShown() throws { #expect(Self.text(try Self.outputs([])) == "") }

  /// What comes after something was forgotten is an end, and no beginning.
  @Test func whatComesLater() {
    var output = StepOutput(limit: StepOutput.Limit(lines: 2, bytes: 100))
    for number in 1...3 { output.add(Array("line \(number)".utf8)[...], .output) }
    output.forget()
    for number in 4...5 { output.add(Array("line \(number)".utf8)[...], .output) }
    #expect(output.lines.map(\.text) == ["(3 lines left out)", "line 4", "line 5"])
  }
}
