import Runner

/// A `swiftc` that stands for several: swiftly's, Xcode's, a version manager's script.
///
/// It stays the same file while the compiler behind it changes, so what it goes by is looked at as well.
enum Shim {
  static func stamps(_ compiler: String, for location: Location) -> [String] {
    let variables = ["TOOLCHAINS", "DEVELOPER_DIR", "SDKROOT"].map { "\($0)=\(Variable[$0] ?? "")" }
    // These two are compilers themselves.
    if ["swift-driver", "swift-frontend"].contains(Path.name(compiler)) { return variables }
    return variables + [chosenVersion(for: location)] + choices(of: compiler).map { Stamp($0)?.text ?? "" }
  }

  /// The nearest `.swift-version` from the Deployfile upwards, which version managers follow.
  private static func chosenVersion(for location: Location) -> String {
    var folder = location.folder
    while true {
      if let bytes = try? File.read(Path.join(folder, ".swift-version")) { return String(decoding: bytes, as: UTF8.self) }
      guard folder != Path.parent(folder) else { return "" }
      folder = Path.parent(folder)
    }
  }

  /// Files that change when a person selects another toolchain.
  private static func choices(of compiler: String) -> [String] {
    #if canImport(Darwin)
      let developer = Variable["DEVELOPER_DIR"] ?? "/var/db/xcode_select_link"
      let xcode = ["Toolchains/XcodeDefault.xctoolchain/usr/bin/swiftc", "usr/bin/swiftc"].map { Path.join(developer, $0) }
    #else
      let xcode: [String] = []
    #endif
    let swiftly = Variable["SWIFTLY_HOME_DIR"] ?? Path.parent(Path.parent(compiler))
    return xcode + [Path.join(swiftly, "config.json")]
  }
}
