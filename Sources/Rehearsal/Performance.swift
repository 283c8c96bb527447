import Runner
import Tasks

/// What a step does on one host of a rehearsal: shell text that prints and ends, and nothing else.
struct Performance: Sendable, Equatable {
  struct Fault: Sendable, Equatable {
    var status: Int
    /// In how many attempts; in all of them without a number.
    var times: Int?
    var lines: String
  }

  var lines = ""
  var fault: Fault?
  var duration = Duration.zero
  var losesConnection = false

  mutating func add(_ event: Cue.Event) {
    switch event {
    case .prints(let lines): self.lines = lines
    case .fails(let status, let times, let lines): fault = Fault(status: status, times: times, lines: lines)
    case .isFalse: fault = Fault(status: 1, times: nil, lines: "")
    case .takes(let duration): self.duration = duration
    case .losesConnection: losesConnection = true
    case .isUnreachable, .isHeld, .isDeclined: break
    }
  }

  /// How long nobody would wait: until the step's timeout ends it.
  static let forever = Duration.seconds(3600)

  /// The shell text of one attempt.
  func script(step: Int, waiting: Duration) -> Command {
    var text: [String] = []
    if waiting > .zero { text.append("sleep \(Self.seconds(waiting))") }
    if !lines.isEmpty { text.append(Self.printing(lines)) }
    if losesConnection { text.append("kill -s KILL \"$\(PlayedHosts.shellVariable)\"; exit 1") }
    if let fault {
      let complaint = fault.lines.isEmpty ? "" : Self.printing(fault.lines) + " >&2; "
      let failing = complaint + "exit \(fault.status)"
      text.append(fault.times.map { Self.counting(step, upTo: $0, failing) } ?? failing)
    }
    return Command(fragments: [.text(text.isEmpty ? ":" : text.joined(separator: "\n"))])
  }

  /// Attempts are counted in the home that the host has in the rehearsal.
  private static func counting(_ step: Int, upTo times: Int, _ failing: String) -> String {
    """
    n=0
    if [ -f "$HOME/attempts.\(step)" ]; then read -r n <"$HOME/attempts.\(step)"; fi
    n=$((n + 1))
    echo $n >"$HOME/attempts.\(step)"
    if [ $n -le \(times) ]; then \(failing); fi
    """
  }

  /// As `sleep` takes them, in thousandths.
  private static func seconds(_ duration: Duration) -> String {
    let thousandths = max(1, Int(duration.seconds * 1000))
    return "\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst())"
  }

  private static func printing(_ lines: String) -> String {
    "printf '%s\\n' \(shellQuoted(lines.hasSuffix("\n") ? String(lines.dropLast()) : lines))"
  }
}
