/// Where something of an inventory was written.
package struct Place: Sendable, Equatable {
  package var file: String
  /// Counted from 1; nothing where the source has no lines, for example a program's output.
  package var line: Int?

  package init(_ file: String, line: Int? = nil) {
    self.file = file
    self.line = line
  }
}
