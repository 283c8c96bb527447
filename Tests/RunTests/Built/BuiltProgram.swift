import Foundation
import TestSupport

/// The one program that `run --build` makes for all tests of what such programs do.
enum BuiltProgram {
  static let deployfile = #"""
    import Tasks

    let word = Parameter<String>("word", "a word", default: "none")
    let deploy = task("deploy", "Leaves marks on hosts and here", word) { word in
      local("echo \(word) >>here", named: "note")
      hosts("web") {
        serially {
          upload("payload", to: "\(host: .name).payload")
          run("echo \(host: .name) \(word) >>mark").named("mark")
        }
      }
    }
    let code = task("code", "Swift code, then a step that fails where there is a file") {
      hosts("web") {
        perform("work") { try await $0.run("echo x >>performed") }
        run("[ ! -e fail ] && echo x >>last").named("last")
      }
    }
    let deployfile = Deployfile {
      environment("production", inventory: "inventory.ini")
      deploy
      code
    }

    """#

  /// The program, and the folder of its Deployfile, in which nothing else is.
  private static let made: Result<(folder: Scratch, path: String, ended: Ended), any Error> = Result {
    let folder = Scratch()
    try folder.write("project/Deployfile.swift", deployfile)
    try folder.write("bin/.keep", "")
    let ended = try Started(
      [BuiltRun.path ?? "run", "--build", "-o", "../bin/shop"], folder: "\(folder.path)/project",
      environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache]
    ).end()
    return (folder, "\(folder.path)/bin/shop", ended)
  }

  static func path() throws -> String {
    let made = try made.get()
    guard made.ended.status == 0 else { throw Failed(ended: made.ended) }
    return made.path
  }

  struct Failed: Error { let ended: Ended }
}

/// A folder with a copy of the program, an inventory and a file, as a team would carry it to another machine.
struct Carried {
  let folder = Scratch()
  let path: String

  init(hosts: String = "web1 ansible_connection=local\nweb2 ansible_connection=local\n") throws {
    path = "\(folder.path)/shop"
    // Linked, since a program that another test's start has open for writing is "busy".
    try FileManager.default.linkItem(atPath: try BuiltProgram.path(), toPath: path)
    try folder.write("inventory.ini", "[web]\n\(hosts)")
    try folder.write("payload", "payload\n")
  }

  func run(_ words: String..., as program: String = "./shop", in subfolder: String = ".", environment: [String: String] = [:]) throws
    -> Ended
  {
    // By env, so that the program finds itself called as a person would type it.
    let all = ["XDG_STATE_HOME": "\(folder.path)/state"].merging(environment) { $1 }
    return try Started(["/usr/bin/env", program] + words, folder: "\(folder.path)/\(subfolder)", environment: all).end()
  }
}
