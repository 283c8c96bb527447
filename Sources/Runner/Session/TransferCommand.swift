import Tasks

/// The shell text of uploads and downloads.
enum TransferCommand {
  /// Programs that print the SHA-256 of their input as the first word: a host needs one of them.
  private static let digests = [("sha256sum", ""), ("shasum", " -a 256"), openssl, ("sha256", " -q")]
  private static let openssl = ("openssl", " dgst -sha256 -r")

  /// Prints the SHA-256 of its input as the first word, with whichever program the host has.
  ///
  /// Redirect its input inside `$(...)`: outside, bash redirects the assignment, and the program waits for the session's input. openssl
  /// takes longer to start and uses what the processor has for it: measured, 100 MB in 0.1 s, and in 0.46 s with Debian's sha256sum.
  private static func digest(isLong: Bool = false) -> Command {
    let programs = isLong ? [openssl] + digests : digests
    let tests = programs.map { program, arguments in "if command -v \(program) >/dev/null 2>&1; then \(program)\(arguments)" }
    return """
      \(raw: tests.joined(separator: "\nel"))
      else echo 'none of sha256sum, shasum, openssl and sha256 is on the host' >&2; exit 1; fi
      """
  }

  /// Files of which larger pieces and a faster start matter more than two programs that may not be there.
  private static let longFile = 1 << 20

  /// Copies so many bytes, and reads none beyond them.
  ///
  /// `head` does it everywhere, in pieces of 8 KiB; a `dd` that can count bytes wakes up for fewer of them.
  private static func copy(_ length: Int) -> Command {
    let head: Command = "head -c \(raw: String(length))"
    guard length >= longFile else { return head }
    let dd = "dd bs=65536 iflag=fullblock,count_bytes status=none count="
    return """
      if \(raw: dd)0 </dev/null >/dev/null 2>&1; then \(raw: dd)\(raw: String(length))
      else \(raw: head)
      fi
      """
  }

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
    { \(raw: copy(length))
    } >"$t" || exit
    n=$(wc -c <"$t") || exit
    if [ "$n" -ne \(raw: String(length)) ]; then echo "transfer incomplete: $n of \(raw: String(length)) bytes" >&2; exit 1; fi
    s=$({ \(raw: digest(isLong: length >= longFile))
    } <"$t") || exit
    if [ "${s%% *}" != \(raw: expected) ]; then echo "transfer damaged: the SHA-256 differs" >&2; exit 1; fi
    chmod \(raw: String(mode, radix: 8)) "$t" && mv -f -- "$t" "$d"
    """
  }

  /// Prints length and SHA-256 on one line, then the file.
  static func download(_ path: Text) -> Command {
    """
    f=\(raw: path.path)
    if [ ! -f "$f" ]; then echo "no file $f" >&2; exit 1; fi
    n=$(wc -c <"$f") || exit
    s=$({ \(raw: digest())
    } <"$f") || exit
    printf '%s %s\\n' "$((n))" "${s%% *}"
    cat -- "$f"
    """
  }
}
