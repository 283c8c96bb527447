import Synchronization
import Tasks

/// How this program was made, and so what it is called and where it looks for things.
package enum Origin: Sendable, Equatable {
  /// By the launcher, for this start: it is called `run`, and the launcher's environment says where the Deployfile is.
  case launched
  /// By `run --build`, to be carried to other machines: it is called what its file is called, and its place is the folder it is started in.
  ///
  /// `sources` tells the Deployfile it was made of from every other.
  case built(name: String, sources: String)

  // What the first line of the program sets, and everything reads.
  private static let value = Mutex(Origin.launched)

  package static var current: Origin {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }

  /// What a person types to start it.
  package var command: String {
    switch self {
    case .launched: "run"
    case .built(let name, _): shellQuoted(name)
    }
  }

  package var isBuilt: Bool { self != .launched }

  /// The Deployfile's folder.
  var root: String? { variable("PUSHBUTTON_ROOT") }

  /// The Deployfile's path.
  var deployfile: String? { variable("PUSHBUTTON_DEPLOYFILE") }

  /// Whoever started a built program may have been a `run` itself, whose place is not ours.
  private func variable(_ name: String) -> String? { isBuilt ? nil : ProcessEnvironment.value(name) }

  /// A text of ours with this program's name where it tells to type `run --...`.
  func naming(_ text: String) -> String { isBuilt ? text.replacing("run --", with: "\(command) --") : text }
}
