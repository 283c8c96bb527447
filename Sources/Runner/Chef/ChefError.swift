/// Why a Chef server gives no inventory; the server's address is told along with each.
package enum ChefError: Error, Equatable {
  case server(ServerProblem)
  case organization(String)
  case user(String)
  /// `curl` or `openssl`.
  case program(String, ProgramProblem)
  case workspace(Workspace.Problem)
  /// Where the key is, in words of the Deployfile.
  case key(origin: String, KeyProblem)
  case secret(SecretValues.Problem)
  case caFile(SystemError)
  case connection(ConnectionProblem, reason: String)
  /// 401 while the clocks differ; positive when ours is ahead.
  case clock(seconds: Int)
  /// 401 with clocks that are near enough; how far ours is ahead, if the server tells its time.
  case unauthorized(user: String, message: String, seconds: Int?)
  /// 401 because the server knows other versions of the protocol.
  case protocolVersion(String, known: [String])
  case forbidden(user: String, message: String)
  case unknownOrganization(String?, message: String)
  case query(String, message: String)
  case status(Int, message: String)
  case redirect(to: String)
  /// It answers, but not as a Chef server does.
  case notChef(status: Int, what: String)
  case noNodes(query: String)
  /// The result changed on every attempt to read it page by page.
  case unstable(attempts: Int)
  case noAddress(nodes: [String], attribute: [[String]])
  case addressIsNoText(node: String, path: [String])
  /// A node's role that no pattern could name.
  case role(String, node: String)
  /// A Chef role and a Chef environment of one name that hold different nodes.
  case roleAndEnvironment(String)

  package enum ServerProblem: Sendable, Equatable {
    case malformed
    case scheme(String)
    /// The key's signature would be safe, but anybody on the way could name the hosts.
    case unencrypted(host: String)
    case otherOrganization(inServer: String, given: String)
  }

  package enum ProgramProblem: Sendable, Equatable {
    case missing
    case notStarted(SystemError)
    case failed(errorOutput: String)
  }

  package enum KeyProblem: Sendable, Equatable {
    case unreadable(SystemError)
    case encrypted
    case isPublic
    case openSSH
    case notPEM
    case notRSA(String)
    /// 1.0 signs the request itself, which must fit into the key.
    case tooShort
  }

  package enum ConnectionProblem: Sendable, Equatable {
    case name
    case connect
    case timeout
    case untrusted
    case tls
    case other
  }
}
