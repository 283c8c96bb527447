import Tasks
import Testing

@testable import Runner

/// Steps, and the script that they become on the host `web1`.
struct ScriptRow: CustomTestStringConvertible, Sendable {
  let id: String
  let script: String
  let steps: @Sendable () -> [Step]

  init(_ id: String, _ script: String, @Steps _ steps: @escaping @Sendable () -> [Step]) {
    self.id = id
    self.script = script
    self.steps = steps
  }

  var testDescription: String { id }
}

@Suite struct ScriptWriterTests {
  private static let token = Secret.environment("TOKEN")
  private static let x = Captured("x")

  static let rows = [
    ScriptRow("one", "pb_hold; pb_step 1 1 0 0 '' '' '' 'uptime' 1; pb_free; pb_done") { run("uptime") },
    ScriptRow("two", "pb_hold; pb_step 1 1 0 0 '' '' '' 'a' 1 && pb_step 2 1 0 0 '' '' '' 'b' 1; pb_free; pb_done") {
      run("a")
      run("b")
    },
    ScriptRow("quotes", "pb_hold; pb_step 1 1 0 0 '' '' '' 'echo '\\''it'\\''\\'\\'''\\''s'\\''' 1; pb_free; pb_done") {
      run("echo \("it's")")
    },
    ScriptRow("lines", "pb_hold; pb_step 1 1 0 0 '' '' '' 'a'\"$pb_n\"'b' 1; pb_free; pb_done") { run("a\nb") },
    ScriptRow("retry and timeout", "pb_hold; pb_step 1 3 1 20 '' '' '' 'a' 1; pb_free; pb_done") {
      run("a").retry(3, every: .milliseconds(500)).timeout(.seconds(20))
    },
    ScriptRow("user", "pb_hold; pb_step 1 1 0 0 shop '' '' 'a'; pb_free; pb_done") { sudo(as: "shop") { run("a") } },
    ScriptRow("folder", "pb_hold; pb_step 1 1 0 0 '' '' '' 'cd -- /srv || exit'\"$pb_n\"'a' 1; pb_free; pb_done") {
      within("/srv") { run("a") }
    },
    ScriptRow("home", "pb_hold; pb_step 1 1 0 0 '' '' '' 'cd -- \"$HOME\"/x || exit'\"$pb_n\"'a' 1; pb_free; pb_done") {
      within("~/x") { run("a") }
    },
    ScriptRow(
      "variables", "pb_hold; pb_step 1 1 0 0 '' '' '' 'export A=1'\"$pb_n\"'export B='\\''x y'\\'''\"$pb_n\"'a' 1; pb_free; pb_done"
    ) {
      with(["B": "x y", "A": "1"]) { run("a") }
    },
    ScriptRow("host", "pb_hold; pb_step 1 1 0 0 '' '' '' 'echo web1 8001' 1; pb_free; pb_done") {
      run("echo \(host: .name) \(host: .variable("port"))")
    },
    ScriptRow("secret", "pb_hold; pb_step 1 1 0 0 '' '1' '' 'curl '''\\''s3'\\''\\'\\'''\\''cr3t'\\''' 1; pb_free; pb_done") {
      run("curl \(token)")
    },
    ScriptRow("capture", "pb_hold; pb_step 1 1 0 0 '' '' 'x' 'date' && pb_step 2 1 0 0 '' '1' '' 'echo '\"$(pb_v x)\"; pb_free; pb_done") {
      capture("date", as: x)
      run("echo \(x)")
    },
    ScriptRow(
      "ignoringFailure",
      "pb_hold; { pb_step 1 1 0 0 '' '' '' 'a' || [ -z \"$pb_q\" ]; } && pb_step 2 1 0 0 '' '' '' 'b' 1; pb_free; pb_done"
    ) {
      run("a").ignoringFailure()
      run("b")
    },
    ScriptRow(
      "when",
      "pb_hold; if pb_step 1 1 0 0 '' '' '' 't'; then pb_step 2 1 0 0 '' '' '' 'a'; elif [ $pb_r -lt 126 ] && [ -z \"$pb_q\" ]; then pb_step 3 1 0 0 '' '' '' 'b'; else false; fi; pb_free; pb_done"
    ) {
      when("t") {
        run("a")
      } else: {
        run("b")
      }
    },
    ScriptRow(
      "when without else",
      "pb_hold; if pb_step 1 1 0 0 '' '' '' 't'; then pb_step 2 1 0 0 '' '' '' 'a'; elif [ $pb_r -lt 126 ] && [ -z \"$pb_q\" ]; then :; else false; fi; pb_free; pb_done"
    ) {
      when("t") { run("a") }
    },
  ]

  @Test(arguments: rows) func writes(row: ScriptRow) throws {
    let line = try Self.script(row.steps())
    #expect(String(decoding: line.bytes, as: UTF8.self) == row.script)
    #expect(!line.bytes.contains(UInt8(ascii: "\n")))
  }

  @Test func capturesOfEarlierSessions() throws {
    let steps = try Fleet.plan { hosts("web1") { run("a") } }.steps
    let line = try ScriptWriter(host: Fleet.hosts[0], secrets: [:]).script(steps, captures: ["y": [0x27, 0x0A, 0xFF], "x": []])
    let expected =
      Array("pb_c_x=''; pb_c_y=''\\'''\"$pb_n\"'".utf8) + [0xFF]
      + Array("'; pb_hold; pb_step 1 1 0 0 '' '' '' 'a' 1; pb_free; pb_done".utf8)
    #expect(line.bytes == expected)
  }

  /// The host itself sees what is too long for an argument, because it alone knows how long captured values are.
  @Test func longCommandsLookLikeOthers() throws {
    let text = String(repeating: "x", count: 100_001)
    let line = try Self.script([run("\(raw: text)")])
    #expect(String(decoding: line.bytes, as: UTF8.self) == "pb_hold; pb_step 1 1 0 0 '' '' '' '\(text)' 1; pb_free; pb_done")
  }

  /// A copy needs none of the variables of its scopes; what it runs comes before the data, so that it is no argument.
  @Test func transfersCarryNoVariables() throws {
    let steps = try Fleet.plan { hosts("web1") { within("/srv") { with(["TOKEN": "\(Self.token)"]) { run("a") } } } }.steps
    let writer = ScriptWriter(host: Fleet.hosts[0], secrets: [Self.token: Array("s3cr3t".utf8)])
    let (script, payload) = try writer.transfer(steps[0], "cat", captures: [:])
    #expect(
      String(decoding: script.bytes, as: UTF8.self)
        == "pb_m 'b 1 1'; pb_send '' ''; pb_r=$?; pb_m \"e 1 $pb_r\"; pb_m z; [ $pb_r = 0 ] || exit 1")
    #expect(String(decoding: payload.bytes, as: UTF8.self) == "'cd -- /srv || exit'\"$pb_n\"'cat'")
  }

