import Tasks

/// The shell text that looks at a host, and what it says.
enum HostExam {
  /// Tools that steps use if they are there.
  static let tools = ["setsid", "tar", "rsync", "sha256sum", "shasum", "openssl", "sha256", "python3"]

  /// Changes nothing: `df` and `command -v` look, and sudo is asked to do nothing, without a password, as each of these users.
  static func text(sudo users: [String]) -> String {
    """
    ( exec </dev/null
    LC_ALL=C; export LC_ALL
    printf 'time %s\\n' "$(date +%s)"
    printf 'user %s\\n' "$(id -un)"
    printf 'uid %s\\n' "$(id -u)"
    printf 'home %s\\n' "$HOME"
    for p in home tmp; do
      if [ "$p" = home ]; then f=$HOME; else f=/tmp; fi
      printf '%s.blocks %s\\n' "$p" "$(df -Pk "$f" 2>/dev/null | tail -n 1)"
      printf '%s.inodes %s\\n' "$p" "$(df -Pi "$f" 2>/dev/null | tail -n 1)"
    done
    if command -v sudo >/dev/null 2>&1; then
      for u in \(users.map(shellQuoted).joined(separator: " ")); do
        m=$(sudo -n -u "$u" -- sh -c : 2>&1); s=$?
        printf 'sudo %s %s %s\\n' "$u" "$s" "$(printf '%s' "$m" | tr '\\n' ' ')"
      done
    fi
    for p in \(tools.joined(separator: " ")); do if command -v "$p" >/dev/null 2>&1; then printf 'tool %s\\n' "$p"; fi; done
    echo whole )
    """
  }
}

/// What a host says of itself.
package struct HostFacts: Sendable, Equatable {
  /// What sudo does for the login user.
  package enum Sudo: Sendable, Equatable {
    case free
    case asks
    case refuses(String)
  }

  /// Seconds since 1970.
  package var time: Int?
  package var user = ""
  package var isRoot = false
  package var home = ""
  package var homeSpace: FreeSpace?
  package var temporarySpace: FreeSpace?
  /// By the user that it would become; empty where there is no sudo.
  package var sudo: [String: Sudo] = [:]
  package var tools: Set<String> = []
  /// Whether the host has said everything.
  package var isWhole = false

  package init(_ text: String) {
    var lines: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      let rest = parts.count > 1 ? parts[1] : ""
      switch parts.first {
      case "sudo": readSudo(rest)
      case "tool": tools.insert(rest)
      case let key?: lines[key] = rest
      case nil: break
      }
    }
    // Nobody's clock is further ahead, and no number is too large to count with.
    time = lines["time"].flatMap { Int($0) }.flatMap { (0...1 << 40).contains($0) ? $0 : nil }
    user = lines["user"] ?? ""
    isRoot = lines["uid"] == "0"
    home = lines["home"] ?? ""
    homeSpace = FreeSpace(blocks: lines["home.blocks"] ?? "", inodes: lines["home.inodes"])
    temporarySpace = FreeSpace(blocks: lines["tmp.blocks"] ?? "", inodes: lines["tmp.inodes"])
    isWhole = lines["whole"] != nil
  }

  private mutating func readSudo(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count >= 2 else { return }
    let said = parts.count > 2 ? parts[2].trimmingSuffix(while: \.isWhitespace).description : ""
    // sudo itself, and the one that is written in Rust.
    let isQuestion = said.contains("password is required") || said.contains("authentication is required")
    sudo[parts[0]] = parts[1] == "0" ? .free : isQuestion ? .asks : .refuses(said)
  }

  /// Whether files can be checked after a copy.
  var hasDigest: Bool { !tools.isDisjoint(with: ["sha256sum", "shasum", "openssl", "sha256"]) }
}
