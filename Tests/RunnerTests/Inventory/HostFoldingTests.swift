import Testing

@testable import Runner

@Suite struct HostFoldingTests {
  @Test(arguments: [
    ([], ""), (["web1"], "web1"), (["localhost"], "localhost"), (["web1", "web2"], "web[1-2]"), (["web1", "web3"], "web[1,3]"),
    (["web1.example.com", "web2.example.com", "web4.example.com"], "web[1-2,4].example.com"),
    (["web1.example.com", "web2.example.com", "web4"], "web[1-2].example.com, web4"),
    (["web08", "web09", "web10", "web11"], "web[08-11]"), (["web9", "web10"], "web[9-10]"), (["web08", "web9"], "web[9,08]"),
    (["web99", "web100", "web098"], "web[99,098,100]"), (["web2", "web1", "web1"], "web[1-2]"),
    (["db1", "web1", "db2", "web2"], "db[1-2], web[1-2]"),
    (["lone", "web1", "other", "web2"], "lone, web[1-2], other"),
    (["dc1-web1", "dc1-web2", "dc2-web1", "dc2-web2", "dc2-web3"], "dc1-web[1-2], dc2-web[1-3]"),
    (["dc1-web1", "dc2-web1", "dc3-web1"], "dc[1-3]-web1"), (["10.0.0.1", "10.0.0.2", "10.0.1.1"], "10.0.0.[1-2], 10.0.1.1"),
    (["a1", "b1"], "a1, b1"), (["1", "2", "3"], "[1-3]"),
    (["i-99999999999999999999", "i-99999999999999999998"], "i-99999999999999999999, i-99999999999999999998"),
    (["web0", "web00", "web1", "web01"], "web[0-1,00-01]"), (["2001:db8::1", "2001:db8::2"], "2001:db8::[1-2]"),
  ])
  func folds(names: [String], text: String) { #expect(folded(names) == text) }

  @Test func foldsManyNames() {
    let names = (1...10_000).map { "web\($0).example.com" }
    #expect(folded(names) == "web[1-10000].example.com")
    #expect(folded((1...38).map { "web\($0 < 10 ? "0" : "")\($0)" }) == "web[01-38]")
  }
}
