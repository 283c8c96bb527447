/// Why an index has not told a package's versions.
package enum IndexProblem: Error, Sendable, Equatable {
  /// The address begins with neither `http://` nor `https://`, or holds white space.
  case badAddress
  case badName
  case noCurl
  /// curl's own words.
  case unreachable(String)
  /// 401 and 403; whether a user and a password were given.
  case credentials(status: Int, given: Bool)
  /// The credentials are not `user:password`.
  case malformedCredentials
  case noPackage
  case status(Int)
  case tooLarge
  case notAnIndex(Reason)
  /// The page is sound and lists no file with a version.
  case noVersions

  package enum Reason: Sendable, Equatable {
    case contentType(String)
    case malformed
    case noFiles
    case laterVersion(String)
  }

  /// Whether the index itself has said that there is no such package or version.
  package var isAnswer: Bool { self == .noPackage || self == .noVersions }
}
