extension Failure {
  package init(_ problem: Workspace.Problem) {
    switch problem {
    case .system(let error):
      self.init("cannot make a private folder in \(error.path): \(error.reason)", help: "Set TMPDIR to a folder that you may write to.")
    case .openToAll(let path):
      self.init(
        "the folder for temporary files, \(path), lets everybody replace what others have put there",
        help: "Set TMPDIR to a folder of your own, or set the folder's sticky bit: chmod +t \(path)")
    }
  }
}

extension ControlSocket.Problem {
  var words: String {
    switch self {
    case .missing(let path): "the run's private folder \(path) is gone"
    case .notPrivate(let path): "the run's private folder \(path) is not private any more: somebody has changed its owner or its mode"
    }
  }
}
