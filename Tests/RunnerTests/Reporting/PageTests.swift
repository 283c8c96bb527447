import Foundation
import TestSupport
import Testing

@testable import Runner

/// The page in a real browser.
@Suite(.ownThreads, .serialized, .enabled(if: Browser.isAvailable, "no chromium and python3: start bin/test"))
struct PageTests {
  private static func page(_ story: RunStory) throws -> (folder: ScratchFolder, path: String) {
    let folder = try ScratchFolder()
    return (folder, try folder.write(PageText.text(of: story), to: "report.html"))
  }

  private static func look(_ story: RunStory, options: [String] = [], _ expressions: [String]) throws -> [String?] {
    let (folder, path) = try page(story)
    let browser = try withExtendedLifetime(folder) {
      try Browser.look(at: path, options: options, expressions.map { "(async () => String(await (\($0))))()" })
    }
    #expect(browser.problems == [])
    #expect(browser.requests == [])
    return browser.results
  }

  private static let four = StorySample(count: 4, failing: [3])
  private static let thousand = StorySample(count: 1000, failing: [77, 410, 733], lost: 501, tolerated: 5)

  /// Texts of elements, joined.
  private static func texts(_ selector: String) -> String {
    "[...document.querySelectorAll('\(selector)')].map(e => e.textContent).join('; ')"
  }
  private static func number(of selector: String) -> String { "document.querySelectorAll('\(selector)').length" }

  /// Types into the search field and waits until the page has followed.
  private static func search(_ text: String, _ then: String) -> String {
    """
    (async () => {
      const field = document.querySelector('.tools input');
      field.value = '\(text)';
      field.dispatchEvent(new Event('input'));
      await new Promise(done => setTimeout(done, 300));
      return \(then);
    })()
    """
  }

