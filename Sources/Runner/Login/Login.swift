import Tasks

/// `run --shell HOST`: a person's login on one host, reached as a run would reach it.
package struct Login: Sendable {
  package enum Problem: Error, Equatable {
    /// Standard input is no terminal.
    case noTerminal
    case severalHosts([String], pattern: String)
    case noHost(pattern: String)
    case doesNotStart(SystemError)
  }

  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place
  let pattern: String

  /// Becomes the login; returns only by failing.
  func run() throws(Failure) -> ExitStatus {
    guard isatty(0) == 1 else { throw Failure(Problem.noTerminal) }
    let planning = Planning(deployfile: deployfile, invocation: invocation, place: place)
    let environment = try planning.environment(of: nil)
    guard let inventory = try Engine.settled({ () async throws(Failure) in try await planning.inventory(of: environment) }) else {
      throw Failure(noInventory: ())
    }
    let host = try host(in: inventory)
    let successor = host.isLocal ? local : try remote(host)
    do throws(SystemError) { try successor.become() } catch { throw Failure(Problem.doesNotStart(error)) }
  }

  private func host(in inventory: Inventory) throws(Failure) -> Host {
    let hosts: [Host]
    do throws(PatternError) { hosts = try inventory.hosts(matching: Pattern(pattern)) } catch { throw Failure(error) }
    guard let host = hosts.first else { throw Failure(Problem.noHost(pattern: pattern)) }
    guard hosts.count == 1 else { throw Failure(Problem.severalHosts(hosts.map(\.name), pattern: pattern)) }
    return host
  }

  private func remote(_ host: Host) throws(Failure) -> OwnSuccessor {
    guard let program = SystemProgram.find("ssh") else { throw Failure(missing: "ssh") }
    let destination: SSHDestination
    do { destination = try SSHDestination(host) } catch { throw Failure(InventoryError.host(nil, name: host.name, error)) }
    let ssh = SSHTransport(
      connectTimeout: Planner.connectTimeout, environment: [], hostKeys: invocation.acceptsNewHostKeys ? .acceptNew : .known)
    return OwnSuccessor(
      program: program, argv: ssh.login(on: destination, isVerbose: invocation.detail == .verbose),
      // Not without the languages of the person, unlike in a run: who reads is the same.
      environment: ProcessEnvironment.list(without: SecretValues.variables(of: deployfile)))
  }

  /// The person's own shell, where the steps of this machine begin.
  private var local: OwnSuccessor {
    let shell = ProcessEnvironment.value("SHELL").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/bin/sh"
    // A dash in front of its name makes it a login.
    return OwnSuccessor(
      program: shell, argv: ["-\(shell.split(separator: "/").last ?? "sh")"], environment: ProcessEnvironment.list(), folder: place.root)
  }
}
