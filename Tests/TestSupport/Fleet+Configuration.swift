import Foundation

/// Configurations of ssh that differ from the fleet's.
extension Fleet {
  /// These lines, and then what the fleet's configuration says.
  package func configuration(_ lines: [String], in scratch: Scratch, name: String) throws -> String {
    try scratch.write("\(name).config", (lines + ["Include \"\(configuration)\""]).joined(separator: "\n") + "\n")
  }

  /// These lines, and then the fleet's configuration without its key and its agent.
  package func configurationWithoutKey(_ lines: [String], in scratch: Scratch, name: String) throws -> String {
    let own = try String(contentsOfFile: configuration, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("IdentityFile") && !$0.hasPrefix("IdentityAgent") }.map(String.init)
    return try scratch.write("\(name).config", (lines + own).joined(separator: "\n") + "\n")
  }

  /// The public key of all hosts, as `known_hosts` has it behind the name.
  package func hostKey() throws -> String {
    let file = (configuration as NSString).deletingLastPathComponent + "/known_hosts"
    let line = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").first
    return line?.split(separator: " ").dropFirst().joined(separator: " ") ?? ""
  }

  /// `SHA256:...` of a public key file.
  package static func fingerprint(_ path: String) throws -> String {
    let ended = try Started(["/usr/bin/ssh-keygen", "-l", "-f", path]).end()
    return ended.output.split(separator: " ").dropFirst().first.map(String.init) ?? ""
  }

  package static func makeKey(_ path: String, passphrase: String = "") throws {
    let ended = try Started(["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", path]).end()
    guard ended.status == 0 else { throw NoKey(errors: ended.errors) }
  }

  package struct NoKey: Error { let errors: String }
}
