/// One thing done on one host.
///
/// Steps are made by functions (`run`, `upload`, `restart`, ...) and changed by modifiers:
///
///     run("bin/warm").named("warm the cache").timeout(.seconds(20)).retry(3, every: .seconds(1))
public struct Step: Sendable {
  package enum Kind: Sendable {
    case run(Command)
    case capture(Command, Captured)
    case upload(path: Text, to: Text, mode: Int?)
    case download(path: Text, to: Text)
    case sync(folder: Text, to: Text, deleting: Bool)
    case render(template: Text, to: Text, values: [String: Text], mode: Int?)
    case service(Service, ServiceAction)
    case waitFor(Probe, within: Duration, stableFor: Duration)
    case perform(@Sendable (Session) async throws -> Void)
    case when(Command, then: [Step], otherwise: [Step])
    case invalid(String)
  }

  package var kind: Kind
  package var name: String?
  /// Outermost first.
  package var scopes: [Scope] = []
  package var timeout: Duration?
  package var attempts = 1
  package var pause: Duration = .zero
  package var ignoresFailure = false
  package var isOnce = false
  /// Declared to have the same effect when it is done twice.
  package var isIdempotent = false
  package var isIrreversible = false
  /// What the step declares to install, and from which index.
  package var installs: (package: Package, version: Version)?
  /// What plans show in place of the command.
  package var description: Command?
  /// Done after everything else has succeeded.
  package var isAtTheEnd = false
  /// The application whose versions the step's output tells.
  package var reportsVersionsOf: String?
  package var location: SourceLocation

  package init(_ kind: Kind, name: String? = nil, at location: SourceLocation) {
    self.kind = kind
    self.name = name
    self.location = location
  }

  /// What plans, output and reports call the step, instead of its command.
  public func named(_ name: String) -> Step { changed { $0.name = name } }

  /// Ends each attempt, with everything it started on the host, after this long; in whole seconds, rounded up.
  public func timeout(_ limit: Duration) -> Step { changed { $0.timeout = limit } }

  /// Tries at most `attempts` times, with a pause between attempts, until one succeeds.
  public func retry(_ attempts: Int, every pause: Duration = .seconds(1)) -> Step {
    changed {
      $0.attempts = attempts
      $0.pause = pause
    }
  }

  /// Goes on after a failure, which is still shown.
  public func ignoringFailure() -> Step { changed { $0.ignoresFailure = true } }

  /// Runs on the first selected host only; the plan names it.
  public func once() -> Step { changed { $0.isOnce = true } }

  /// Declares that doing the step twice has the effect of doing it once.
  ///
  /// When a run was cut off and nobody knows whether the step has ended, `run --resume` does it again instead of asking. Transfers,
  /// `capture`, `waitFor`, questions of `when`, units and signals are like that without being declared.
  ///
  ///     run("bin/migrate --to 42").idempotent()
  public func idempotent() -> Step { changed { $0.isIdempotent = true } }

  /// Declares that going back does not undo the step.
  ///
  /// Plans mark it, and whoever is asked before a protected environment reads it first. The word is that of migrations (`IrreversibleMigration`
  /// of Rails): it changes what people are told, and nothing that is done.
  ///
  ///     run("bin/migrate --drop-old-columns").once().irreversible()
  public func irreversible() -> Step { changed { $0.isIrreversible = true } }

  /// Declares that the step installs this version of the package.
  ///
  /// A version parameter that is given as `latest` or as a specifier such as `>=1.4,<2` is resolved in the package's index, and a run
  /// starts only with a version that the index has.
  ///
  ///     run("pip install shop==\(version)").installs(version, of: Package("shop", index: "https://pypi.example.com/simple"))
  public func installs(_ version: Version, of package: Package) -> Step { changed { $0.installs = (package, version) } }

  /// Plans show this in place of the command, where the command is machinery.
  ///
  ///     run("\(raw: longScript)").shown(as: "bin/convert --all")
  public func shown(as description: Command) -> Step { changed { $0.description = description } }

  /// Runs after everything else of the task has succeeded, on the hosts of its `hosts` block that did not fail.
  ///
  /// Inside `onFailure` and `finally` it runs at the end of those; inside a branch of `when` it runs whatever the answer was.
  ///
  ///     run("bin/remove-old-files").atTheEnd()
  public func atTheEnd() -> Step { changed { $0.isAtTheEnd = true } }

  /// The step, a `capture`, prints `OLD -> NEW`: the application's version before and the one that is live now.
  ///
  /// Plans show what is live as far as this machine knows; messages have it as `\(run: .version)` and `\(run: .previousVersion)`.
  public func reportsVersions(of application: String) -> Step { changed { $0.reportsVersionsOf = application } }

  private func changed(_ change: (inout Step) -> Void) -> Step {
    var step = self
    change(&step)
    return step
  }
}

extension [Step] {
  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "a scope or condition has no timeout of its own: put .timeout on the steps inside it")
  public func timeout(_ limit: Duration) -> [Step] { self }

  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "a scope or condition is not retried as a whole: put .retry on the steps inside it")
  public func retry(_ attempts: Int, every pause: Duration = .seconds(1)) -> [Step] { self }

  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "a scope or condition has no name: put .named on the steps inside it")
  public func named(_ name: String) -> [Step] { self }

  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "put .ignoringFailure() on the steps inside the scope or condition")
  public func ignoringFailure() -> [Step] { self }

  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "put .once() on the steps inside the scope or condition")
  public func once() -> [Step] { self }

  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "put .idempotent() on the steps inside the scope or condition")
  public func idempotent() -> [Step] { self }

  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "put .irreversible() on the steps inside the scope or condition")
  public func irreversible() -> [Step] { self }

  /// Each of the steps at the end.
  public func atTheEnd() -> [Step] { map { $0.atTheEnd() } }

  /// Scopes and conditions hold steps; modifiers belong to each step.
  @available(*, unavailable, message: "put .installs on the step inside the scope or condition that installs the package")
  public func installs(_ version: Version, of package: Package) -> [Step] { self }
}
