import Foundation
import TestSupport
import Testing

@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct CacheFolderTests {
  @Test(
    "the places in their order",
    arguments: [
      (["HOME": "home"], "home/.cache/pushbutton"),
      (["HOME": "home", "XDG_CACHE_HOME": "xdg"], "xdg/pushbutton"),
      (["HOME": "home", "XDG_CACHE_HOME": "xdg", "PUSHBUTTON_CACHE_DIR": "own"], "own"),
    ])
  func places(variables: [String: String], expected: String) throws {
    let checkout = try Checkout()
    checkout.environment["PUSHBUTTON_CACHE_DIR"] = nil
    for (name, folder) in variables { checkout.environment[name] = "\(checkout.root)/\(folder)" }
    #if os(macOS)
      let expected = expected.replacing(".cache", with: "Library/Caches")
    #endif
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))
    let folder = "\(checkout.root)/\(expected)"
    #expect(FileManager.default.fileExists(atPath: "\(folder)/v1/programs"))
    #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
  }

  @Test("without a home, or one that cannot be written, programs are kept with the temporary files", arguments: [nil, "/dev/null"])
  func noHome(home: String?) throws {
    let checkout = try Checkout()
    checkout.environment["PUSHBUTTON_CACHE_DIR"] = nil
    checkout.environment["HOME"] = home
    let folder = "\(checkout.root)/tmp/pushbutton-\(geteuid())"
    let why = home == nil ? "HOME is not set" : "cannot write /dev/null/.cache/pushbutton/v1/programs (Not a directory)"
    let notice = "note: \(why); compiled Deployfiles are kept in \(folder)\n"
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n", errors: notice))
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"), "said once, when it is compiled")
    #expect(checkout.compilations == 1)
  }

  @Test("a folder that others can write is not trusted", arguments: [0o777, 0o770])
  func writableByOthers(mode: mode_t) throws {
    let checkout = try Checkout()
    try checkout.make("cache")
    chmod(checkout.cache, mode)
    #expect(
      try checkout.run()
        == Outcome(
          status: 2,
          errors: """
            error: \(checkout.cache): can be written by others, who could put programs there for you to run
              Take that right away with: chmod go-w '\(checkout.cache)'

            """))
  }

  @Test("nor is a link where a temporary folder should be")
  func link() throws {
    let checkout = try Checkout()
    checkout.environment["PUSHBUTTON_CACHE_DIR"] = nil
    checkout.environment["HOME"] = nil
    let folder = "\(checkout.root)/tmp/pushbutton-\(geteuid())"
    try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: checkout.project)
    #expect(
      try checkout.run()
        == Outcome(
          status: 2,
          errors: "error: \(folder): is not a folder\n  Remove it, or set PUSHBUTTON_CACHE_DIR to another folder.\n"))
  }

  @Test("a cache that can only be read serves what is in it; what is not is kept with the temporary files")
  func readOnly() throws {
    let checkout = try Checkout()
    #expect(try checkout.run().status == 7)
    #expect(try checkout.run("--tell").status == 7)
    // As root nothing is read-only, so become somebody else, who then must own everything.
    let isRoot = geteuid() == 0
    let other = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if isRoot {
      guard FileManager.default.isExecutableFile(atPath: other[0]) else { return }
      for path in FileManager.default.subpaths(atPath: checkout.root) ?? [] { chown("\(checkout.root)/\(path)", 65534, 65534) }
    }
    for path in FileManager.default.subpaths(atPath: checkout.cache) ?? [] where !path.hasSuffix("/run") {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: "\(checkout.cache)/\(path)", isDirectory: &isFolder), isFolder.boolValue {
        chmod("\(checkout.cache)/\(path)", 0o500)
      }
    }
    defer { chmod("\(checkout.cache)/v1/programs", 0o700) }
    let by = isRoot ? other : []
    #expect(try checkout.start(by: by).wait() == Outcome(status: 7, output: "probe\n"))
    try checkout.write("project/Deployfile.swift", Checkout.probe("edited"))
    let missed = try checkout.start(by: by).wait()
    #expect(missed.status == 7)
    #expect(missed.output == "edited\n")
    #expect(missed.errors.hasPrefix("note: cannot write \(checkout.cache)/v1/programs (Permission denied); compiled"))
  }
}
