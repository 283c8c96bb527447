/// A package in an index that speaks the simple API, as PyPI and most private indexes do.
///
///     let shop = Package("shop", index: "https://pypi.example.com/simple")
///     let version = Parameter<Version>("version", "the version to install", of: shop)
public struct Package: Sendable, Equatable, Hashable {
  /// The name of the package in the index; case does not count, and `-`, `_` and `.` are the same.
  public let name: String
  /// The address of the index, for example `https://pypi.org/simple`.
  public let index: String
  /// The user and password that the index asks for, as `user:password`.
  package let credentials: Secret?

  /// A package; nothing is looked up yet.
  ///
  /// The value of `credentials` is `user:password`; they are never shown and never part of an argument list.
  public init(_ name: String, index: String, credentials: Secret? = nil) {
    self.name = name
    self.index = index
    self.credentials = credentials
  }
}
