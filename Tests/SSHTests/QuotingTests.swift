import Foundation
import TestSupport
import Testing

/// A value of a Deployfile arrives on the host byte by byte, whatever the login shell and `/bin/sh` make of other people's text.
@Suite(.needsFleet, .ownThreads) struct QuotingTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  /// Runs a task over the values; says on which hosts which of them did not arrive in the file of their number.
  private func differences(
    _ task: String, _ values: [String], on hosts: [RemoteHost], prepare: (SSHProject) -> Void = { _ in },
    expected: (String) -> [UInt8] = { Array($0.utf8) }, folders: [String] = [""]
  ) throws -> [String] {
    let project = try SSHProject(quotingDeployfile, hosts: hosts)
    let list = values.map { Data($0.utf8).base64EncodedString() }.joined(separator: "\n")
    let path = try project.project.folder.write("values", list)
    prepare(project)
    let ended = try project.start("--format", "json", task, environment: ["QUOTING_VALUES": path]).end()
    var differences = ended.status == 0 ? [] : ["status \(ended.status): \(ended.errors.suffix(500)) \(ended.output.suffix(900))"]
    for host in hosts {
      for folder in folders {
        for (number, value) in values.enumerated() {
          let read = Files.read("\(project.dir(host))/\(folder)\(number)")
          guard read != expected(value) else { continue }
          let found = read.map { String(decoding: $0, as: UTF8.self).debugDescription.prefix(200) } ?? "nothing"
          differences.append("\(host.name) \(folder)\(number): \(found) for \(value.debugDescription.prefix(200))")
        }
      }
    }
    return differences
  }

  private func expectNone(_ differences: [String]) {
    #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(5).joined(separator: "\n"))")
  }

  @Test func wordsOfCommands() throws {
    let values = QuotingValues.texts(250, seed: 1) + QuotingValues.large(seed: 2)
    expectNone(try differences("words", values, on: fleet.shells))
  }

  @Test func environmentVariables() throws {
    let values = QuotingValues.texts(200, seed: 3) + QuotingValues.large(seed: 4)
    expectNone(try differences("variables", values, on: fleet.shells))
  }

  @Test func capturedOutput() throws {
    let values = QuotingValues.texts(200, seed: 5) + QuotingValues.large(seed: 6)
    let kept = { (text: String) in Array(text.utf8.reversed().drop { $0 == UInt8(ascii: "\n") }.reversed()) }
    expectNone(try differences("captures", values, on: fleet.shells, expected: kept, folders: ["", "later"]))
  }

  @Test func folders() throws {
    let names = QuotingValues.names(100, seed: 7)
    let make = { (project: SSHProject) in
      for host in project.hosts {
        for name in names {
          mkdir("\(project.dir(host))/\(name)", 0o777)
          chmod("\(project.dir(host))/\(name)", 0o777)
        }
      }
    }
    // A lone tilde is the user's home.
    expectNone(try differences("folders", names.filter { $0 != "~" }, on: fleet.shells, prepare: make))
  }

  @Test func pathsOfTransfers() throws {
    let names = QuotingValues.names(60, seed: 8).filter { $0 != "~" }
    let make = { (project: SSHProject) in
      mkdir("\(project.project.folder.path)/files", 0o755)
      for name in names { Files.write("\(project.project.folder.path)/files/\(name)", Array(name.utf8)) }
    }
    expectNone(try differences("transfers", names, on: fleet.shells, prepare: make))
  }

  @Test func secrets() throws {
    var values = QuotingValues.texts(140, seed: 9).filter { !$0.allSatisfy(\.isNewline) && $0.utf8.last != UInt8(ascii: "\n") }
    values = Array(values.suffix(80)) + QuotingValues.large(seed: 10)
    let found = try differences("secrets", values, on: fleet.shells, prepare: Self.writeSecrets(values), folders: ["", "with"])
    expectNone(found)
  }

  @Test(.needsUser("pbsudo")) func asAnotherUser() throws {
    let host = fleet.host("pbsudo", at: 6, user: "pbsudo")
    let values = QuotingValues.texts(200, seed: 11) + QuotingValues.large(seed: 12)
    expectNone(try differences("others", values, on: [host]))
    let secrets = values.suffix(60).filter { !$0.allSatisfy(\.isNewline) && $0.utf8.last != UInt8(ascii: "\n") }
    expectNone(try differences("secrets-of-others", secrets, on: [host], prepare: Self.writeSecrets(secrets)))
  }

  private static func writeSecrets(_ values: [String]) -> (SSHProject) -> Void {
    { project in
      mkdir("\(project.project.folder.path)/secrets", 0o700)
      for (number, value) in values.enumerated() { Files.write("\(project.project.folder.path)/secrets/\(number)", Array(value.utf8)) }
    }
  }
}

private let quotingDeployfile = #"""
  import Foundation
  import Tasks

  let dir: Text = "\(host: .variable("dir"))"
  let values: [String] = {
    let path = ProcessInfo.processInfo.environment["QUOTING_VALUES"] ?? "/dev/null"
    let lines = (FileManager.default.contents(atPath: path) ?? Data()).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.map { String(decoding: Data(base64Encoded: Data($0)) ?? Data(), as: UTF8.self) }
  }()

  func steps(_ name: String, @Steps _ step: @escaping @Sendable (Int, String) -> [Step]) -> TaskDefinition {
    task(name, "") { hosts("all") { parallel { within(dir) { for (number, value) in values.enumerated() { step(number, value) } } } } }
  }

  let words = steps("words") { number, value in run("printf %s \(value) >\(number)") }
  let variables = steps("variables") { number, value in
    with(["VALUE": Text(value)]) { run("printf %s \"$VALUE\" >\(number)") }
  }
  let folders = steps("folders") { number, value in
    within(Text(value)) { run("printf %s \(value) >../\(number)") }
  }
  let transfers = steps("transfers") { number, value in
    upload("files/\(value)", to: Text(value))
    download(Text(value), to: "hosts/\(host: .name)/down\(number)/\(value)")
    run("cat ./down\(number)/\(value) >\(number)")
  }
  let captures = task("captures", "") {
    hosts("all") {
      parallel {
        within(dir) {
          for (number, value) in values.enumerated() {
            capture("printf %s \(value)", as: Captured("c\(number)"))
            run("printf %s \(Captured("c\(number)")) >\(number)")
          }
        }
      }
      parallel { within(dir) { for number in values.indices { run("printf %s \(Captured("c\(number)")) >later\(number)") } } }
    }
  }
  let secrets = steps("secrets") { number, _ in
    run("printf %s \(Secret.file("secrets/\(number)")) >\(number)")
    with(["VALUE": "\(Secret.file("secrets/\(number)"))"]) { run("printf %s \"$VALUE\" >with\(number)") }
  }
  let others = steps("others") { number, value in sudo { run("printf %s \(value) >\(number)") } }
  let secretsOfOthers = steps("secrets-of-others") { number, _ in
    sudo { run("printf %s \(Secret.file("secrets/\(number)")) >\(number)") }
  }

  let deployfile = Deployfile {
    environment("test", inventory: "inventory.ini")
    words; variables; folders; transfers; captures; secrets; others; secretsOfOthers
  }
  """#
