import Tasks

/// `rsync` through a `sudo` that may ask nothing, and that tells whether it was begun: rsync itself cannot tell it from any other end.
struct SudoRsync {
  let user: String
  private let nonce = Nonce.make(bytes: 16)

  init(user: String) { self.user = user }

  /// The word of `--rsync-path`: the login shell sees nothing that bash, fish and tcsh read differently.
  var remote: String {
    let sudo = #"\#(say("d")); s=$1; shift; exec sudo -n -u \#(shellQuoted(user)) -- sh -c "$s" rsync "$@""#
    return "sh -c \(shellQuoted(sudo)) sudo \(shellQuoted(rsync))"
  }

  /// On this machine rsync has no other side.
  var local: [String] { ["sh", "-c", "\(say("d")); exec \"$@\"", "sudo", "sudo", "-n", "-u", user, "--", "sh", "-c", rsync, "rsync"] }

  private var rsync: String { #"\#(say("u")); exec rsync "$@""# }

  private func say(_ mark: String) -> String { "echo \"\u{1E}\(nonce) \(mark)\" >&2" }

  /// Hears the marks among what rsync and sudo say.
  @Engine final class Listener {
    private var scanner: MarkScanner?
    private let report: StepReport
    /// Whether sudo was asked and did not begin rsync.
    private(set) var isRefused = false
    private var words: [UInt8] = []

    init(_ sudo: SudoRsync?, _ report: StepReport) {
      scanner = sudo.map { MarkScanner(nonce: $0.nonce, prompt: $0.nonce) }
      self.report = report
    }

    /// What sudo said first, before rsync complained, too.
    var said: String? { String(decoding: words, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init) }

    func receive(_ stream: OutputStream, _ bytes: ArraySlice<UInt8>) {
      guard stream == .error, let pieces = scanner?.feed(bytes) else { return report.output(stream, bytes) }
      for piece in pieces {
        switch piece {
        case .bytes(let bytes):
          if isRefused, words.count < 1000 { words += bytes }
          report.output(stream, bytes)
        case .mark(let mark): isRefused = mark == .sudo
        }
      }
    }
  }
}
