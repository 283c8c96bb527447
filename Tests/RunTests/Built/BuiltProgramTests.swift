import Foundation
import TestSupport
import Testing

/// What a program does that `run --build` has made: all that `run` does in its place, under its own name.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct BuiltProgramTests {
  @Test func lists() throws {
    #expect(
      try Carried().run()
        == Ended(
          status: 0,
          output: """
            tasks:
              deploy  Leaves marks on hosts and here
              code    Swift code, then a step that fails where there is a file

            environments:
              production

            """, errors: ""))
  }

  @Test func planIsTheOneOfRun() throws {
    let carried = try Carried()
    let project = try Project(BuiltProgram.deployfile.replacing("import Tasks\n", with: ""))
    for name in ["inventory.ini", "payload"] { try project.folder.write(name, carried.folder.read(name)) }
    let words = ["--plan", "deploy:production", "--word", "it's"]
    let expected = try project.start(words).end()
    #expect(expected.status == 0, "\(expected)")
    #expect(try carried.run("--plan", "deploy:production", "--word", "it's") == expected)
  }

  @Test("inventories and files are those of the folder it is started in, whatever run's environment says")
  func deploys() throws {
    let carried = try Carried()
    for (name, text) in [("inventory.ini", "[web]\nother ansible_connection=local\n"), ("payload", "other\n")] {
      try carried.folder.write("elsewhere/\(name)", text)
    }
    let ended = try carried.run("deploy:production", "--word", "one", environment: ["PUSHBUTTON_ROOT": "/nowhere"])
    #expect(ended.status == 0, "\(ended)")
    #expect(carried.folder.read("mark") == "web1 one\nweb2 one\n")
    #expect(carried.folder.read("here") == "one\n")
    #expect(carried.folder.read("web2.payload") == "payload\n")
    #expect(try carried.run("deploy:production", as: "../shop", in: "elsewhere").status == 0)
    #expect(carried.folder.read("elsewhere/mark") == "other none\n")
    #expect(carried.folder.read("elsewhere/other.payload") == "other\n")
    #expect(
      try carried.run("--plan", "deploy", as: "../shop", in: "state").errors
        == "error: inventory.ini: cannot read the inventory: No such file or directory\n"
        + "  Check inventory: of the environment, or what -i names.\n")
  }

  @Test func goesByItsOwnName() throws {
    let carried = try Carried()
    let help = try carried.run("--help").output
    #expect(help.hasPrefix("Deploy with the push of a button.\n\nusage: ./shop   "), "\(help)")
    for word in ["run --", "--build", "--edit", "--file"] { #expect(!help.contains(word), "\(word)") }
    #expect(try carried.run("--help", "code", as: carried.path).output.hasSuffix("\n\nusage: \(carried.path) code[:ENVIRONMENT]\n"))
    #expect(
      try carried.run("--xyzzy").errors == "error: ./shop takes no option --xyzzy\n  ./shop --help shows them all.\n")
    for option in ["--build", "--edit"] {
      #expect(
        try carried.run(option, "-o", "a.xml").errors
          == "error: \(option) is for run itself: this program has its Deployfile built in\n  Type it where the Deployfile is, and run.\n")
    }
    #expect(
      try carried.run("-f", "Deployfile.swift")
        == Ended(
          status: 2, output: "",
          errors: "error: -f is for run itself: this program has its Deployfile built in\n  Type it where the Deployfile is, and run.\n"))
  }

  @Test("a run that failed is gone on with by the same program, Swift code in it or not")
  func resumes() throws {
    let carried = try Carried()
    try carried.folder.write("fail", "")
    let failed = try carried.run("code")
    #expect(failed.status == 1, "\(failed)")
    let next = try #require(failed.output.split(separator: "\n").first { $0.hasPrefix("To go on where it stopped: ") })
    #expect(next.hasPrefix("To go on where it stopped: ./shop --resume "))
    try FileManager.default.removeItem(atPath: "\(carried.folder.path)/fail")
    let resumed = try carried.run("--resume", String(next.split(separator: " ").last ?? ""))
    #expect(resumed.status == 0, "\(resumed)")
    #expect(carried.folder.lines("performed") == 2)
    #expect(carried.folder.lines("last") == 2)
  }
}
