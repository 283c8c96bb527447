import Testing

@testable import Runner

@Suite struct TimestampTests {
  @Test(arguments: [0, -1, 1, 999, 1_772_357_400_250, 1_709_164_800_000, -62_135_596_800_000, 253_402_300_799_999])
  func isReadBack(milliseconds: Int64) {
    let moment = Timestamp(milliseconds: milliseconds)
    #expect(Timestamp(text: moment.text) == moment)
  }

  @Test(arguments: [
    "", "now", "2026-03-01", "2026-03-01T09:30:00Z", "2026-03-01T09:30:00.25Z", "2026-03-01T09:30:00.2500Z", "2026-03-01T09:30:00.250",
    "2026-03-01T09:30:00.250z", "2026-03-01 09:30:00.250Z", "2026/03/01T09:30:00.250Z", "2026-03-01T09-30-00.250Z",
    "2026-03-01T09:30:00,250Z",
    "2026-13-01T09:30:00.250Z", "2026-00-01T09:30:00.250Z", "2026-02-29T09:30:00.250Z", "2026-03-01T24:30:00.250Z",
    "2026-03-01T09:60:00.250Z",
    "2026-03-01T09:30:61.250Z", "x026-03-01T09:30:00.250Z", "-026-03-01T09:30:00.250Z", "2026-03-01T09:30:00.25éZ",
  ])
  func anythingElseIsNone(text: String) { #expect(Timestamp(text: text) == nil) }
}