  @Test func fourHosts() throws {
    let found = try Self.look(
      Self.four.story(),
      [
        "document.querySelector('h1').textContent + ': ' + document.querySelector('.outcome').textContent", Self.texts(".counts li"),
        Self.texts("#failures article"), Self.texts("#versions td"), Self.texts("#timeline .row .name span"),
        Self.number(of: "#timeline .row .step"), Self.texts("#timeline .flag"), Self.texts("#timeline .spans span"),
        Self.texts("#grid .row:nth-child(4) .cell"), Self.texts("#grid .group"), Self.number(of: "#grid button.cell"),
        Self.texts("#output > div > details > summary"), Self.texts("#output .said h3"),
      ])
    #expect(
      found == [
        "deploy:production: failed", "2 succeeded; 1 failed; 1 cancelled",
        "web3[6] answers with 1.4.2: status 22curl: (22) The requested URL returned error: 503", "1.4.2; before 1.4.1; web[1-2]",
        "this machine; web1; web2; web3; web4", "18", "✗", "hosts web, in parallel; hosts web, 4 batches",
        "✓ 0.15 s; ✓ 1.64 s; ; ✓ 0.04 s; ✓ 0.53 s; ✗ 3 s; ",
        "hosts web, in parallel; hosts web, 4 batches; on this machine", "18",
        "2ship shop 1.4.21 output; 3migrate the database1 output; 6answers with 1.4.22 different outputs",
        "web[1-2]2 hosts; web3failed",
      ])
  }

  @Test func searching() throws {
    let rows = Self.texts("#timeline .row .name span")
    let found = try Self.look(
      Self.four.story(),
      [
        Self.search("web2", rows), "document.querySelector('.found').textContent", Self.search("MIGRATIONS", rows),
        Self.texts("#output mark"), Self.search("error: 503", rows), Self.search("ship shop web1", rows), Self.search("nobody", rows),
        Self.texts("#output .none"), Self.search("", rows), "document.querySelector('.found').textContent",
        "(document.querySelector('.chip.failed').click(), \(rows))", "(document.querySelector('.chip.cancelled').click(), \(rows))",
      ])
    #expect(
      found == [
        "web2", "1 of 4 hosts", "web1", "migrations", "web3", "web1", "", "Nothing that was printed matches.",
        "this machine; web1; web2; web3; web4", "", "web3", "web3; web4",
      ])
  }

  @Test func aThousandHosts() throws {
    let last = "document.querySelector('#timeline .body').lastChild.querySelector('.name span').textContent"
    let few = "document.querySelectorAll('#timeline .row').length < 100 && document.querySelectorAll('#grid .row').length < 100"
    let found = try Self.look(
      Self.thousand.story(),
      [
        Self.texts(".counts li"), few,
        """
        (async () => {
          const box = document.querySelector('#timeline .box');
          box.scrollTop = box.scrollHeight;
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          return \(last);
        })()
        """, few, Self.search("web733", Self.texts("#grid .row .name span")), Self.search("", "''"),
        "(document.querySelector('.chip.failed').click(), \(Self.texts("#grid .row .name span")))",
        "(document.querySelector('.chip.failed').click(), document.querySelector('.tools select').value = 'failed', "
          + "document.querySelector('.tools select').dispatchEvent(new Event('change')), "
          + "\(Self.texts("#grid .row:nth-child(-n+5) .name span")))", Self.texts("#failures h3"), Self.texts("#output .said h3"),
        "(dispatchEvent(new Event('beforeprint')), \(Self.number(of: "#timeline .row")))",
        "(dispatchEvent(new Event('afterprint')), \(few))",
      ])
    #expect(
      found == [
        "996 succeeded; 3 failed; 1 unreachable", "true", "web1000", "true", "web733", "", "web77; web410; web733",
        "web77; web410; web733; web501; this machine", "web[77,410,733]; web501",
        "web[1-76,78-409,411-500,502-732,734-1000]996 hosts; web[77,410,733]3 hosts, failed",
        "1001", "true",
      ])
  }

  /// Whatever hosts print, are called, or fail with is text.
  @Test func hostileOutput() throws {
    let hostile = [
      "</script><script>window.hacked = 1</script>", "<img src=x onerror=\"window.hacked = 2\">", "a\u{2028}window.hacked = 3\u{2029}b",
      "<!-- <script>", "]]>", "&lt;b&gt; &amp;", "'\"`${window.hacked = 4}\\", "javascript:window.hacked = 5",
    ]
    let name = "<b>\"web\"&'3'</b>"
    var story = try StorySample(count: 4, failing: [2], said: [1: hostile]).story()
    story.rename("web3", name)
    story.title = hostile[0]
    story.facts.user = hostile[1]
    story.facts.url = hostile[7]
    story.notices = hostile
    story.planText += hostile.joined(separator: "\n")
    story.plans[0].phases[0].steps[0].title = hostile[1]
    for row in story.rows.indices {
      story.rows[row].lastLines = hostile
      story.rows[row].problem = hostile[0]
    }
    let found = try Self.look(
      story,
      [
        "window.hacked", Self.number(of: "script"), Self.number(of: "img"),
        Self.number(of: "b:not(.counts b):not(.title b):not(summary b)"), Self.number(of: "a"),
        "document.querySelector('h1').textContent", "document.querySelector('#grid .title').textContent",
        Self.search(
          "hacked",
          "[...document.querySelectorAll('#output .text div')].map(e => e.textContent).filter(t => /hacked|&lt;/.test(t)).join('; ')"),
        "document.querySelector('#grid .row:nth-child(3) .name span').textContent",
        Self.search("onerror", Self.texts("#output mark")), "window.hacked",
      ])
    #expect(
      found == [
        "undefined", "2", "0", "0", "0", hostile[0], "1 \(hostile[1])",
        [hostile[0], hostile[1], #"a\x2028window.hacked = 3\x2029b"#, hostile[5], hostile[6], hostile[7]].joined(separator: "; "),
        name, "onerror", "undefined",
      ])
    let text = PageText.text(of: story)
    #expect(!text.contains("\u{2028}"))
    #expect(text.components(separatedBy: "</script>").count == 3)
  }

  @Test func withoutScripts() throws {
    let (folder, path) = try Self.page(Self.four.story())
    let browser = try withExtendedLifetime(folder) {
      try Browser.look(at: path, options: ["--no-scripts"], [Self.texts("#hosts tr"), "String(\(Self.number(of: "#timeline, .tools")))"])
    }
    #expect(browser.problems == [])
    #expect(browser.results == ["web3failed5.36 s; web[1-2]succeeded2.57 s to 3.29 s; web4cancelled1.86 s", "0"])
  }

  @Test func lightAndDark() throws {
    let back = "getComputedStyle(document.body).backgroundColor"
    let (light, dark) = ("rgb(246, 247, 248)", "rgb(20, 23, 27)")
    let click = "(document.querySelector('[title=\"Light or dark\"]').click(), \(back))"
    #expect(try Self.look(Self.four.story(), [back, click, click]) == [light, dark, light])
    #expect(try Self.look(Self.four.story(), options: ["--dark"], [back, click, click]) == [dark, light, dark])
  }

  /// A click tells all of one step on one host.
  @Test func oneStepOfOneHost() throws {
    let found = try Self.look(
      Self.four.story(),
      [
        "(document.querySelector('#grid .row:nth-child(4) .cell.failed').click(), document.querySelector('dialog').open)",
        Self.texts("dialog h2, dialog .failed, dialog .text div"),
        "(document.querySelector('dialog button').click(), document.querySelector('dialog').open)",
      ])
    #expect(found == ["true", "web3; failed, 3 s, from 5.41 s, status 22; curl: (22) The requested URL returned error: 503", "false"])
  }
}

extension RunStory {
  /// No inventory lets such a name pass.
  fileprivate mutating func rename(_ old: String, _ new: String) {
    for (place, cell) in cells where place.host == old {
      cells[place] = nil
      cells[Place(plan: place.plan, step: place.step, host: new)] = cell
    }
    for row in rows.indices where rows[row].host == old { rows[row].host = new }
    for phase in plans[0].phases.indices {
      plans[0].phases[phase].batches = plans[0].phases[phase].batches.map { $0.map { $0 == old ? new : $0 } }
    }
  }
}