  @Test func transfersKnowWhatWasCaptured() throws {
    let steps = try Fleet.plan { hosts("web1") { sudo(as: "shop") { run("a") } } }.steps
    let writer = ScriptWriter(host: Fleet.hosts[0], secrets: [:])
    let (script, payload) = try writer.transfer(steps[0], "cat >\(Self.x)", captures: ["x": Array("it's".utf8)])
    #expect(String(decoding: script.bytes, as: UTF8.self).hasPrefix("pb_m 'b 1 1'; pb_send shop ''; "))
    #expect(String(decoding: payload.bytes, as: UTF8.self) == #"'cat >'''\''it'\''\'\'''\''s'\'''"#)
    let (_, unknown) = try writer.transfer(steps[0], "cat >\(Self.x)", captures: [:])
    #expect(String(decoding: unknown.bytes, as: UTF8.self) == #"'cat >''"${pb_c_x?nothing was captured on this host as x}"'"#)
  }

  static let answering: [ScriptRow] = [
    ScriptRow("nobody else", "pb_hold; pb_step 1 1 0 0 '' '' '' 'a' 1; pb_free; pb_done") { run("a") },
    ScriptRow(
      "somebody else",
      "{ { pb_pid; pb_read; } | { trap : TERM; IFS= read -r pb_w; ( pb_enter; pb_step 1 1 0 0 '' '' '' 'a' && pb_step 2 1 0 0 root '' '' 'b'; exit 0 ) 2>&8 8>&-; pb_leave $?; }; } 8>&2 2>/dev/null || exit 1; pb_done"
    ) {
      run("a")
      sudo { run("b") }
    },
    ScriptRow(
      "in a branch",
      "{ { pb_pid; pb_read; } | { trap : TERM; IFS= read -r pb_w; ( pb_enter; if pb_step 1 1 0 0 '' '' '' 't'; then pb_step 2 1 0 0 shop '' '' 'a'; elif [ $pb_r -lt 126 ] && [ -z \"$pb_q\" ]; then :; else false; fi; exit 0 ) 2>&8 8>&-; pb_leave $?; }; } 8>&2 2>/dev/null || exit 1; pb_done"
    ) {
      when("t") { sudo(as: "shop") { run("a") } }
    },
  ]

