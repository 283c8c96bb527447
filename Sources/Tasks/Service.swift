/// Something that runs on a host and can be restarted: a systemd unit, a process with a pid file, or commands.
///
///     restart("nginx")
///     reload(.signal(.hup, pidfile: "/run/shop.pid"))
///     restart(.command("supervisorctl restart shop"))
public struct Service: Sendable, ExpressibleByStringLiteral {
  package enum Kind: Sendable {
    case unit(Text)
    case signal(Signal, pidfile: Text)
    case command(Command)
  }

  package let kind: Kind

  package init(kind: Kind) { self.kind = kind }

  /// A systemd unit.
  public init(stringLiteral value: String) { kind = .unit(Text(value)) }

  /// A systemd unit.
  public static func unit(_ name: Text) -> Service { Service(kind: .unit(name)) }

  /// A process that is told by a signal; the pid file must hold one number, of a running process.
  public static func signal(_ signal: Signal, pidfile: Text) -> Service { Service(kind: .signal(signal, pidfile: pidfile)) }

  /// A command that does it.
  public static func command(_ command: Command) -> Service { Service(kind: .command(command)) }
}

/// A signal that services understand.
public enum Signal: String, Sendable {
  /// Usually: read the configuration again, or start new workers.
  case hup
  /// Interrupt, as Ctrl-C sends it.
  case int
  /// Usually: quit gracefully.
  case quit
  /// End.
  case term
  /// A meaning of the program's own.
  case usr1
  /// A meaning of the program's own.
  case usr2
  /// Usually: let workers end gracefully.
  case winch
}

package enum ServiceAction: String, Sendable {
  case restart, reload, start, stop
}

/// Restarts a service.
///
///     restart(.signal(.hup, pidfile: "/run/shop.pid"))
public func restart(_ service: Service, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.service(service, .restart), at: SourceLocation(fileID, line))
}

/// Tells a service to read its configuration again.
///
///     reload("nginx")
public func reload(_ service: Service, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.service(service, .reload), at: SourceLocation(fileID, line))
}

/// Starts a service; a signal cannot start one, and the plan says so.
///
///     start("shop")
public func start(_ service: Service, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.service(service, .start), at: SourceLocation(fileID, line))
}

/// Stops a service.
///
///     stop(.signal(.term, pidfile: "/run/shop.pid"))
public func stop(_ service: Service, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.service(service, .stop), at: SourceLocation(fileID, line))
}
