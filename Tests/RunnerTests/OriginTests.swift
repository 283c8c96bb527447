import Testing

@testable import Runner

/// What a program calls itself, and whom it listens to about its place.
@Suite struct OriginTests {
  @Test(arguments: [("./shop", "./shop"), ("/opt/my tools/shop", "'/opt/my tools/shop'"), ("shop", "shop")])
  func commands(name: String, command: String) {
    let origin = Origin.built(name: name, sources: "")
    #expect(origin.command == command)
    #expect(origin.naming("run --list shows them; a run is no --run") == "\(command) --list shows them; a run is no --run")
  }

  @Test func launched() {
    #expect(Origin.current == .launched)
    #expect(Origin.launched.command == "run")
    #expect(Origin.launched.naming("run --list shows them.") == "run --list shows them.")
  }

  @Test func builtOnesListenToNobody() {
    let origin = Origin.built(name: "shop", sources: "")
    #expect(origin.root == nil)
    #expect(origin.deployfile == nil)
  }
}
