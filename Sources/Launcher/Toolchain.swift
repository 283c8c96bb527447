import Runner

/// The Swift compiler that PATH or `SWIFT_EXEC` leads to.
struct Toolchain {
  /// As found; its last part tells the driver what it is, so links are not resolved.
  let compiler: String
  /// Everything cheap to look at that changes when another compiler would answer.
  let stamps: [String]

  /// Nothing when there is no compiler, which a cached program can do without.
  static func find(for location: Location) throws(LauncherError) -> Toolchain? {
    let name = Variable["SWIFT_EXEC"] ?? "swiftc"
    guard let path = locate(name), let real = Path.real(path), let stamp = Stamp(real) else {
      if let named = Variable["SWIFT_EXEC"] { throw .noSuchCompiler(named) }
      return nil
    }
    return Toolchain(compiler: path, stamps: [real, stamp.text] + Shim.stamps(real, for: location))
  }

  private static func locate(_ name: String) -> String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return File.isExecutable(name) ? name : nil }
    // An empty entry of PATH means the working folder: a compiler that a checkout brings along is not ours to run.
    return Variable["PATH"]?.split(separator: ":").lazy.map { Path.join(String($0), name) }.first(where: File.isExecutable)
  }
}
