import Tasks
import Testing

@testable import Runner

@Suite(.engine, .timeLimit(.minutes(15))) struct ConnectionGateTests {
  /// Who got in, in order.
  @Engine private final class Guests {
    let gate = ConnectionGate(interruption: Interruption())
    private(set) var inside: [Int] = []
    private var passes: [Int: ConnectionGate.Pass] = [:]

    func arrive(_ numbers: ClosedRange<Int>, at place: String = "a") async {
      for number in numbers {
        Engine.task {
          guard let pass = await self.gate.enter(place) else { return }
          self.passes[number] = pass
          self.inside.append(number)
        }
        await Engine.sleep(for: .zero)
      }
      await settle()
    }

    func leave(_ number: Int, isDropped: Bool = false) async {
      guard let pass = passes.removeValue(forKey: number) else { return }
      if isDropped { gate.narrow(pass) }
      gate.leave(pass)
      inside.removeAll { $0 == number }
      await settle()
    }

    private func settle() async { for _ in 0..<20 { await Engine.sleep(for: .zero) } }
  }

  @Test @Engine func eightAreInsideAndTheOthersComeInTheirOrder() async {
    let guests = Guests()
    await guests.arrive(1...11)
    #expect(guests.inside == [1, 2, 3, 4, 5, 6, 7, 8])
    await guests.leave(5)
    #expect(guests.inside == [1, 2, 3, 4, 6, 7, 8, 9])
    await guests.leave(1)
    await guests.leave(2)
    #expect(guests.inside == [3, 4, 6, 7, 8, 9, 10, 11])
  }

  @Test @Engine func placesHaveNothingToDoWithEachOther() async {
    let guests = Guests()
    await guests.arrive(1...9, at: "a")
    await guests.arrive(10...18, at: "b")
    #expect(guests.inside == Array(1...8) + Array(10...17))
  }

  @Test @Engine func aDropHalvesAndThoseWhoWereInsideWithItCountAsOne() async {
    let guests = Guests()
    await guests.arrive(1...30)
    for number in 1...3 { await guests.leave(number, isDropped: true) }
    // Four may be inside, and five still are.
    #expect(guests.inside == [4, 5, 6, 7, 8])
    await guests.leave(4)
    #expect(guests.inside == [5, 6, 7, 8])
    await guests.leave(5)
    #expect(guests.inside == [6, 7, 8, 9])
    // One that came in afterwards halves again, and so on down to one.
    await guests.leave(9, isDropped: true)
    for number in 6...8 { await guests.leave(number, isDropped: true) }
    #expect(guests.inside == [10, 11])
    await guests.leave(10, isDropped: true)
    #expect(guests.inside == [11])
    await guests.leave(11)
    #expect(guests.inside == [12])
    await guests.leave(12, isDropped: true)
    #expect(guests.inside == [13])
  }

  static let entrances: [(host: Host, entrance: String)] = [
    (Host("a"), "a "), (Host("b", address: "a"), "a "), (Host("b", address: "a", port: 22), "a 22"),
    (Host("b", address: "a", user: "u"), "a "),
    (Host("a", variables: ["ansible_ssh_common_args": "-J me@gate:22,inner"]), "jump gate:22"),
    (Host("b", variables: ["ansible_ssh_extra_args": "-o ProxyJump=gate:22"]), "jump gate:22"),
    (Host("b", variables: ["ansible_ssh_extra_args": "-o ProxyCommand='ssh -W %h:%p gate'"]), "proxy ssh -W %h:%p gate"),
    (Host("b", variables: ["ansible_ssh_extra_args": "-o ProxyJump=none"]), "b "),
  ]

  @Test(arguments: entrances) func theServerThatIsReachedFirstCounts(host: Host, entrance: String) throws {
    #expect(try SSHDestination(host).entrance == entrance)
  }

  @Test func aPlanNamesThoseWhoWaitForEachOther() {
    let behind = (1...9).map { Host("web\($0)", address: "10.0.0.1", port: 22) }
    let others = (1...9).map { Host("db\($0)") }
    #expect(ConnectionGate.crowd(of: others) == nil)
    #expect(ConnectionGate.crowd(of: Array(behind.dropLast()) + others) == nil)
    #expect(ConnectionGate.crowd(of: others + behind) == behind.map(\.name))
  }
}
