import TestSupport
import Testing

extension SSHProject {
  init(_ hosts: [RemoteHost], variables: String = "") throws {
    try self.init(faultsDeployfile, hosts: hosts, variables: variables)
    try #require(Self.isCompiled, "the Deployfile does not compile")
  }

  /// Compiled once, before the first test looks at what a run does.
  private static let isCompiled = (try? Project(faultsDeployfile).run("--list", environment: [:]).status) == 0
}

/// One Deployfile for all rows, so that it is compiled once.
let faultsDeployfile = #"""
  import Tasks

  let dir: Text = "\(host: .variable("dir"))"
  let value = Captured("value")
  let label = Parameter<String>("release", "of the site")
  let size = Parameter<Int>("size", "of the script, in bytes")

  func row(_ name: String, @Steps _ steps: @escaping @Sendable () -> [Step]) -> TaskDefinition {
    task(name, "Steps of a row") { hosts("all") { parallel { within(dir) { steps() } } } }
  }

  let touches = row("touches") { run("echo x >>counter; echo out; echo err >&2").named("s") }
  let phases = task("phases", "Two phases, the first of which can be held up") {
    hosts("all") {
      parallel {
        within(dir) {
          run("echo x >>counter; echo before; echo $$ >pid; until [ -e go ]; do sleep 0.05; done; echo after").named("s")
        }
      }
      parallel { within(dir) { run("echo x >>counter2").named("later") } }
    }
  }
  let rolls = task("rolls", "Host after host, taken back where it fails") {
    attempt {
      hosts("all") {
        serially {
          within(dir) {
            run("echo new >version").named("switch")
            run("echo $$ >pid; until [ -e go ]; do sleep 0.05; done").named("s")
          }
        }
      }
    } onFailure: {
      hosts("all") { parallel { within(dir) { run("echo x >>back; echo old >version").named("back") } } }
    }
  }

  let exit255 = row("exit255") { run("echo x >>counter; exit 255").named("s") }
  let signalled = row("signalled") {
    run("echo x >>counter; kill -9 $$").named("killed").ignoringFailure()
    run("echo x >>counter; kill -s SEGV $$").named("s")
  }
  let hangs = row("hangs") {
    run("echo x >>counter; echo partial; echo $$ >pid; sleep 600 & echo $! >pid2; wait").named("s").retry(3, every: .zero)
    run("echo x >>counter").named("next")
  }
  let dash = row("dash") { run("-oProxyCommand='touch ran'").named("s") }
  let talks = row("talks") {
    run(
      """
      echo x >>counter; echo $$ >pid
      until [ -e go ]; do sleep 0.05; done
      i=0; while [ $i -lt 16 ]; do i=$((i + 1)); printf '%0300d\\n' $i; sleep 0.7; done
      """
    ).named("s")
  }
  let big = task("big", "Steps that are large", size) { size in
    hosts("all") {
      parallel {
        within(dir) {
          run("echo x >>counter; printf %s \(String(repeating: "x", count: size)) | wc -c >>size").named("one")
          run("echo x >>counter; printf %s \(String(repeating: "it's ", count: size / 5)) | wc -c >>size").named("s")
        }
      }
    }
  }
  let eats = row("eats") {
    run("echo x >>counter; cat >eaten").named("s")
    run("echo x >>counter").named("next")
    run("echo x >>counter").named("last")
  }
  let captures = row("captures") {
    capture("printf 'one \\n\\n it'\\''s\\ttwo\\n\\n'", as: value)
    run("printf %s \(value) >value; echo out; echo err >&2").named("s")
  }
  let words = row("words") {
    for (number, word) in hardWords.enumerated() { run("printf %s \(word) >\(number)") }
  }
  let hardWords = [
    "a b", "'", "\"", "$(touch ran)", "`touch ran`", "*", "~", "!", "!x", "\\", "a\nb\n", "-n", "", "\u{7}\u{1B}[31m", "%s%d", "#x", "a'\\''b",
    String(repeating: "100 KiB: it's \\ \n", count: 6000),
  ]
  let daemon = row("daemon") {
    run("sleep 600 & echo $! >pid; echo started").named("s")
    run("echo x >>counter").named("next")
  }
  let endless = row("endless") {
    run("echo x >>counter; echo $$ >pid; sleep 100000 & echo $! >pid2; wait").named("s").timeout(.seconds(2))
    run("echo x >>counter").named("next")
  }
  let stubborn = row("stubborn") {
    run("echo x >>counter; trap '' TERM; echo $$ >pid; while :; do sleep 0.2; done").named("s").timeout(.seconds(1))
  }
  let sends = row("sends") {
    upload("big.bin", to: "big.bin").named("s")
    run("echo x >>counter").named("next")
  }
  let outputs = row("outputs") {
    run("printf '\\033]0;title\\007red \\033[31mtext\\033[0m\\n10%%\\r20%%\\rdone\\nnul \\000 byte \\377\\n\\303'; sleep 0.1; printf '\\244 split\\nlast'").named("s")
  }
  let app: Text = "\(host: .variable("dir"))/app"
  let site = ReleaseFolder("site", root: app)
  let switches = task("switches", "Makes a release live that is there", label) { label in hosts("all") { site.activate(label) } }
  let prunes = task("prunes", "Remove old releases") { hosts("all") { site.prune(keep: 1) } }
  let puts = row("puts") {
    upload("small", to: "app/small").named("upload").ignoringFailure()
    run("echo more >app/more").named("write").ignoringFailure()
    run("cp /bin/true app/program && app/program").named("s")
  }
  let hook = Secret.environment("HOOK")
  let tells = task("tells", "Tells somebody, and goes on") {
    notify(.webhook("\(hook)", headers: ["X-Token": "\(Secret.environment("TOKEN"))"]), "hello")
    hosts("all") { within(dir) { run("echo x >>counter").named("s") } }
  }
  let syncs = row("syncs") {
    run("echo x >>counter; ps -o ppid= -p $PPID >sshd; echo $$ >pid; if [ -e before ]; then . ./before; fi").named("s")
    sync("tree", to: "tree").named("sync")
    run("echo x >>counter").named("after")
  }
  let syncsLater = task("syncs-later", "A sync in the second phase") {
    hosts("all") {
      parallel {
        within(dir) { run("ps -o ppid= -p $PPID >sshd; echo x >>counter; until [ -e go ]; do sleep 0.05; done").named("s") }
      }
      parallel { within(dir) { sync("tree", to: "tree").named("sync") } }
    }
  }
  let syncsOften = row("syncs-often") {
    for number in 1...30 {
      run("echo \(number) >>counter").named("step \(number)")
      if number % 10 == 0 { sync("tree", to: "tree\(number)").named("sync \(number)") }
    }
  }
  let unit = task("unit", "Restarts a unit") {
    hosts("all") {
      within(dir) {
        restart(.unit("shop", stableFor: .seconds(2), within: .seconds(4))).named("s")
        run("echo x >>counter").named("next")
      }
    }
  }
  let pidfiles = row("pidfiles") {
    run(
      """
      sh -c 'trap "echo x >>counter" HUP; echo $$ >good; while :; do sleep 0.1; done' >/dev/null 2>&1 </dev/null &
      sh -c 'echo $$' >stale; : >empty; echo 12x >garbage; echo -1 >negative; ln -s good link; ln -s /etc/passwd foreign
      while [ ! -s good ]; do sleep 0.1; done
      """)
    for file in ["empty", "stale", "garbage", "negative", "missing", "foreign"] {
      restart(.signal(.term, pidfile: Text(file))).named(file).ignoringFailure()
    }
    // A number that another program has now.
    restart(.signal(.term, pidfile: "good", program: "gunicorn")).named("reused").ignoringFailure()
    restart(.signal(.hup, pidfile: "link", program: "sh")).named("link")
    waitFor(.command("test -s counter"), within: .seconds(30)).named("arrived")
    stop(.signal(.term, pidfile: "good")).named("s")
  }
  let forged = row("forged") {
    run("printf '\\036%s e 1 0\\n\\036\\036 z\\n' 0123456789abcdef0123456789abcdef; printf '\\033]0;x\\007\\n'; echo x >>counter; exit 4").named("s")
  }
  let deployfile = Deployfile {
    environment("test", inventory: "inventory.ini")
    touches; phases; rolls; exit255; signalled; hangs; dash
    talks; big; eats; captures; words; daemon; endless; stubborn; sends; outputs
    switches; puts
    prunes; tells; syncs; syncsLater; syncsOften; unit; pidfiles; forged
    site.tasks(
      on: "all", from: { .archive("\($0).tar") },
      restart: .command("cd \(dir); echo x >>restarts; [ ! -e stuck-on-$(cat app/current/content) ]"),
      check: .command("cd \(dir); [ ! -e sick ] && [ ! -e sick-of-$(cat app/current/content) ]"), within: .seconds(1), keep: 1)
  }
  """#