  /// With a password for sudo, steps run beside the process that hands it on.
  @Test(arguments: answering) func writesForAPassword(row: ScriptRow) throws {
    #expect(String(decoding: try Self.script(row.steps(), answersSudo: true).bytes, as: UTF8.self) == row.script)
  }

  @Test func transfersForAPassword() throws {
    let steps = try Fleet.plan { hosts("web1") { sudo(as: "shop") { run("a") } } }.steps
    let (script, _) = try ScriptWriter(host: Fleet.hosts[0], secrets: [:], answersSudo: true).transfer(steps[0], "cat", captures: [:])
    #expect(
      String(decoding: script.bytes, as: UTF8.self)
        == "pb_m 'b 1 1'; pb_send shop '1'; pb_r=$?; pb_m \"e 1 $pb_r\"; pb_m z; [ $pb_r = 0 ] || exit 1")
  }

  static func script(_ steps: [Step], answersSudo: Bool = false) throws -> ScriptLine {
    let planned = try Fleet.plan { hosts("web1") { steps } }
    let phase = try #require(PlannedStage.phases(of: planned.stages).first)
    return try ScriptWriter(host: Fleet.hosts[0], secrets: [token: Array("s3'cr3t".utf8)], answersSudo: answersSudo)
      .script(phase.steps, captures: [:])
  }

  static let lines: [(text: String, word: String)] = [
    ("", "''"), ("a b", "'a b'"), ("'", "''\\'''"), ("a\n", "'a'\"$pb_n\"''"), ("\n\n", "''\"$pb_n\"''\"$pb_n\"''"),
    ("$x `y` \\", "'$x `y` \\'"),
  ]

  @Test(arguments: lines) func quotesOnOneLine(text: String, word: String) {
    var line = ScriptLine()
    line.quote(text)
    #expect(String(decoding: line.bytes, as: UTF8.self) == word)
  }
}

/// Scopes in every order, through a real shell.
@Suite(.engine) struct ScopeCompositionTests {
  private enum Wrap: CaseIterable { case folder, inner, variable, variables }

  private static func nested(_ wraps: [Wrap], _ folder: String) -> [Step] {
    guard let first = wraps.first else { return [run("printf '%s|%s|%s' \"$PWD\" \"$A\" \"$B\"")] }
    let rest = Array(wraps.dropFirst())
    return switch first {
    case .folder: within("\(folder)") { nested(rest, folder) }
    case .inner: within("sub dir") { nested(rest, folder) }
    case .variable: with(["A": "it's"]) { nested(rest, folder) }
    case .variables: with(["A": "other", "B": "$HOME"]) { nested(rest, folder) }
    }
  }

  private static func orders(_ wraps: [Wrap]) -> [[Wrap]] {
    guard !wraps.isEmpty else { return [[]] }
    return wraps.indices.flatMap { index in
      var rest = wraps
      let first = rest.remove(at: index)
      return orders(rest).map { [first] + $0 }
    }
  }

  @Test func everyOrder() async throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "sub dir/x")
    let path = folder.path
    for order in Self.orders(Wrap.allCases) {
      // A folder that is given whole counts from wherever it stands.
      let isInside = (order.firstIndex(of: .folder) ?? 0) < (order.firstIndex(of: .inner) ?? 0)
      guard isInside else { continue }
      let isLast = (order.firstIndex(of: .variable) ?? 0) > (order.firstIndex(of: .variables) ?? 0)
      let step = try #require(try Fleet.plan { hosts("web1") { Self.nested(order, path) } }.steps.first)
      guard case .command(let command, _, _) = step.action else { continue }
      let script = try step.attributes.around(command).rendered(for: Fleet.hosts[0]).shown
      #expect(try await printed(script) == "\(path)/sub dir|\(isLast ? "it's" : "other")|$HOME", "\(order)")
    }
  }

  @Test func theInnermostUserWins() throws {
    let steps = try Fleet.plan {
      hosts("web1") {
        sudo { sudo(as: "shop") { within("/a") { run("x") } } }
        within("/a") { sudo(as: "shop") { sudo { run("y") } } }
        sudo(as: "a") {
          when("t") {
            sudo(as: "b") { run("z") }
          } else: {
            run("w")
          }
        }
      }
    }.steps
    #expect(steps.map(\.attributes.user) == ["shop", "root", "a", "b", "a"])
  }
}
