import Runner

/// Everything that can change what the compiler makes of a Deployfile.
///
/// No path of the checkout: moved and copied ones hit.
struct CacheKey {
  let sources: Sources
  let library: Library
  let identity: Identity
  let form: Form

  /// Counts up whenever an old program could no longer be started by a new launcher.
  private static let format = "1"

  /// 64 hexadecimal digits.
  var text: String {
    var list = LengthPrefixed()
    list.add(Self.format)
    for file in sources.files {
      list.add(file.name)
      list.add(file.bytes)
    }
    list.add("library")
    for stamp in library.stamps { list.add(stamp) }
    list.add("compiler")
    list.add(identity.text)
    for flag in Compilation.flags(for: form) { list.add(flag) }
    list.add(Stub.text(for: form, of: sources))
    return list.digest()
  }
}

/// A digest of items each of which is told apart from its neighbours.
struct LengthPrefixed {
  private var sha = SHA256()

  mutating func add(_ bytes: [UInt8]) {
    withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { sha.update($0) }
    sha.update(bytes)
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func digest() -> String { SHA256.hex(sha.finish()) }
}
