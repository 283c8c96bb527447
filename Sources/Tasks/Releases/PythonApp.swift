/// A Python application that is installed from a package index, one virtual environment for each release.
///
/// Under `root` on every host stand `releases/ID` (an environment each), `current` (a link to the live one), `shared` (for the
/// application's own data) and `releases.log` (JSON lines: what became live when, by whom, in which run and CI build).
///
///     let shop = PythonApp("shop", root: "/srv/shop", index: "https://pypi.example.com/simple")
///     parallel { shop.install(version) }
///     serially { shop.activate(version); restart(.signal(.hup, pidfile: "/run/shop.pid")) }
public struct PythonApp: ReleaseCycle {
  /// The package in the index.
  public let package: Package
  /// Where its releases are kept.
  public let place: ReleasePlace
  let pip: Pip

  /// An application with a folder for each release below `root`; nothing is looked up yet.
  ///
  /// `python` makes the environments. `pipArguments` are added to every `pip install`. The value of `credentials` is `user:password`.
  public init(
    _ name: String, root: Text, index: String, credentials: Secret? = nil, python: Text = "python3", pipArguments: [String] = []
  ) {
    package = Package(name, index: index, credentials: credentials)
    pip = Pip(package: package, python: python, arguments: pipArguments)
    place = ReleasePlace(name: name, root: root, layout: .folders)
  }

  /// An application in one environment that exists already; each version is installed over the one before.
  ///
  /// Its release log is `.pushbutton/releases.log` in the environment. The version that is there at first can be gone back to.
  public init(
    _ name: String, inPlace environment: Text, index: String, credentials: Secret? = nil, pipArguments: [String] = []
  ) {
    package = Package(name, index: index, credentials: credentials)
    pip = Pip(package: package, python: "python3", arguments: pipArguments)
    place = ReleasePlace(name: name, root: environment, layout: .inPlace(check: pip.check, put: pip.replace))
  }

  /// The name of the package in the index.
  public var name: String { package.name }
  /// The address of the index.
  public var index: String { package.index }

  /// Installs a version beside the live one, or over it when the application is in place; what runs goes on running.
  ///
  /// With `requirements`, a local file, pip installs what it lists, and only what has the hash it gives (`--require-hashes`); the
  /// application itself must be in it. The steps of `then` run inside the release before it counts as complete.
  public func install(
    _ version: Version, requirements: Text? = nil, fileID: StaticString = #fileID, line: UInt = #line, @Steps then: () -> [Step] = { [] }
  ) -> [Step] {
    let location = SourceLocation(fileID, line)
    let label = version.description
    var steps: [Step] = []
    if let requirements {
      let taken = Step(.run(place.making(label, ":")), name: "make a release of \(name) \(label)", at: location)
      steps.append(taken.shown(as: "\(path: place.folder(label))").idempotent())
      steps.append(upload(requirements, to: "\(place.facts(label))/requirements.txt", fileID: fileID, line: line))
    }
    let then = within(place.folder(label), then)
    let completing: Command = then.isEmpty ? "complete \"$id\"" : ":"
    let install = Step(
      .run(place.making(label, "\(raw: installing(version, hashed: requirements != nil))\n\(raw: completing)")),
      name: "install \(name) \(label)", at: location)
    steps.append(install.shown(as: shownInstall(version, hashed: requirements != nil)).installs(version, of: package).idempotent())
    if !then.isEmpty {
      let complete = Step(.run(place.completing(label)), name: "complete \(name) \(label)", at: location)
      steps += then + [complete.shown(as: "the release is whole").idempotent()]
    }
    return steps
  }

  /// Makes a version the live one that `install` has made, in this run or an earlier one.
  ///
  /// The link is switched in one rename, and refused when it is a real folder. At the end of a task that has succeeded the release is
  /// marked as good: only then can a rollback choose it.
  public func activate(_ version: Version, fileID: StaticString = #fileID, line: UInt = #line) -> [Step] {
    let label = version.description
    if case .inPlace = place.layout {
      return place.switching(
        "activate \(name) \(label)", place.checking(label), shown: "\(path: place.root) holds it", at: SourceLocation(fileID, line))
    }
    return place.switching(
      "activate \(name) \(label)", place.activating(label), shown: "\(path: place.root)/current becomes its release",
      at: SourceLocation(fileID, line))
  }

  private func installing(_ version: Version, hashed: Bool) -> Command {
    if case .inPlace = place.layout { return pip.takeOver(version) }
    return pip.install(version, into: "releases/\"$id\"", hashed: hashed)
  }

  private func shownInstall(_ version: Version, hashed: Bool) -> Command {
    let what: Command = hashed ? "--require-hashes -r requirements.txt" : "\("\(name)==\(version)")"
    return "pip install \(raw: what) from \(raw: Text(index).plain) into \(raw: place.folder(version.description).plain)"
  }
}
