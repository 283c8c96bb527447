/// Something that runs on a host and can be restarted: a systemd unit, a process with a pid file, or commands.
///
///     restart("nginx")
///     restart(.unit("shop", stableFor: .seconds(10), within: .seconds(60)))
///     reload(.signal(.hup, pidfile: "/run/shop.pid", program: "gunicorn"))
///     restart(.command("supervisorctl restart shop"))
public struct Service: Sendable, ExpressibleByStringLiteral {
  package enum Kind: Sendable {
    case unit(Text, stableFor: Duration, within: Duration)
    case signal(Signal, pidfile: Text, program: Text?, within: Duration)
    case command(Command)
  }

  package let kind: Kind

  package init(kind: Kind) { self.kind = kind }

  /// A systemd unit, watched for 3 s.
  public init(stringLiteral value: String) { self = .unit(Text(value)) }

  /// A systemd unit, which is watched until it is known to stay as it was asked to be.
  ///
  /// After it was restarted, reloaded or started it must be active, with the same process and without a restart by systemd, for
  /// `stableFor`; after it was stopped, inactive. Fails at once when the unit has failed, and otherwise after `within`,
  /// with the last lines of its journal. Both in whole seconds, rounded up.
  public static func unit(_ name: Text, stableFor: Duration = .seconds(3), within limit: Duration = .seconds(30)) -> Service {
    Service(kind: .unit(name, stableFor: stableFor, within: limit))
  }

  /// A process that is told by a signal.
  ///
  /// The pid file must hold one number, of a process that runs and, if given, is `program`: by
  /// the name of its file, of its script, or that it has given itself. `stop` waits until the process is gone, at most for `within`.
  public static func signal(
    _ signal: Signal, pidfile: Text, program: Text? = nil, within limit: Duration = .seconds(30)
  ) -> Service {
    Service(kind: .signal(signal, pidfile: pidfile, program: program, within: limit))
  }

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
