/// The version of the system's `ssh`, as `ssh -V` tells it.
package struct SSHVersion: Sendable, Equatable {
  /// As it names itself, for example `OpenSSH_9.2p1 Debian-2+deb12u10`.
  package var text: String
  /// Nothing for another program than OpenSSH's.
  package var number: (major: Int, minor: Int)?

  package init(_ output: String) {
    text = output.prefix { $0 != "," && !$0.isNewline }.trimmingSuffix(while: \.isWhitespace).description
    guard text.hasPrefix("OpenSSH_") else { return }
    let digits = text.dropFirst(8).prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
    if digits.count >= 2 { number = (digits[0], digits[1]) }
  }

  package static func == (left: SSHVersion, right: SSHVersion) -> Bool {
    left.text == right.text && left.number?.major == right.number?.major && left.number?.minor == right.number?.minor
  }

  package func isBefore(_ major: Int, _ minor: Int) -> Bool { number.map { $0 < (major, minor) } ?? false }

  /// Asked with the environment that `ssh` gets for hosts: without the secrets.
  @Engine package static func current(environment: [String]) async -> SSHVersion? {
    guard let result = try? await runProgram(["ssh", "-V"], environment: environment, outputLimit: 1 << 12) else { return nil }
    return SSHVersion(String(decoding: result.errorOutput + result.output, as: UTF8.self))
  }
}
