/// The words after `run`, as far as the launcher reads them: the rest belongs to the compiled program.
struct Words {
  /// All of them, as typed.
  let all: [String]
  /// What `-f`, `--file` or `--file=` names, empty when the path was left out.
  let file: String?
  /// Whether files that others could have written are used all the same.
  let trustsFiles: Bool
  /// Whether a Deployfile is to be made.
  let begins: Bool
  /// Whether it is to be told what is wrong.
  let asksDoctor: Bool

  init(_ words: some Sequence<String>) {
    all = Array(words)
    // The last one counts, so that an alias can be overruled.
    var file: String?
    var trustsFiles = false
    // After `--` stands a command for the hosts, whose words are not ours.
    let options = all.prefix { $0 != "--" }
    var ours = options
    while let word = ours.popFirst() {
      if word == "-f" || word == "--file" {
        file = ours.popFirst() ?? ""
      } else if word.hasPrefix("--file=") {
        file = String(word.dropFirst("--file=".count))
      } else if word == "--trust-files" {
        trustsFiles = true
      }
    }
    begins = options.contains("--init")
    asksDoctor = options.contains { $0 == "--doctor" || $0.hasPrefix("--doctor=") }
    self.file = file
    self.trustsFiles = trustsFiles
  }
}
