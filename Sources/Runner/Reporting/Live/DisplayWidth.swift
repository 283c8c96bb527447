extension String {
  /// How many columns a terminal gives this line.
  ///
  /// Marks that combine have none, East Asian characters and emoji two; where terminals differ, the larger number, so that a line is never
  /// longer than it was taken for.
  package var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

  /// As much of the line as fits, with a sign that there is more.
  package func fitted(to width: Int) -> String {
    // Most lines are short, and each byte is one column at the most, or a part of a character.
    if utf8.count <= width || columns <= width { return self }
    guard width > 1 else { return "" }
    var text = String.UnicodeScalarView()
    var taken = 0
    for scalar in unicodeScalars {
      taken += scalar.columns
      if taken > width - 1 { break }
      text.append(scalar)
    }
    return String(text) + "…"
  }

  /// Filled up with spaces.
  func filled(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return Self.isWide(value) ? 2 : 1
    }
  }

  /// Unicode's East_Asian_Width W and F, rounded up to whole blocks.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x231A...0x23FF, 0x25FD...0x25FE, 0x2614...0x26FF, 0x2705...0x270D, 0x2728...0x27BF, 0x2B1B...0x2B55: true
    case 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F: true
    case 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1B000...0x1B2FF, 0x1F000...0x1FAFF, 0x20000...0x3FFFD: true
    default: false
    }
  }
}
