import Tasks

/// A file with `{{ name }}` places, filled in for each host.
package struct Template: Sendable, Equatable {
  /// As the Deployfile gives it.
  package var path: String
  package var pieces: [Piece]

  package enum Piece: Sendable, Equatable {
    case text(String)
    case place(String, line: Int)
  }

  package struct Malformed: Error, Equatable {
    package var line: Int
  }

  /// Cuts the text at its places.
  package init(path: String, text: String) throws(Malformed) {
    self.path = path
    pieces = []
    var line = 1
    var rest = text[...]
    while let start = rest.firstRange(of: "{{") {
      let before = rest[..<start.lowerBound]
      line += before.count { $0 == "\n" }
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else { throw Malformed(line: line) }
      let name = rest[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "._-".contains($0) }) else { throw Malformed(line: line) }
      pieces += [.text(String(before)), .place(name, line: line)]
      rest = rest[end.upperBound...]
    }
    pieces.append(.text(String(rest)))
  }

  /// The pieces as a text that only needs a host; `nil` for a name that is neither given nor a host's.
  package func content(values: [String: Text]) -> Text {
    Text(
      fragments: pieces.flatMap { piece -> [Fragment] in
        switch piece {
        case .text(let text): return text.isEmpty ? [] : [.text(text)]
        case .place("host.name", _): return [.host(.name)]
        case .place("host.address", _): return [.host(.address)]
        case .place(let name, _): return values[name]?.fragments ?? [.host(.variable(name))]
        }
      })
  }
}
