import Foundation
import TestSupport
import Testing

/// Row 73: inventories that are wrong, odd or large.
///
/// Nothing is touched when one cannot be used.
@Suite(.needsFleet, .ownThreads) struct InventoryTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  private func run(_ bytes: Data, _ words: String..., mode: Int = 0o644) throws -> Ended {
    let project = try SSHProject([])
    let path = "\(project.project.folder.path)/inventory.ini"
    try bytes.write(to: URL(fileURLWithPath: path))
    chmod(path, mode_t(mode))
    return try project.project.start(words, environment: project.environment).end()
  }

  @Test(
    "row 73: an inventory that cannot be used",
    arguments: [
      ("", "error: inventory.ini: the inventory is empty\n  List a host a line, for example under a section [web].\n"),
      (
        "[web:vars]\nx=1\n[wbe]\nweb1\n",
        "error: inventory.ini:1: [web:vars] sets variables of a group that is not declared\n  Did you mean \"wbe\"?\n"
      ),
      (
        "[a:children]\nb\n[b:children]\na\n",
        "error: inventory.ini:4: the group \"a\" cannot be inside \"b\", because \"b\" is inside \"a\"\n  Take one of them out of the other.\n"
      ),
      (
        "[web\nweb1\n",
        "error: inventory.ini:1: the range in \"[web\" has no closing bracket, or a bracket too many\n"
          + "  Ranges look like web[01:10], web[1:9:2] or db-[a:f].\n"
      ),
      (
        "web[1:1000000000]\n",
        "error: inventory.ini:1: the range in \"web[1:1000000000]\" makes more than 1000000 hosts\n"
          + "  Ranges look like web[01:10], web[1:9:2] or db-[a:f].\n"
      ),
    ])
  func row73_unusable(text: String, errors: String) throws {
    let ended = try run(Data(text.utf8), "touches")
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(ended.errors == errors)
  }

  @Test("row 73: a role that is not there") func row73_unknownRole() throws {
    let ended = try run(Data("[web]\nweb1\n".utf8), "--on", "wbe", "--", "true")
    #expect(ended.status == 2)
    #expect(ended.errors.hasSuffix("\"wbe\" matches no role and no host of the inventory\n  Did you mean \"web\"?\n"), "\(ended)")
  }

  @Test("row 73: bytes that are no text") func row73_invalid() throws {
    let ended = try run(Data("[web]\nweb1 dir=/tmp\n".utf8) + [0xFF, 0xFE, 0x0A], "touches")
    #expect(ended == Ended(status: 2, output: "", errors: "error: inventory.ini:3: the line is not UTF-8\n  Save the file as UTF-8.\n"))
  }

  @Test(
    "row 73: marks and line ends of another system, and a host twice",
    arguments: ["\u{FEFF}[web]\nweb1\nweb1\n", "[web]\r\nweb1\r\nweb1\r\n"])
  func row73_odd(text: String) throws {
    let ended = try run(Data(text.utf8), "--hosts", "--json")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.components(separatedBy: "\"name\"").count == 2, "\(ended)")
    #expect(ended.output.contains("\"name\": \"web1\"") || ended.output.contains("\"name\":\"web1\""), "\(ended)")
  }

  @Test("row 73: ten thousand hosts") func row73_large() throws {
    let ended = try run(Data("[web]\nweb[00001:10000]\n".utf8), "--hosts")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("web[00001-10000]") || ended.output.split(separator: "\n").count >= 10_000)
    #expect(try run(Data((1...10_000).map { "web\($0) x=\($0)\n" }.joined().utf8), "--plan", "touches").status == 2)
  }

  @Test("row 73: an inventory that everybody may write") func row73_writable() throws {
    let ended = try run(Data("[web]\nweb1\n".utf8), "touches", mode: 0o666)
    #expect(ended.status == 2)
    #expect(ended.errors.contains("inventory.ini: this file can be written by everybody (mode 0666"), "\(ended)")
  }
}
