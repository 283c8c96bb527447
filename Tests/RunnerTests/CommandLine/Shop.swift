import Tasks

/// A Deployfile with a parameter of every shape, and names with colons.
enum Shop {
  enum Color: String, CaseIterable, Sendable { case red, green }

  static let version = Parameter<Version>("version", "the version to install")
  static let migrate = Parameter<Bool>("migrate", "migrate the database first", default: false)
  static let count = Parameter<Int?>("count", "how many workers")
  static let tags = Parameter<[String]>("tag", "labels of the release", default: [])
  static let color = Parameter<Color>("color", default: .red)

  static let deploy = task("deploy", "Install a version", version, migrate, count, tags, color) { _, _, _, _, _ in }

  static let deployfile = Deployfile {
    environment("staging", inventory: "staging.ini")
    environment("production", inventory: "production.ini", protected: true)
    deploy
    task("rollback", "Go back") {}
    task("warm:cache", "Fill the cache") {}
  }
}
