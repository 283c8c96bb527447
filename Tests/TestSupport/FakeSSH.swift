import Foundation

/// A program `ssh` on PATH that logs how it is called, and then is the host itself: it runs the remote command here, or misbehaves.
package struct FakeSSH: Sendable {
  package let folder = Scratch()

  /// Behaves as the shell text says, to which `$host` is the destination, `$command` the remote command, `$log` the file of `-E`.
  ///
  /// The default runs the command.
  package init(_ behaviour: String = "exec /bin/sh -c \"$command\"") throws {
    try folder.write(
      "ssh",
      """
      #!/bin/sh
      printf 'CALL%s\\n' "$(printf ' [%s]' "$@")" >>'\(folder.path)/log'
      while :; do
        case $1 in
          --) shift; break ;;
          -E) log=$2; shift 2 ;;
          -o | -p | -l | -i | -J | -F | -S) shift 2 ;;
          -*) shift ;;
          *) break ;;
        esac
      done
      host=${1-}
      [ $# = 0 ] || shift
      command=$*
      \(behaviour)
      """, mode: 0o755)
  }

  package var environment: [String: String] {
    ["PATH": "\(folder.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"]
  }

  /// One line for each call, words in brackets.
  package var calls: [String] { folder.read("log").split(separator: "\n").filter { $0.hasPrefix("CALL") }.map(String.init) }
}
