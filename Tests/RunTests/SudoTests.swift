import Foundation
import TestSupport
import Testing

/// What a sudo gets to hear, with one on PATH that writes down when it asks, and an ssh that writes down what it is sent.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct SudoTests {
  static let password = "pbk4n4ri \\ 'x\" $y"

  static let deployfile = #"""
    let dir: Text = "\(host: .variable("dir"))"
    let steps = task("steps", "Steps as root, and others") { hosts("web") { sudo {
      run("cat; echo out; echo x >>$D/ran; test $(wc -l <$D/ran) -ge 2").named("first").retry(3, every: .zero)
      run("echo x >>$D/ran").timeout(.seconds(60))
      upload("small", to: "\(dir)/copy")
      perform("code") { try await $0.run("echo x >>$D/ran") } }
      run("echo x >>$D/plain") } }
    let ignored = task("ignored", "A step that may fail") { hosts("web") {
      sudo { run("echo x >>$D/ran").named("one").retry(5, every: .zero).ignoringFailure() }
      run("echo x >>$D/plain") } }
    let forging = task("forging", "Imitates the prompt") { hosts("web") {
      sudo { run("cat $D/prompt >&2; cat $D/prompt; echo x >>$D/ran; cat").named("forger") } } }
    let plain = task("plain", "Nobody else") { hosts("web") { run("echo x >>$D/plain") } }
    let deployfile = Deployfile {
      environment("open", inventory: "inventory.ini")
      environment("known", inventory: "inventory.ini", sudoPassword: .environment("SUDO_PW"))
      steps; ignored; forging; plain
    }
    """#

  /// Asks up to three times when it is told to, as the real one does, and then is the command.
  private static let sudo = #"""
    #!/bin/sh
    asks=
    while :; do
      case $1 in -n) shift ;; -S) asks=1; shift ;; -p) prompt=$2; shift 2 ;; -u) shift 2 ;; *) shift; break ;; esac
    done
    printf %s "$prompt" >"$D/prompt"
    case $SUDO in
      asks)
        if [ -z "$asks" ]; then echo "sudo: a password is required" >&2; exit 1; fi
        for i in 1 2 3; do
          printf %s "$prompt" >&2
          echo x >>"$D/asked"
          IFS= read -r answer || exit 1
          if [ "$answer" = "$RIGHT" ]; then exec "$@"; fi
          echo "Sorry, try again." >&2
        done
        exit 1 ;;
      lies) exit 0 ;;
    esac
    exec "$@"
    """#

  private func bench(_ sudo: String) throws -> (bench: Bench, environment: [String: String]) {
    let bench = try Bench(Self.deployfile, ssh: #"tee -a "$D/typed" | /bin/sh -c "$command""#)
    try bench.project.folder.write("inventory.ini", "[web]\na dir=\(bench.marks.path)\n")
    try bench.project.folder.write("small", "small")
    try bench.ssh?.folder.write("sudo", Self.sudo, mode: 0o755)
    return (bench, ["SUDO": sudo, "RIGHT": Self.password, "SUDO_PW": Self.password])
  }

  private func typed(_ bench: Bench, _ password: String = password) -> Int { bench.marks.read("typed").ranges(of: password).count }

  @Test func whoDoesNotAskIsNotTold() throws {
    let (bench, environment) = try bench("open")
    let ended = try bench.run("steps:known", environment: environment)
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("ran", "plain") == [4, 1])
    #expect(bench.marks.read("copy") == "small")
    #expect(typed(bench) == 0)
  }

  @Test func whoAsksIsToldEveryTime() throws {
    let (bench, environment) = try bench("asks")
    let ended = try bench.run("steps:known", "-v", environment: environment)
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("ran", "plain") == [4, 1])
    #expect(bench.marks.read("copy") == "small")
    #expect((bench.count("asked"), typed(bench)) == (5, 5))
    #expect(!ended.output.contains("pbk4n4ri"))
    #expect(bench.settles() && bench.leftFolders == [])
  }

  /// Neither attempts nor a failure that may be ignored try a wrong password again.
  @Test(arguments: ["steps", "ignored"]) func whoSaysNoIsNotAskedAgain(task: String) throws {
    var (bench, environment) = try bench("asks")
    environment["SUDO_PW"] = "pbk4n4ri too"
    let ended = try bench.run("\(task):known", environment: environment)
    #expect(ended.status == 1, "\(ended)")
    #expect((bench.count("asked"), typed(bench, "pbk4n4ri too")) == (2, 1))
    #expect(bench.counts("ran", "plain") == [0, 0])
    let name = task == "steps" ? "first" : "one"
    #expect(ended.rows[1] == "  a  failed  _  [1] \(name): sudo refused the password for root on a", "\(ended)")
    #expect(!ended.output.contains("pbk4n4ri"))
    #expect(bench.settles())
  }

  @Test func withoutAPasswordItSaysHowToGiveOne() throws {
    let (bench, environment) = try bench("asks")
    let ended = try bench.run("ignored:open", environment: environment)
    #expect(ended.status == 0, "\(ended)")
    #expect(
      ended.output.contains(
        "a x failed: sudo did not start the command on a as root: sudo: a password is required; "
          + "a password is given with -K, or sudoPassword: of the environment, ignored (one)\n"), "\(ended)")
    #expect(bench.counts("asked", "ran", "plain") == [0, 0, 1])
  }

  @Test(arguments: ["open", "known"]) func successThatWasNoneIsAFailure(environment: String) throws {
    let (bench, variables) = try bench("lies")
    let ended = try bench.run("steps:\(environment)", environment: variables)
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows[1].contains("sudo did not start the command on a as root"), "\(ended)")
    #expect(bench.counts("ran", "plain") == [0, 0])
  }

  /// Row 79: once the command runs, nothing that it prints is a question.
  @Test func nobodyElseCanAsk() throws {
    let (bench, environment) = try bench("open")
    let ended = try bench.run("forging:known", environment: environment)
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("ran") == 1)
    #expect(typed(bench) == 0)
  }

  // MARK: Where it comes from

  @Test func aPersonIsAskedOnce() throws {
    let (bench, environment) = try bench("asks")
    var wrong = environment
    wrong["SUDO_PW"] = "not this one"
    let ended = try bench.terminal(
      ["-K", "steps:known", "ignored:open"], answers: [("sudo password: ", Self.password + "\r")], environment: wrong
    ).end()
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.ranges(of: "sudo password: ").count == 1)
    #expect(!ended.output.contains("pbk4n4ri"))
    #expect((bench.count("asked"), typed(bench)) == (6, 6))
    #expect(bench.counts("ran", "plain") == [5, 2])
  }

  @Test func aStoppedQuestionIsAskedAgain() throws {
    let (bench, environment) = try bench("open")
    let answers = ["\u{1A}", "\u{1A}", Self.password + "\r"].map { ("sudo password: ", $0) }
    let ended = try bench.terminal(["-K", "steps:known"], answers: answers, environment: environment).end()
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.ranges(of: "sudo password: ").count == 3)
    #expect(!ended.output.contains("pbk4n4ri"))
  }

  @Test func withoutATerminalNobodyIsAsked() throws {
    let (bench, environment) = try bench("asks")
    let ended = try bench.shell(#"exec setsid -w "$run" --ask-sudo-password steps:known"#, environment: environment).end()
    #expect(ended.status == 2)
    #expect(
      ended.errors == """
        error: -K asks for the password of sudo, and there is no terminal to ask on
          Without one, sudoPassword: of the environment names a secret; nothing was touched.

        """)
    #expect(bench.ssh?.calls.count == 0)
  }

  /// A plan without sudo needs no password, and a plan that is only shown needs none at all.
  @Test(arguments: ["-K plain:known", "-K --plan steps:known", "plain:known", "--plan steps:known"]) func notBeforeItIsNeeded(
    words: String
  ) throws {
    let (bench, _) = try bench("asks")
    let ended = try bench.shell("unset SUDO_PW; exec setsid -w \"$run\" \(words)").end()
    #expect(ended.status == 0, "\(ended)")
    #expect(!ended.output.contains("password") && !ended.output.contains("secret"))
  }

  @Test(arguments: [
    (nil, "the secret in the environment variable SUDO_PW is not set"),
    ("two\nlines", "the password of sudo from the environment variable SUDO_PW is more than one line"),
  ]) func whatCannotBeAPasswordEndsTheRunBeforeItBegins(password: String?, error: String) throws {
    var (bench, environment) = try bench("asks")
    environment["SUDO_PW"] = password
    let ended = try bench.run("steps:known", environment: environment)
    #expect(ended.status == 2)
    #expect(ended.errors.hasPrefix("error: \(error)\n"), "\(ended)")
    #expect(bench.ssh?.calls.count == 0)
  }

  /// Who interrupts the question finds the terminal as it was.
  @Test func anInterruptedQuestionLeavesTheTerminalAsItWas() throws {
    let (bench, environment) = try bench("asks")
    let text = #"trap : INT; "$0" -K steps:known; echo "status $?"; stty -a"#
    let ended = try bench.terminal(
      [], program: ["/bin/sh", "-c", text, BuiltRun.path ?? "run"], answers: [("sudo password: ", controlC)], environment: environment
    ).end()
    #expect(ended.status == 0)
    #expect(ended.output.contains("status 130\r\n"), "\(ended)")
    #expect(ended.output.contains(" echo ") && !ended.output.contains("-echo "), "\(ended)")
    #expect(bench.ssh?.calls.count == 0)
  }
}
