extension String {
  /// A number that tells texts apart well enough for names (FNV-1a), the same in every run.
  var checksum: UInt64 { utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } }
}
