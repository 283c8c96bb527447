extension ArraySlice<UInt8> {
  /// The first place of a byte, which the C library is quick to find.
  package func firstPlace(of byte: UInt8) -> Int? {
    withUnsafeBytes { all in
      guard let base = all.baseAddress, let found = memchr(base, Int32(byte), all.count) else { return nil }
      return startIndex + base.distance(to: UnsafeRawPointer(found))
    }
  }
}
