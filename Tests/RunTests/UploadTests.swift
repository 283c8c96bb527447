import Foundation
import TestSupport
import Testing

/// Files arrive whole under their name, or not at all.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct UploadTests {
  static let deployfile = #"""
    let up = task("up", "Sends a file") { hosts("web") {
      upload("payload", to: "\(host: .variable("place"))").named("send")
      run("echo x >>$D/after") } }
    let private1 = task("private1", "Sends a file with a mode") { hosts("web") { upload("payload", to: "\(host: .variable("place"))", mode: 0o640) } }
    let home = task("home", "Sends a file to the home folder") { hosts("web") { upload("payload", to: "~/it's here") } }
    let many = task("many", "Sends several files between steps") { hosts("web") {
      run("echo x >>$D/mark")
      upload("payload", to: "\(host: .variable("place")).1")
      run("echo x >>$D/mark")
      upload("payload", to: "\(host: .variable("place")).2")
      upload("empty", to: "\(host: .variable("place")).3")
      run("echo x >>$D/mark") } }
    let ignored = task("ignored", "A failure that is ignored") { hosts("web") {
      upload("payload", to: "/").ignoringFailure()
      run("echo x >>$D/after") } }
    let retried = task("retried", "Tried three times") { hosts("web") { upload("payload", to: "/").named("send").retry(3, every: .zero) } }
    let cleaned = task("cleaned", "Cleans up after an upload that failed") {
      attempt { hosts("web") { upload("payload", to: "/").named("send") } } onFailure: { hosts("web") { run("echo x >>$D/cleaned") } } }
    let conf = task("conf", "Fills a template") { hosts("web") {
      render("site.conf", to: "\(host: .variable("place"))", values: ["workers": "4", "who": "\(host: .name)", "token": "\(Secret.environment("TOKEN"))"]) } }
    """#

  private func bench(_ place: String = "copy", hosts: [String] = ["a"], ssh: String = #"exec /bin/sh -c "$command""#) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: hosts, ssh: ssh)
    let lines = hosts.map { "\($0) port=80\($0.count) place='\(place.hasPrefix("/") ? place : "\(bench.marks.path)/\(place)")'\n" }
    try bench.project.folder.write("inventory.ini", "[web]\n" + lines.joined())
    try bench.project.folder.write("empty", "")
    try bench.project.folder.write("site.conf", "host {{ who }} {{host.name}}\nport {{ port }} workers {{ workers }}\n# {{ token }}\n")
    return bench
  }

  private func give(_ bench: Bench, _ bytes: Data) throws {
    try bytes.write(to: URL(fileURLWithPath: "\(bench.project.folder.path)/payload"))
  }

  private func random(_ length: Int) -> Data {
    var generator = SystemRandomNumberGenerator()
    var data = Data(capacity: length + 8)
    while data.count < length { withUnsafeBytes(of: generator.next() as UInt64) { data.append(contentsOf: $0) } }
    return data.prefix(length)
  }

  private func received(_ bench: Bench, _ name: String = "copy") -> Data? {
    FileManager.default.contents(atPath: "\(bench.marks.path)/\(name)")
  }

  private func partial(_ bench: Bench) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: bench.marks.path)) ?? []).filter { $0.hasSuffix(".part") }
  }

  @Test(arguments: [0, 1, 65_536, 5_000_000]) func everyByteArrives(length: Int) throws {
    let bench = try bench(#"a name with "quotes""#)
    let bytes = random(length)
    try give(bench, bytes)
    let ended = try bench.run("up")
    #expect(ended.status == 0, "\(ended)")
    #expect(received(bench, #"a name with "quotes""#) == bytes)
    #expect(partial(bench) == [])
    #expect(bench.count("after") == 1)
    #expect(bench.ssh?.calls.count == 1)
  }

  @Test func theModeIsTheFilesOwnUnlessGiven() throws {
    let bench = try bench()
    try give(bench, Data("x".utf8))
    chmod("\(bench.project.folder.path)/payload", 0o755)
    #expect(try bench.run("up").status == 0)
    #expect(mode(bench) == 0o755)
    #expect(try bench.run("private1").status == 0)
    #expect(mode(bench) == 0o640)
  }

  private func mode(_ bench: Bench) -> mode_t {
    var status = stat()
    return stat("\(bench.marks.path)/copy", &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func homeIsTheUsersOwn() throws {
    let bench = try bench()
    try give(bench, Data("mine".utf8))
    #expect(try bench.run("home", environment: ["HOME": bench.marks.path]).status == 0)
    #expect(bench.marks.read("it's here") == "mine")
  }

  @Test func filesAndStepsShareOneConnection() throws {
    let bench = try bench()
    let bytes = random(200_000)
    try give(bench, bytes)
    let ended = try bench.run("many")
    #expect(ended.status == 0, "\(ended)")
    #expect(received(bench, "copy.1") == bytes)
    #expect(received(bench, "copy.2") == bytes)
    #expect(received(bench, "copy.3") == Data())
    #expect(bench.count("mark") == 3)
    #expect(bench.ssh?.calls.count == 1)
  }

  @Test func aFolderIsNoDestination() throws {
    let bench = try bench("/")
    try give(bench, random(300_000))
    let ended = try bench.run("up")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows == ["up: failed in _", "  a  failed  _  [1] send: status 1", "      / is a folder"])
    #expect(bench.count("after") == 0)
  }

  @Test func aMissingFolderIsSaid() throws {
    let bench = try bench("no/such/place")
    try give(bench, random(300_000))
    let ended = try bench.run("up")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first?.hasPrefix("  a  failed  _  [1] send: status ") == true)
    #expect(ended.output.contains("no/such/place"))
    #expect(bench.count("after") == 0)
  }

  @Test func anIgnoredFailureGoesOn() throws {
    let bench = try bench()
    try give(bench, random(300_000))
    let ended = try bench.run("ignored")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("after") == 1)
    #expect(ended.rows.last == "  a  succeeded  _")
  }

  @Test func aFailedUploadIsTriedAgainAsTold() throws {
    let bench = try bench()
    try give(bench, random(300_000))
    let ended = try bench.run("retried", "--format", "json")
    #expect(ended.status == 1, "\(ended)")
    #expect(try ended.events().filter { $0.event == "step.started" }.map(\.attempt) == [1, 2, 3])
    #expect(try ended.events().filter { $0.event == "step.finished" }.map(\.outcome) == ["failed"])
  }

  @Test func cleaningUpAfterAFailedUploadReachesTheHost() throws {
    let bench = try bench()
    try give(bench, random(300_000))
    let ended = try bench.run("cleaned")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.count("cleaned") == 1)
    #expect(ended.rows.dropFirst().first == "  a  failed  _  [1] send: status 1")
  }

  /// The connection breaks in the middle of the file: nothing stands under its name, nothing beside it.
  @Test(arguments: [6000, 20_000, 250_000]) func aTruncatedUploadLeavesNothing(carried: Int) throws {
    let bench = try bench(ssh: "head -c \(carried) | /bin/sh -c \"$command\"")
    try give(bench, random(300_000))
    let ended = try bench.run("up")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.settles())
    #expect(received(bench) == nil)
    #expect(partial(bench) == [])
    #expect(bench.count("after") == 0)
  }

  @Test func aDamagedUploadIsRefused() throws {
    // The connection changes one letter, of which the script has none.
    let bench = try bench(ssh: #"stdbuf -o0 tr Q Z | /bin/sh -c "$command""#)
    try give(bench, Data(String(repeating: "Q", count: 1000).utf8))
    let ended = try bench.run("up")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.output.contains("transfer damaged: the SHA-256 differs"))
    #expect(received(bench) == nil)
    #expect(partial(bench) == [])
  }

  @Test func theOldFileStaysUntilTheNewOneIsWhole() throws {
    let bench = try bench(ssh: "head -c 20000 | /bin/sh -c \"$command\"")
    try bench.marks.write("copy", "old")
    try give(bench, random(300_000))
    #expect(try bench.run("up").status == 1)
    #expect(bench.marks.read("copy") == "old")
  }

  @Test func aTemplateIsFilledForEachHost() throws {
    let bench = try bench("conf", hosts: ["a", "bb"])
    let lines = ["a", "bb"].map { "\($0) port=80\($0.count) place=\(bench.marks.path)/\($0).conf\n" }
    try bench.project.folder.write("inventory.ini", "[web]\n" + lines.joined())
    let ended = try bench.run("conf", environment: ["TOKEN": "it's $secret"])
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.read("a.conf") == "host a a\nport 801 workers 4\n# it's $secret\n")
    #expect(bench.marks.read("bb.conf") == "host bb bb\nport 802 workers 4\n# it's $secret\n")
    #expect(!ended.output.contains("it's $secret"))
  }
}
