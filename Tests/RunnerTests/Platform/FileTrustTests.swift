import Foundation
import Tasks
import Testing

@testable import Runner

/// Who else could have written a file.
@Suite struct FileTrustTests {
  /// An account of the system whose group nobody else is in, as `daemon` mostly is.
  static let account: (user: uid_t, group: gid_t)? = {
    (1..<100).compactMap { number in getpwuid(number).map { ($0.pointee.pw_uid, $0.pointee.pw_gid) } }
      .first { $0.0 != 0 && $0.1 != 0 && Accounts.isPrivate($0.1, of: $0.0) }
  }()

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var mode: mode_t
    /// `own` stands for the account and its group.
    var owner: uid_t?
    var group: gid_t?
    var user: uid_t?
    var cause: FileTrust.Problem.Cause?
  }

  static let rows = [
    Row(testDescription: "own", mode: 0o644), Row(testDescription: "own, private", mode: 0o600),
    Row(testDescription: "own, others may write", mode: 0o646, cause: .everyone),
    Row(testDescription: "own, others may write, sticky", mode: 0o1757, cause: .everyone),
    Row(testDescription: "own, for its private group", mode: 0o664),
    Row(testDescription: "own, for another group", mode: 0o664, group: 54321, cause: .group(54321)),
    Row(testDescription: "own, for root's group", mode: 0o664, group: 0, cause: .group(0)),
    Row(testDescription: "root's", mode: 0o644, owner: 0, group: 0),
    Row(testDescription: "root's, for its group", mode: 0o664, owner: 0, group: 0),
    Row(testDescription: "root's, for another group", mode: 0o664, owner: 0, cause: .group(account?.group ?? 1)),
    Row(testDescription: "root's, others may write", mode: 0o666, owner: 0, group: 0, cause: .everyone),
    Row(testDescription: "somebody else's", mode: 0o600, owner: 54321, cause: .owner),
    Row(testDescription: "somebody else's, and we are root", mode: 0o644, owner: 54321, group: 54321, user: 0),
    Row(testDescription: "somebody else's group, and we are root", mode: 0o664, owner: 54321, group: 54321, user: 0, cause: .group(54321)),
    Row(testDescription: "an account's, for its private group, and we are root", mode: 0o664, user: 0),
  ]

  @Test(arguments: rows) func judges(row: Row) throws {
    let account = try #require(Self.account)
    var status = stat()
    status.st_mode = S_IFREG | row.mode
    status.st_uid = row.owner ?? account.user
    status.st_gid = row.group ?? account.group
    #expect(FileTrust(user: row.user ?? account.user).cause(status) == row.cause)
  }

  /// What is done to a folder with `web/hosts` and the link `hosts` to it, and what is refused.
  static let files: [(path: String, mode: Int, file: String, refused: String?)] = [
    ("web/hosts", 0o644, "web/hosts", nil), ("web/hosts", 0o646, "web/hosts", "web/hosts"), ("web/hosts", 0o662, "web/hosts", "web/hosts"),
    ("web", 0o777, "web/hosts", "web"), ("web", 0o1777, "web/hosts", "web"), ("web", 0o777, "web", "web"), (".", 0o777, "web", "."),
    ("web/hosts", 0o646, "hosts", "hosts"), ("web", 0o777, "hosts", "web"), (".", 0o777, "hosts", "."), (".", 0o777, "web/hosts", nil),
    ("web", 0o777, "web/missing", nil), ("web/hosts", 0o646, "nowhere", nil),
  ]

  @Test(arguments: files) func finds(path: String, mode: Int, file: String, refused: String?) throws {
    let folder = try ScratchFolder()
    let root = try #require(realpath(folder.path, nil).map { String(cString: $0) })
    try folder.write("w1\n", to: "web/hosts")
    for (link, place) in [("hosts", "web/hosts"), ("nowhere", "missing")] {
      try FileManager.default.createSymbolicLink(atPath: "\(root)/\(link)", withDestinationPath: place)
    }
    // Of a group that is not the owner's, so that 0o662 is no private affair.
    if mode & 0o020 != 0, getuid() == 0 { chown("\(root)/\(path)", 0, 54321) }
    chmod("\(root)/\(path)", mode_t(mode))
    defer { chmod("\(root)/\(path)", 0o755) }
    var found: String?
    do throws(FileTrust.Problem) { try FileTrust().check("\(root)/\(file)") } catch { found = error.path }
    #expect(found == refused.map { $0 == "." ? root : "\(root)/\($0)" })
    try FileTrust(isOff: true).check("\(root)/\(file)")
  }

  @Test("devices keep nothing", arguments: ["/dev/null", "/dev/tty", "/dev/stdin", "/dev/fd/0"]) func devices(path: String) throws {
    try FileTrust().check(path)
  }

  static let texts: [(problem: FileTrust.Problem, text: String)] = [
    (
      FileTrust.Problem(path: "/srv/it's/hosts", isFolder: false, mode: 0o666, owner: 0, cause: .everyone),
      """
      error: /srv/it's/hosts: this file can be written by everybody (mode 0666, owner root), and what is in it decides what a run does
        Take that right away with: chmod go-w '/srv/it'\\''s/hosts', or add --trust-files to use it all the same.

      """
    ),
    (
      FileTrust.Problem(path: "/srv", isFolder: true, mode: 0o1775, owner: 54321, cause: .group(54321)),
      """
      error: /srv: this folder can be written by the group number 54321 (mode 1775, owner number 54321), and what is in it decides what a run does
        Take that right away with: chmod go-w /srv, or add --trust-files to use it all the same.

      """
    ),
    (
      FileTrust.Problem(path: "/srv/key", isFolder: false, mode: 0o600, owner: 54321, cause: .owner),
      """
      error: /srv/key: this file belongs to another user (mode 0600, owner number 54321), and what is in it decides what a run does
        Use a copy of your own, or add --trust-files to use it all the same.

      """
    ),
  ]

  @Test(arguments: texts) func words(problem: FileTrust.Problem, text: String) { #expect(Failure(problem).text == text) }
}
