import Tasks

/// What a person should know of a run's connections before it begins, because somebody asked for less caution than usual.
package enum ConnectionNotice: Sendable, Equatable {
  case acceptsNewHostKeys
  /// The same, for hosts whose inventory says so.
  case inventoryAcceptsNewHostKeys([String])
  case forwardsAgent([String])
  /// The name of the folder makes a socket in it impossible.
  case cannotShare(folder: String)
  /// A key that was not known, and is now; or that could not be written down, so that the next one is taken for it as well.
  case tookDownHostKey(host: String, key: String)
  case cannotKeepHostKey(host: String, key: String, file: String)

  static func all(for plans: [Plan], acceptingNewHostKeys: Bool) -> [ConnectionNotice] {
    var seen: Set<String> = []
    let destinations = plans.flatMap(\.hosts).filter { !$0.isLocal && seen.insert($0.name).inserted }
      .compactMap { host in (try? SSHDestination(host)).map { (name: host.name, arguments: $0.arguments) } }
    let accepting = destinations.filter(\.arguments.acceptsNewHostKeys).map(\.name)
    let forwarding = destinations.filter(\.arguments.forwardsAgent).map(\.name)
    var notices: [ConnectionNotice] = []
    if acceptingNewHostKeys, !destinations.isEmpty {
      notices.append(.acceptsNewHostKeys)
    } else if !accepting.isEmpty {
      notices.append(.inventoryAcceptsNewHostKeys(accepting))
    }
    if !forwarding.isEmpty { notices.append(.forwardsAgent(forwarding)) }
    return notices
  }

  /// What the log of a connection says of a key that was not known.
  init?(newHostKeyOf host: String, _ log: String) {
    let log = SSHLog(log)
    let fingerprint = log.last("Server host key: * *")?[1]
    if let found = log.last("Warning: Permanently added '*' (*) to the list of known hosts.") {
      self = .tookDownHostKey(host: host, key: "\(found[1])\(fingerprint.map { " \($0)" } ?? "")")
    } else if let found = log.last("Failed to add the host to the list of known hosts (*).") {
      self = .cannotKeepHostKey(host: host, key: fingerprint ?? "", file: found[0])
    } else {
      return nil
    }
  }
}
