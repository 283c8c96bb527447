import Synchronization

/// Whether a file that decides what is run could have been written by somebody else.
///
/// Like ssh, it trusts the user, root, and groups that have nobody in them but the owner (the usual setup of Debian and Red Hat). A sticky
/// folder is no better than one without: nobody could replace a file there, and anybody could make the one that is missing.
package struct FileTrust: Sendable {
  /// What is wrong with a file or folder.
  package struct Problem: Error, Equatable {
    package enum Cause: Sendable, Equatable {
      case everyone
      case group(gid_t)
      case owner
    }

    package var path: String
    package var isFolder: Bool
    package var mode: mode_t
    package var owner: uid_t
    package var cause: Cause

    package init(path: String, isFolder: Bool, mode: mode_t, owner: uid_t, cause: Cause) {
      self.path = path
      self.isFolder = isFolder
      self.mode = mode
      self.owner = owner
      self.cause = cause
    }
  }

  /// `--trust-files`: nothing is refused.
  private let isOff: Bool
  private let user: uid_t

  package init(isOff: Bool = false, user: uid_t = geteuid()) {
    self.isOff = isOff
    self.user = user
  }

  /// Checks a file or folder, and the folder that holds it; of a symbolic link also the folder that it leads to.
  ///
  /// What does not exist is told by whoever reads it.
  package func check(_ path: String) throws(Problem) {
    if isOff { return }
    guard let status = File.status(path) else { return }
    try judge(path, status)
    try checkFolder(of: path)
    var link = stat()
    guard lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK, let real = realpath(path, nil) else { return }
    defer { free(real) }
    try checkFolder(of: String(cString: real))
  }

  private func checkFolder(of path: String) throws(Problem) {
    let folder = PathText.folder(of: path)
    if let status = File.status(folder) { try judge(folder, status) }
  }

  private func judge(_ path: String, _ status: stat) throws(Problem) {
    // A terminal, or /dev/null: nothing is kept in it.
    if status.st_mode & S_IFMT == S_IFCHR { return }
    guard let cause = cause(status) else { return }
    throw Problem(
      path: path, isFolder: status.st_mode & S_IFMT == S_IFDIR, mode: status.st_mode & 0o7777, owner: status.st_uid, cause: cause)
  }

  package func cause(_ status: stat) -> Problem.Cause? {
    if user != 0, status.st_uid != user, status.st_uid != 0 { return .owner }
    if status.st_mode & 0o002 != 0 { return .everyone }
    if status.st_mode & 0o020 != 0, !Accounts.isPrivate(status.st_gid, of: status.st_uid) { return .group(status.st_gid) }
    return nil
  }
}

/// Users and groups of this machine.
package enum Accounts {
  private struct Membership: Hashable {
    var group: gid_t
    var user: uid_t
  }

  /// Where groups may write, they mostly may write everything: one look through the accounts must do for all files.
  private static let known = Mutex<[Membership: Bool]>([:])

  /// Whether a group is a user's own, and nobody else is in it.
  static func isPrivate(_ group: gid_t, of user: uid_t) -> Bool {
    known.withLock { known in
      let membership = Membership(group: group, user: user)
      if let answer = known[membership] { return answer }
      let answer = look(group, user)
      known[membership] = answer
      return answer
    }
  }

  private static func look(_ group: gid_t, _ user: uid_t) -> Bool {
    guard let entry = getpwuid(user), entry.pointee.pw_gid == group else { return false }
    // Some systems count their own accounts among root's group.
    if group == 0 { return user == 0 }
    let name = String(cString: entry.pointee.pw_name)
    guard let found = getgrgid(group), var member = found.pointee.gr_mem else { return false }
    while let text = member.pointee {
      if String(cString: text) != name { return false }
      member += 1
    }
    setpwent()
    defer { endpwent() }
    while let other = getpwent() {
      if other.pointee.pw_gid == group, other.pointee.pw_uid != user { return false }
    }
    return true
  }

  /// The name of a user, or the number of one that has none.
  static func name(ofUser user: uid_t) -> String { getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? "number \(user)" }

  static func name(ofGroup group: gid_t) -> String { getgrgid(group).map { String(cString: $0.pointee.gr_name) } ?? "number \(group)" }
}
