import Tasks

/// The name of a file in an index: `shop-1.4.2-py3-none-any.whl`, `shop-1.4.2.tar.gz`.
package enum DistributionName {
  /// The version that a file holds of a package whose name is in its normal form; nothing for files of others and of other kinds.
  package static func version(in file: String, of package: String) -> Version? {
    if let stem = file.dropping(suffix: ".whl") { return wheelVersion(stem, of: package) }
    for suffix in sourceSuffixes {
      if let stem = file.dropping(suffix: suffix) { return sourceVersion(stem, of: package) }
    }
    return nil
  }

  /// A package's name as indexes write it in addresses: lower case, and `-` for each run of `-`, `_` and `.`.
  package static func normal(_ name: some StringProtocol) -> String {
    var normal: [UInt8] = []
    for byte in name.utf8 { add(byte, to: &normal) }
    return String(decoding: normal, as: UTF8.self)
  }

  private static func add(_ byte: UInt8, to name: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): if name.last != UInt8(ascii: "-") { name.append(UInt8(ascii: "-")) }
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): name.append(byte | 0x20)
    default: name.append(byte)
    }
  }

  private static let sourceSuffixes = [
    ".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz", ".tar.lz", ".tar.lzma", ".tar",
  ]

  /// Name, version, perhaps a build number, and three tags.
  private static func wheelVersion(_ stem: String, of package: String) -> Version? {
    let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5 || parts.count == 6, !parts[0].contains("__"), normal(parts[0]) == package else { return nil }
    if parts.count == 6, parts[2].utf8.first.map({ (0x30...0x39).contains($0) }) != true { return nil }
    return Version(String(parts[1]))
  }

  /// Both name and version may hold dashes: what is before the version is the package's name.
  private static func sourceVersion(_ stem: String, of package: String) -> Version? {
    let wanted = Array(package.utf8)
    var name: [UInt8] = []
    for place in stem.utf8.indices {
      let byte = stem.utf8[place]
      if byte == UInt8(ascii: "-"), name == wanted { return Version(String(stem[stem.utf8.index(after: place)...])) }
      add(byte, to: &name)
      // A separator at the end may still be one of several.
      if name.count > wanted.count + 1 { return nil }
    }
    return nil
  }
}

extension String {
  fileprivate func dropping(suffix: String) -> String? {
    guard utf8.count > suffix.utf8.count, utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { return nil }
    return String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
  }
}
