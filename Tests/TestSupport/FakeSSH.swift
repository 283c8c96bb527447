import Foundation

/// A program `ssh` on PATH that logs how it is called, and then is the host itself: it runs the remote command here, or misbehaves.
public struct FakeSSH: Sendable {
  public let folder = Scratch()

  /// `behaviour` is shell text; `$host` is the destination and `$command` the remote command. The default runs the command.
  public init(_ behaviour: String = "exec /bin/sh -c \"$command\"") throws {
    try folder.write(
      "ssh",
      """
      #!/bin/sh
      { printf 'CALL'; for word; do printf ' [%s]' "$word"; done; echo; } >>'\(folder.path)/log'
      while [ "$1" != -- ]; do
        case $1 in -E) log=$2; shift ;; esac
        shift
      done
      host=$2 command=$3
      \(behaviour)
      """, mode: 0o755)
  }

  public var environment: [String: String] {
    ["PATH": "\(folder.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"]
  }

  /// One line for each call, words in brackets.
  public var calls: [String] { folder.read("log").split(separator: "\n").filter { $0.hasPrefix("CALL") }.map(String.init) }
}
