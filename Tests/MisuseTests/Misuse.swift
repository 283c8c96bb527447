import Testing

/// A Deployfile with one mistake, and all that `run` says about it.
struct Misuse: CustomTestStringConvertible, Sendable {
  let id: String
  let deployfile: String
  let errors: String

  init(_ id: String, _ deployfile: String, says errors: String) {
    self.id = id
    self.deployfile = deployfile
    self.errors = errors
  }

  var testDescription: String { id }

  static let all = places + declarations + statements + modifiers + calls + texts + values + parameters + files
}
