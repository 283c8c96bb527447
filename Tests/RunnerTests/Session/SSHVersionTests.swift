import Testing

@testable import Runner

@Suite struct SSHVersionTests {
  @Test(arguments: [
    ("OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.17 1 Jul 2025\r\n", "OpenSSH_9.2p1 Debian-2+deb12u10", true, true),
    ("OpenSSH_9.6p1, LibreSSL 3.3.6\n", "OpenSSH_9.6p1", false, true),
    ("OpenSSH_10.0p2, OpenSSL 3.5.0\n", "OpenSSH_10.0p2", false, true),
    ("OpenSSH_10.6p1, OpenSSL 3.5.0\n", "OpenSSH_10.6p1", false, false),
    ("OpenSSH_for_Windows_8.1p1, LibreSSL 3.0.2\n", "OpenSSH_for_Windows_8.1p1", false, false),
    ("Dropbear v2022.83\n", "Dropbear v2022.83", false, false),
    ("", "", false, false),
  ])
  func reads(output: String, text: String, isBefore96: Bool, isBefore106: Bool) {
    let version = SSHVersion(output)
    #expect(version.text == text)
    #expect(version.isBefore(9, 6) == isBefore96)
    #expect(version.isBefore(10, 6) == isBefore106)
  }

  @Test func tellsWhatIsKnownOfIt() {
    #expect(SSHVersionWords.lines(SSHVersion("OpenSSH_10.6p1, x")) == ["ssh is OpenSSH_10.6p1"])
    #expect(SSHVersionWords.lines(SSHVersion("OpenSSH_9.2p1, x")).count == 3)
    #expect(SSHVersionWords.lines(SSHVersion("")) == ["ssh is a program that tells no version"])
  }
}
