/// Where a Deployfile says something, for messages.
package struct SourceLocation: Sendable, Equatable, CustomStringConvertible {
  package var file: String
  package var line: UInt

  /// From `#fileID`, whose first part is the module's name.
  package init(_ fileID: StaticString, _ line: UInt) {
    file = fileID.description.split(separator: "/", maxSplits: 1).last.map(String.init) ?? ""
    self.line = line
  }

  package var description: String { "\(file):\(line)" }
}
