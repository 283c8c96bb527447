/// What a Deployfile is compiled into.
enum Form: Equatable {
  /// What the launcher starts: compiled fast, with the toolchain's runtime.
  case launched
  /// What `--build` makes: all in one file, for machines without Swift.
  case built
}
