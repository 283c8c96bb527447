import Tasks

/// The shell text of uploads and downloads.
enum TransferCommand {
  /// Prints the SHA-256 of its input as the first word, with whichever program the host has.
  ///
  /// Redirect its input inside `$(...)`: outside, bash redirects the assignment, and the program waits for the session's input.
  private static let digest: Command = """
    if command -v sha256sum >/dev/null 2>&1; then sha256sum
    elif command -v shasum >/dev/null 2>&1; then shasum -a 256
    elif command -v openssl >/dev/null 2>&1; then openssl dgst -sha256 -r
    elif command -v sha256 >/dev/null 2>&1; then sha256 -q
    else echo 'none of sha256sum, shasum, openssl and sha256 is on the host' >&2; exit 1; fi
    """

  /// Reads the file from its input into a name beside the final one, checks it, and only then renames it.
  ///
  /// When the connection is lost, nobody hears the complaint, and the signal for that would end the shell before it has cleaned up.
  static func upload(to destination: Text, length: Int, digest expected: String, mode: Int, nonce: String) -> Command {
    """
    d=\(raw: destination.path)
    if [ -d "$d" ]; then echo "$d is a folder" >&2; exit 1; fi
    t=$d.\(raw: nonce).part
    trap 'rm -f -- "$t"' EXIT
    trap 'exit 143' TERM
    trap '' PIPE
    umask 077
    set -C
    head -c \(raw: String(length)) >"$t" || exit
    n=$(wc -c <"$t") || exit
    if [ "$n" -ne \(raw: String(length)) ]; then echo "transfer incomplete: $n of \(raw: String(length)) bytes" >&2; exit 1; fi
    s=$({ \(raw: digest)
    } <"$t") || exit
    case $s in \(raw: expected)*) ;; *) echo "transfer damaged: the SHA-256 differs" >&2; exit 1 ;; esac
    chmod \(raw: String(mode, radix: 8)) "$t" && mv -f -- "$t" "$d"
    """
  }

  /// Prints length and SHA-256 on one line, then the file.
  static func download(_ path: Text) -> Command {
    """
    f=\(raw: path.path)
    if [ ! -f "$f" ]; then echo "no file $f" >&2; exit 1; fi
    n=$(wc -c <"$f") || exit
    s=$({ \(raw: digest)
    } <"$f") || exit
    printf '%s %s\\n' "$((n))" "${s%% *}"
    cat -- "$f"
    """
  }
}
