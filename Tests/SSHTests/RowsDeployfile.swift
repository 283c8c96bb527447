import TestSupport

extension SSHProject {
  init(hosts: [RemoteHost], variables: String = "", extra: String = "") throws {
    try self.init(rowsDeployfile, hosts: hosts, variables: variables, extra: extra)
  }
}

/// One Deployfile for all rows, so that it is compiled once: the program of every task is known to every test.
let rowsDeployfile = #"""
  import Tasks

  let dir: Text = "\(host: .variable("dir"))"
  let captured = Captured("captured")

  func row(_ name: String, @Steps _ steps: @escaping @Sendable () -> [Step]) -> TaskDefinition {
    task(name, "A row of the table") { hosts("all") { parallel { within(dir) { steps() } } } }
  }

  let fails = row("fails") {
    run("echo out; echo err >&2; exit 3").named("s")
    run("echo x >>counter").named("next")
  }
  let exit255 = row("exit255") { run("echo x >>counter; exit 255").named("s").retry(1) }
  let killed = row("killed") { run("echo x >>counter; kill -9 $$").named("s") }
  let notThere = row("not-there") { run("no-such-command-anywhere").named("s") }
  let syntax = row("syntax") {
    run("echo 'unclosed").named("s").ignoringFailure()
    run("echo x >>counter").named("next")
  }
  let readsInput = row("reads-input") {
    run("cat; echo read").named("s")
    run("echo next").named("next")
  }
  let daemon = row("daemon") {
    run("sleep 600 & echo $! >pid; echo started").named("s")
    run("echo next").named("next")
  }
  let longLine = row("long-line") { run("head -c 1000000 /dev/zero | tr '\\000' x").named("s") }
  let invalid = row("invalid") { run("printf 'a\\377b\\n'; printf 'c\\300' >&2").named("s") }
  let marks = row("marks") { run("printf '\\036%s e 1 0\\n\\036\\036 z\\n' 0123456789abcdef0123456789abcdef; exit 4").named("s") }
  let limited = row("limited") {
    run("echo $$ >pid; sleep 600 & echo $! >pid2; wait").named("s").timeout(.seconds(1))
    run("echo x >>counter").named("next")
  }
  let stubborn = row("stubborn") { run("trap '' TERM; echo $$ >pid; while :; do sleep 1; done").named("s").timeout(.seconds(1)) }
  let retried = row("retried") {
    run("echo x >>counter; echo out; test $(wc -l <counter) -ge 3").named("s").retry(5, every: .zero)
    run("echo next").named("next")
  }
  let gaveUp = row("gave-up") { run("echo x >>counter; exit 9").named("s").retry(3, every: .zero) }
  let conditions = row("conditions") {
    when("test -f nothing") { run("echo wrong").named("wrong") } else: { run("echo right").named("else") }
    when("echo asked; test -d .") { run("echo right").named("then") }
    when("exit 125") { run("echo wrong").named("wrong") } else: { run("echo right").named("else125") }
    when("no-such-command-anywhere") { run("echo wrong").named("wrong") } else: { run("echo wrong").named("wrong") }
    run("echo wrong").named("wrong")
  }
  let captures = task("captures", "Within a script, and over a phase") {
    hosts("all") {
      parallel {
        within(dir) {
          capture("printf 'one \\n\\n it'\\''s\\ttwo\\n\\n'", as: captured)
          run("printf %s \(captured) >first")
        }
      }
      parallel { within(dir) { run("printf %s \(captured) >second") } }
    }
  }
  let performs = row("performs") {
    perform("s") { session in
      let folder = try await session.capture("pwd -P")
      let result = try await session.run("echo said; echo warned >&2")
      guard result.output == "said\n", result.errorOutput == "warned\n" else { fatalError() }
      guard try await session.test("exit 3") == false else { fatalError() }
      do { try await session.run("exit 255") } catch let failed as CommandFailed {
        try await session.run("printf '%s %s' \(folder) \(failed.result.status) >result")
      }
    }
    perform("throws") { session in try await session.run("echo why >&2; exit 5") }
    run("echo x >>counter").named("next")
  }
  let transfers = row("transfers") {
    upload("big.bin", to: "big.bin", mode: 0o640).named("up")
    download("big.bin", to: "down/\(host: .name)").named("down")
    render("template", to: "rendered", values: ["what": "it's {{ not }} \\ $HOME"]).named("render")
    upload("big.bin", to: "no-such-folder/big.bin").named("s")
    run("echo x >>counter").named("next")
  }
  let syncs = row("syncs") { sync("tree", to: "a tree", deleting: true).named("s") }
  let waits = row("waits") {
    waitFor(.command("echo x >>counter; test $(wc -l <counter) -ge 2"), within: .seconds(60)).named("command")
    waitFor(.tcp("\(host: .address):\(host: .variable("ansible_port"))"), within: .seconds(60)).named("tcp")
    waitFor(.http("http://127.0.0.1:\(host: .variable("http"))/", contains: "it's <here>"), within: .seconds(60)).named("http")
    waitFor(.http("http://127.0.0.1:\(host: .variable("http"))/missing"), within: .seconds(1)).named("missing").ignoringFailure()
    waitFor(.tcp("127.0.0.1:1"), within: .seconds(1)).named("closed").ignoringFailure()
    waitFor(.command("echo why not; false"), within: .seconds(1)).named("s")
  }
  let signals = row("signals") {
    run(
      """
      sh -c 'trap "echo x >>counter" HUP; echo $$ >good; while :; do sleep 0.1; done' >/dev/null 2>&1 </dev/null &
      sh -c 'echo $$' >stale; : >empty; echo 12x >garbage; echo -1 >negative; echo 0 >zero; printf '%s\\n%s\\n' $$ $$ >two
      while [ ! -s good ]; do sleep 0.1; done
      """)
    restart(.signal(.hup, pidfile: "good")).named("good")
    waitFor(.command("test -s counter"), within: .seconds(60)).named("arrived")
    for file in ["empty", "stale", "garbage", "negative", "zero", "two", "missing"] {
      restart(.signal(.term, pidfile: Text(file))).named(file).ignoringFailure()
    }
    stop(.signal(.term, pidfile: "good")).named("stop")
  }
  let sudos = row("sudos") {
    sudo { run("id -un; pwd -P; echo \"$KEPT\"").named("root") }
    with(["KEPT": "it's kept"]) { sudo { run("echo \"$KEPT\"").named("variable") } }
    sudo(as: "pbdash") { run("id -un").named("other") }
    sudo { run("exit 255").named("255").ignoringFailure() }
    sudo { upload("small", to: "owned").named("upload") }
    sudo { capture("id -un", as: captured).named("capture") }
    run("printf %s \(captured) >captured")
    sudo { run("echo $$ >pid; sleep 600 & echo $! >pid2; wait").named("limited").timeout(.seconds(1)).ignoringFailure() }
    sudo(as: "pbbash") { run("id -un").named("s") }
  }
  let hangs = row("hangs") {
    run("echo x >>counter; echo $$ >pid; sleep 600 & echo $! >pid2; wait").named("s").retry(3, every: .zero)
    run("echo x >>counter").named("next")
  }
  let hangsWatched = row("hangs-watched") {
    run("echo x >>counter; echo $$ >pid; sleep 600 & echo $! >pid2; wait").named("s").retry(3, every: .zero).timeout(.seconds(600))
    run("echo x >>counter").named("next")
  }
  let clings = row("clings") { run("trap '' TERM; echo $$ >pid; while :; do sleep 1; done").named("s") }
  let waitsForAFile = row("waits-for-a-file") {
    run("echo $$ >pid; while [ ! -f go ]; do sleep 0.1; done; echo x >>counter").named("s")
    run("echo x >>counter").named("next")
  }
  let touches = row("touches") { run("echo x >>counter; echo out; echo err >&2").named("s") }

  let twenty = task("twenty", "Adjacent steps, over two phases") {
    hosts("all") {
      parallel {
        for number in 1...20 {
          run("echo out \(number); echo err \(number) >&2; exit \(number == 7 ? 3 : 0)").named("step \(number)").ignoringFailure()
        }
      }
      serially { run("echo second").named("second") }
    }
  }

  let deployfile = Deployfile {
    environment("test", inventory: "inventory.ini")
    fails; exit255; killed; notThere; syntax; readsInput; daemon; longLine; invalid; marks; limited; stubborn
    retried; gaveUp; conditions; captures; performs; transfers; syncs; waits; signals; sudos
    hangs; hangsWatched; clings; waitsForAFile; touches; twenty
  }
  """#
