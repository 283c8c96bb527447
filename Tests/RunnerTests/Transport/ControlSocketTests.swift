import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct ControlSocketTests {
  private let scratch = Scratch()

  private func folder(_ name: String, mode: mode_t = 0o700) -> String {
    let path = "\(scratch.path)/\(name)"
    mkdir(path, 0o700)
    chmod(path, mode)
    return path
  }

  @Test func namesCannotBeGuessed() throws {
    let first = try #require(ControlSocket(in: "/tmp/x")), second = try #require(ControlSocket(in: "/tmp/x"))
    // 64 random bits.
    #expect(first.path.wholeMatch(of: #//tmp/x/[0-9a-f]{16}/#) != nil)
    #expect(first != second)
  }

  @Test func thePathIsShortEnoughForEverySystem() {
    // 1 + 16 bytes for the name, 86 in all.
    #expect(ControlSocket(in: "/" + String(repeating: "a", count: 68))?.path.utf8.count == 86)
    #expect(ControlSocket(in: "/" + String(repeating: "a", count: 69)) == nil)
    #expect(ControlSocket(in: "/" + String(repeating: "é", count: 34)) == nil)
  }

  @Test(arguments: ["/a b", "/a%h", "/a$HOME", "/~", "/a\"b", "/a'b", "/a\\b", "/a\nb", "/a=b", "/é"])
  func aNameThatSSHReadsInAnotherWayIsNone(folder: String) { #expect(ControlSocket(in: folder) == nil) }

  @Test func theFolderMustBeOursAlone() throws {
    func problem(_ path: String) -> ControlSocket.Problem? {
      do throws(ControlSocket.Problem) {
        try ControlSocket(in: path)?.check()
        return nil
      } catch { return error }
    }
    // The folder of a test has a longer name than that of a run.
    let short = "/tmp/pb-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createSymbolicLink(atPath: short, withDestinationPath: scratch.path)
    defer { unlink(short) }
    #expect(ControlSocket(in: "\(short)/good") != nil)
    _ = folder("good")
    #expect(problem("\(short)/good") == nil)
    for mode: mode_t in [0o777, 0o755, 0o770, 0o710, 0o701, 0o500, 0o600] {
      _ = folder("mode", mode: mode)
      #expect(problem("\(short)/mode") == .notPrivate("\(short)/mode"), "\(String(mode, radix: 8))")
    }
    try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/link", withDestinationPath: "\(scratch.path)/good")
    #expect(problem("\(short)/link") == .notPrivate("\(short)/link"))
    try scratch.write("file", "", mode: 0o700)
    #expect(problem("\(short)/file") == .notPrivate("\(short)/file"))
    #expect(problem("\(short)/missing") == .missing("\(short)/missing"))
    if geteuid() == 0 {
      chown(folder("other"), 65534, 65534)
      #expect(problem("\(short)/other") == .notPrivate("\(short)/other"))
    }
  }

  static let words = SSHTransportTests.options([
    "BatchMode=yes", "IgnoreUnknown=SessionType,StdinNull,ForkAfterAuthentication", "RemoteCommand=none", "SessionType=default",
    "StdinNull=no", "ForkAfterAuthentication=no", "ClearAllForwardings=yes", "ExitOnForwardFailure=no", "PermitLocalCommand=no",
    "ForwardX11=no", "Tunnel=no", "VisualHostKey=no", "UpdateHostKeys=no", "ConnectionAttempts=1",
  ])

  @Test func aSharedConnectionIsStartedOnPurpose() throws {
    let socket = try #require(ControlSocket(in: "/tmp/x"))
    let words = SSHTransportTests.transport.sharing(over: socket).arguments(for: try SSHDestination(.init("web1")), log: "l")
    let master = SSHTransportTests.options(["ControlMaster=yes", "ControlPath=\(socket.path)", "ControlPersist=no"])
    #expect(words == ["ssh", "-T"] + Self.words + master + SSHTransportTests.strict + SSHTransportTests.timing)
  }

  @Test func withoutItThereIsNone() throws {
    let socket = try #require(ControlSocket(in: "/tmp/x"))
    let client = SSHTransportTests.options(["ForwardAgent=no", "LogLevel=INFO", "ControlMaster=no", "ProxyCommand=false"])
    #expect(SSHTransport.arguments(over: socket) == ["ssh", "-T", "-F", "none"] + Self.words + client + ["-S", socket.path])
  }
}
