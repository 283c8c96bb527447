/// What a person is told when a run cannot go on: where, what, what to do next, and the exit status.
///
/// Errors elsewhere are facts; the files beside this one turn each kind into a `Failure`, and nothing else words errors.
package struct Failure: Error, Equatable {
  /// Where, for example `inventory/production.ini:14`.
  package var place: String?
  /// What is wrong and why, without a final full stop.
  package var message: String
  /// What to do next.
  package var help: String?
  package var status: ExitStatus

  package init(_ message: String, at place: String? = nil, help: String? = nil, status: ExitStatus = .invalid) {
    self.place = place
    self.message = message
    self.help = help
    self.status = status
  }

  /// Without the secrets that programs and servers may have repeated.
  package func masked(_ masker: Masker) -> Failure {
    var failure = self
    failure.place = place.map(masker.mask)
    failure.message = masker.mask(message)
    failure.help = help.map(masker.mask)
    return failure
  }

  /// The text for standard error, ending in a newline.
  package var text: String {
    let place = place.map { "\($0): " } ?? ""
    let help = help.map { "  \(Origin.current.naming($0))\n" } ?? ""
    return "error: \(place)\(message)\n\(help)".safeLines
  }
}

extension Failure {
  /// There are hosts to be named, and nothing that names them.
  package init(noInventory: Void) {
    self.init(
      "the Deployfile declares no environment, so no hosts are known",
      help: "Declare environment(\"production\", inventory: \"PATH\"), or name an inventory with -i PATH.")
  }

  /// A program of this machine that is needed and not there.
  package init(missing program: String, from package: String = "OpenSSH's client") {
    self.init("\(program) is not in PATH", help: "Install \(package); nothing was touched.")
  }
}
