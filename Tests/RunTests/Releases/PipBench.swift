import Foundation
import TestSupport
import Testing

/// Package indexes on this machine, wheels made by hand, and a Deployfile that installs them with the real pip.
///
/// All of it is made once for the test run. Environments get pip from the tests' own Python, which spares seconds for each.
enum PipBench {
  static let isAvailable = BuiltRun.isAvailable && IndexServer.python != nil

  /// Odd in a shell, in a URL, in a configuration of curl, and in JSON.
  static let login = #"deploy:p@ss:w/ord %20"'\"#

  static let good = try? IndexServer(
    wheels: ["shop-1.0:helper", "shop-1.1:helper", "shop-1.2", "shop-1.3:missing", "helper-1.0"], origin: "good")
  /// Newer packages of the same names, which nobody must ever get.
  static let evil = try? IndexServer(wheels: ["shop-1.0", "shop-1.1", "shop-9.9", "helper-9.9"], origin: "evil")
  static let closed = try? IndexServer(wheels: ["shop-1.0:helper", "helper-1.0"], origin: "closed", login: login)

  static let tools = Scratch()

  static let project: Project? = {
    guard let good, let closed, let python = IndexServer.python else { return nil }
    let packages = (python as NSString).deletingLastPathComponent + "/../lib"
    _ = try? tools.write(
      "python",
      """
      #!/bin/sh
      [ "$1 $2" = "-m venv" ] || exec '\(python)' "$@"
      '\(python)' -m venv --without-pip "$3" || exit
      for site in "$3"/lib/python*/site-packages; do
        ln -s \(packages)/python*/site-packages/pip \(packages)/python*/site-packages/pip-*.dist-info "$site"
      done
      if [ -e "$D/logged" ]; then
        mv "$3/bin/python" "$3/bin/real"
        printf '#!/bin/sh\\nprintf "%%s\\\\n" "$*" >>"$D/argv"\\nexec "${0%%/*}/real" "$@"\\n' >"$3/bin/python"
        chmod +x "$3/bin/python"
      fi
      """, mode: 0o755)
    return try? ReleaseBench.project(
      #"""
      let root: Text = "\(host: .variable("root"))"
      let python: Text = "\#(tools.path)/python"
      let shop = PythonApp("shop", root: root, index: "\#(good.index("simple"))/", python: python)
      let real = PythonApp("shop", root: root, index: "\#(good.index("simple"))/")
      let closed = PythonApp("shop", root: root, index: "\#(closed.index("simple"))/", credentials: .environment("INDEX_LOGIN"), python: python)
      let placed = PythonApp("shop", inPlace: "\(host: .variable("root"))/env", index: "\#(good.index("simple"))/")
      let version = Parameter<Version>("version", "the version")
      let lists = Parameter<String>("requirements", "what is installed, with hashes")
      let check: Probe = .command("[ ! -e \(host: .variable("root"))/sick ] || [ \(placed.liveVersion) = 1.0 ]")
      let genuine = task("genuine", "With the real venv", version) { version in
        hosts("web") { parallel { real.install(version) }; serially { real.activate(version) } } }
      let hashed = task("hashed", "With hashes", version, lists) { version, lists in
        hosts("web") { parallel { shop.install(version, requirements: "\(lists)") }; serially { shop.activate(version) } } }
      let login = task("login", "With credentials", version) { version in
        hosts("web") { parallel { closed.install(version) }; serially { closed.activate(version) } } }
      let steps = task("steps", "With steps inside", version) { version in
        hosts("web") {
          parallel {
            shop.install(version) {
              run("pwd >inside; ls ../../.pushbutton/*/complete >complete 2>/dev/null; [ ! -e \(host: .variable("root"))/sick ]").named("inside")
            }
          }
          serially { shop.activate(version) } } }
      let activate = task("activate", "Only that", version) { version in hosts("web") { shop.activate(version) } }
      let held = task("placed-hashed", "In place, with hashes and steps", version, lists) { version, lists in
        hosts("web") {
          parallel { placed.install(version, requirements: "\(lists)") { run("pwd >inside; [ ! -e ../sick ]") } }
          serially { placed.activate(version) } } }
      let settle = task("placed-activate", "Only that, in place", version) { version in hosts("web") { placed.activate(version) } }
      """#,
      tasks: """
        genuine
          hashed
          login
          steps
          activate
          held
          settle
          shop.tasks(on: "web")
          placed.tasks(on: "web", check: check, within: .seconds(1), prefix: "placed-")
        """)
  }()

  static func bench(hosts: [String] = ["a", "b"]) throws -> ReleaseBench {
    try ReleaseBench(try #require(project), hosts: hosts)
  }
}

extension ReleaseBench {
  /// What Python finds in an environment: version and origin of a module, or why there is none.
  func module(_ name: String, _ environment: String) throws -> String {
    let text = "import sys, importlib as i; m = i.import_module(sys.argv[1]); print(m.version, m.origin)"
    let ended = try Started(["\(folder.path)/\(environment)/bin/python", "-c", text, name], folder: "/").end()
    return ended.status == 0 ? ended.output.trimmingCharacters(in: .newlines) : String(ended.errors.split(separator: "\n").last ?? "")
  }
}
