/// A Python application that is installed from a package index, one release folder for each version.
///
///     let shop = PythonApp("shop", root: "/srv/shop", index: "https://pypi.example.com/simple")
///     shop.install(version)
public struct PythonApp: Sendable {
  package enum Action: Sendable, Equatable {
    case install(Version)
    case activate(Version)
    case rollback
  }

  /// The name of the package in the index.
  public let name: String
  /// The folder on the hosts that holds the releases.
  public let root: String
  /// The address of the index.
  public let index: String

  /// An application; nothing is looked up yet.
  public init(_ name: String, root: String, index: String) {
    self.name = name
    self.root = root
    self.index = index
  }

  /// Installs a version beside the live one.
  public func install(_ version: Version, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
    Step(.release(self, .install(version)), at: SourceLocation(fileID, line))
  }

  /// Makes an installed version the live one.
  public func activate(_ version: Version, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
    Step(.release(self, .activate(version)), at: SourceLocation(fileID, line))
  }

  /// Makes the last good version the live one.
  public func rollback(fileID: StaticString = #fileID, line: UInt = #line) -> Step {
    Step(.release(self, .rollback), at: SourceLocation(fileID, line))
  }
}
