import Tasks

/// Where a Chef server is, and the path below which its API is.
struct ChefAddress: Equatable {
  /// Scheme, host and port, for example `https://chef.example.com:8443`.
  let origin: String
  /// `/organizations/acme`, or nothing.
  let path: String

  /// From what people have in `knife.rb` as `chef_server_url`, or from the server's address and the organization's name.
  init(server: String, organization: String?) throws(ChefError) {
    guard let separator = server.firstRange(of: "://") else { throw .server(.malformed) }
    let scheme = server[..<separator.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { throw .server(.scheme(scheme)) }
    let rest = server[separator.upperBound...]
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash]
    guard Self.isAuthority(authority), rest[slash...].utf8.allSatisfy(Self.isPathByte) else { throw .server(.malformed) }
    if scheme == "http", !Self.isLoopback(authority) { throw .server(.unencrypted(host: String(authority))) }
    if let organization, !Self.isOrganization(organization) { throw .organization(organization) }

    var parts = rest[slash...].split(separator: "/")
    if let organization {
      if let index = parts.lastIndex(of: "organizations"), parts.indices.contains(index + 1) {
        let other = String(parts[index + 1])
        guard other == organization else { throw .server(.otherOrganization(inServer: other, given: organization)) }
      } else {
        parts += ["organizations", organization[...]]
      }
    }
    origin = "\(scheme)://\(authority)"
    path = parts.map { "/\($0)" }.joined()
  }

  /// The organization in the path, if there is one.
  var organization: String? {
    let parts = path.split(separator: "/")
    guard let index = parts.lastIndex(of: "organizations"), parts.indices.contains(index + 1) else { return nil }
    return String(parts[index + 1])
  }

  private static func isOrganization(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
  }

  private static func isAuthority(_ text: Substring) -> Bool {
    let (host, port) = split(text)
    if let port, !(Int(port).map { (1...65535).contains($0) } ?? false) { return false }
    return HostSyntax.address(host) != nil
  }

  private static func isLoopback(_ authority: Substring) -> Bool {
    let host = split(authority).host.lowercased()
    return host == "localhost" || host == "[::1]" || host.hasPrefix("127.") && HostSyntax.isIPv4(host)
  }

  private static func split(_ authority: Substring) -> (host: String, port: Substring?) {
    guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else { return (String(authority), nil) }
    return (String(authority[..<colon]), authority[authority.index(after: colon)...])
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
  }

  private static func isPathByte(_ byte: UInt8) -> Bool { isWordByte(byte) || "/._-~".utf8.contains(byte) }
}
