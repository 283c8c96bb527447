import Tasks
import Testing

@testable import Runner

/// What is made of what a host and this machine say.
@Suite struct FindingTests {
  static let answer = """
    time 1000
    user deploy
    uid 1001
    home /home/deploy
    home.blocks map auto home  1000000 500000 400000 56% /home
    home.inodes /dev/sda1  65536 1000 64536 2% /home
    tmp.blocks tmpfs 2000 1000 1000 50% /tmp
    tmp.inodes tmpfs - - - - /tmp
    sudo root 1 sudo: a password is required
    sudo shop 0
    sudo other 1 Sorry, user deploy may not run sudo on web1.
    tool setsid
    tool tar
    tool openssl
    whole
    """

  @Test func aHostsAnswer() {
    let facts = HostFacts(Self.answer)
    #expect(facts.time == 1000)
    #expect(facts.user == "deploy")
    #expect(!facts.isRoot)
    #expect(facts.homeSpace == FreeSpace(bytes: 400_000 * 1024, inodes: 64536))
    #expect(facts.temporarySpace == FreeSpace(bytes: 1000 * 1024, inodes: nil))
    #expect(facts.sudo == ["root": .asks, "shop": .free, "other": .refuses("Sorry, user deploy may not run sudo on web1.")])
    #expect(facts.tools == ["setsid", "tar", "openssl"])
    #expect(facts.hasDigest)
    #expect(facts.isWhole)
    #expect(!HostFacts("user deploy\n").isWhole)
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (12_340_000_000, "12.3 GB"), (999_960_000, "1 GB"), (104_857_600, "105 MB"),
  ])
  func sizes(bytes: Int, text: String) { #expect(ByteCount.text(bytes) == text) }

  @Test func howMuchIsEnough() {
    #expect(FreeSpace(bytes: 1 << 30, inodes: 5000).level == .enough)
    #expect(FreeSpace(bytes: 1 << 30, inodes: 500).level == .little)
    #expect(FreeSpace(bytes: 100 << 20).level == .little)
    #expect(FreeSpace(bytes: 1 << 30, inodes: 0).level == .nothing)
    #expect(FreeSpace(bytes: 1 << 20).level == .nothing)
    #expect(FreeSpace(bytes: 1 << 30, inodes: 500).text == "1.1 GB, 500 inodes")
    #expect(FreeSpace(of: "/no/such/folder") != nil)
    #expect(FreeSpace(of: "/dev/null/folder") == nil)
  }

  /// An answer in whole seconds, asked within a time: only what is certain is a difference.
  @Test(arguments: [
    (100, 100_500, 100_600, 0), (100, 99_500, 101_600, 0), (101, 100_100, 100_999, 1), (160, 100_000, 101_000, 59),
    (40, 100_000, 100_500, -60), (99, 100_000, 100_100, -1),
  ])
  func clocks(host: Int, before: Int64, after: Int64, difference: Int) {
    let seconds = ClockDifference.seconds(
      host: host, before: Timestamp(milliseconds: before), after: Timestamp(milliseconds: after))
    #expect(seconds == difference)
  }

  @Test func clockTexts() {
    #expect(ClockDifference.text(0) == "none")
    #expect(ClockDifference.text(95) == "+1 min 35 s")
    #expect(ClockDifference.text(-2) == "-2 s")
  }

  @Test(arguments: [
    ("OpenSSH_7.4p1, OpenSSL 1.0.2k-fips", Finding.State.problem), ("OpenSSH_9.2p1 Debian-2", .note), ("OpenSSH_10.6p1", .good),
    ("dropbear", .warning),
  ])
  func versionsOfSSH(text: String, state: Finding.State) {
    #expect(DoctorWords.ssh(SSHVersion(text), isNeeded: true).state == state)
  }

  @Test func withoutSSH() {
    #expect(DoctorWords.ssh(nil, isNeeded: true).state == .problem)
    #expect(DoctorWords.ssh(nil, isNeeded: false).state == .note)
  }

  @Test func programs() {
    #expect(DoctorWords.program("rsync", path: "/usr/bin/rsync", users: [], isOpen: false) == nil)
    #expect(DoctorWords.program("rsync", path: "/usr/bin/rsync", users: ["deploy"], isOpen: false)?.found == "/usr/bin/rsync")
    #expect(DoctorWords.program("rsync", path: nil, users: [], isOpen: true)?.state == .note)
    #expect(
      DoctorWords.program("rsync", path: nil, users: ["a", "b", "c", "d"], isOpen: false)
        == Finding(
          "rsync", .problem, "not in PATH, and needed by a, b, c and 1 more", remedy: "Install rsync on this machine."))
  }

  @Test func handedOver() {
    for finding in [Finding("a", .problem, "x \"y\"\n", remedy: "z"), Finding("b", .good, "")] { #expect(Finding(finding.json) == finding) }
    #expect(Finding(.null) == nil)
  }

  @Test func statuses() {
    let lost = HostReport(host: Host("a"), findings: [Finding("connection", .unreachable, "x")])
    let warned = HostReport(host: Host("a"), took: .zero, findings: [Finding("clock", .warning, "x")])
    #expect(Doctor.status([], [warned]) == .done)
    #expect(Doctor.status([], [warned, lost]) == .unreachable)
    #expect(Doctor.status([Finding("rsync", .problem, "x")], [lost]) == .failed)
  }

  @Test func asPeopleReadIt() {
    let text = DoctorText(palette: Palette(isOn: false))
    var well = HostReport(host: Host("web1"), took: .milliseconds(120), facts: HostFacts(Self.answer), clock: 0)
    var lost = HostReport(host: Host("web2"))
    lost.findings = [Finding("connection", .unreachable, "connection refused (10.0.0.2:22)", remedy: "Start sshd.")]
    var other = lost
    other.host = Host("web3")
    well.findings = [Finding("sudo", .warning, "asks", remedy: "Run with -K.")]
    let here = [
      Finding("Swift", .good, "6.3"), Finding("open files", .warning, "24", remedy: "ulimit -n 1024"), Finding("ssh", .note, "old"),
    ]
    #expect(
      text.here(here) == """
        this machine
          ok    Swift       6.3
          warn  open files  24
          note  ssh         old

        """)
    // A terminal's lines are broken between words.
    #expect(
      DoctorText(palette: Palette(isOn: false), columns: 55).here([
        Finding("ssh", .note, "before 9.6 it hands names to the shell of a proxy")
      ]) == """
        this machine
          note  ssh  before 9.6 it hands names to the shell of
                     a proxy

        """)
    #expect(
      text.table([well, lost, other], title: "3 hosts of production") == """

        3 hosts of production
                host  reached  login   sudo  home    /tmp  clock  not there
          warn  web1  0.12 s   deploy  asks  410 MB  1 MB  none   rsync, python3
          fail  web2  no
          fail  web3  no

        """)
    #expect(
      text.whatToDo(here, [well, lost, other]) == """

        what to do
          fail  web[2-3]: connection refused (10.0.0.2:22)
                Start sshd.
          warn  open files: 24
                ulimit -n 1024
          warn  web1: sudo: asks
                Run with -K.

        2 hosts not reached, 2 warnings: a deploy would be stopped

        """)
    #expect(text.whatToDo([here[0], here[2]], []) == "\nall is well\n")
  }
}
