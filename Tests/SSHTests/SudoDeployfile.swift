/// What users may do through sudo, once where nobody knows a password and once where an environment does.
let sudoDeployfile = #"""
  import Tasks

  let dir: Text = "\(host: .variable("dir"))"
  let captured = Captured("captured")
  let token = Secret.environment("TOKEN")

  func row(_ name: String, @Steps _ steps: @escaping @Sendable () -> [Step]) -> TaskDefinition {
    task(name, "A row of the table") { hosts("all") { parallel { within(dir) { steps() } } } }
  }

  let everything = row("everything") {
    sudo { run("id -un; cat; echo read $?").named("root") }
    run("id -un").named("self")
    sudo(as: "pbdash") { run("id -un").named("other") }
    sudo { run("exit 126").named("126").ignoringFailure() }
    sudo { run("exit 1").named("1").ignoringFailure() }
    sudo { run("echo x >>tries; test $(wc -l <tries) -ge 3").named("tries").retry(5, every: .zero) }
    sudo { when("test -r /etc/shadow") { run("echo yes").named("yes") } else: { run("echo no").named("no") } }
    sudo { when("test -r /no/such") { run("echo yes").named("yes2") } else: { run("echo no").named("no2") } }
    sudo { capture("printf 'it'\\''s %s' $(id -un)", as: captured).named("capture") }
    run("printf %s \(captured) >captured")
    sudo { run("printf %s \(token) | tr a-z A-Z").named("secret").timeout(.seconds(100)) }
    sudo { upload("small", to: "owned").named("upload") }
    sudo { render("template", to: "rendered", values: ["what": "\(captured)"]).named("render") }
    sudo { run("chmod 600 owned; ls owned").named("hide") }
    sudo { download("owned", to: "down/\(host: .name)").named("download") }
    sudo { perform("perform") { session in
      let who = try await session.capture("id -un")
      try await session.run("echo \(who) >>performed; id -un >>performed")
    } }
    run("echo end").named("end")
  }
  // What a step starts, a daemon for example, must not hold what is ours.
  let inherits = row("inherits") {
    let show = "for number in 4 5 6 7 8 9; do if [ -e /proc/self/fd/$number ]; then echo $number; fi; done; echo end"
    run("\(raw: show)").named("plain")
    run("\(raw: show); : \(token)").named("secret")
    run("\(raw: show)").named("limited").timeout(.seconds(60))
    sudo { run("\(raw: show)").named("sudo") }
    sudo { run("\(raw: show); : \(token)").named("sudo secret").timeout(.seconds(60)) }
    capture("\(raw: show)", as: captured).named("captured")
    sudo { capture("\(raw: show)", as: captured).named("sudo captured") }
  }
  let hangs = row("hangs") {
    sudo { run("echo x >>counter; echo $$ >pid; sleep 600 & echo $! >pid2; wait").named("s").retry(3, every: .zero) }
    run("echo x >>counter").named("next")
  }
  let dies = row("dies") {
    run("echo x >>counter; echo $$ >pid; kill -s KILL $PPID; sleep 600").named("s").retry(3, every: .zero)
    sudo { run("echo x >>counter").named("next") }
  }
  let limited = row("limited") {
    sudo { run("trap '' TERM; echo $$ >pid; sleep 600 & echo $! >pid2; wait; sleep 600").named("s").timeout(.seconds(1)) }
    run("echo x >>counter").named("next")
  }
  let waits = row("waits") {
    sudo { run("echo $$ >pid; while [ ! -f go ]; do sleep 0.1; done; echo x >>counter").named("s") }
    run("echo x >>counter").named("next")
    sudo { run("echo x >>counter").named("last") }
  }
  let tries = row("tries") {
    sudo { run("echo x >>counter").named("s").retry(3, every: .zero).ignoringFailure() }
    run("echo x >>counter").named("next")
    sudo { run("echo x >>counter").named("last") }
  }
  let sends = row("sends") { sudo { upload("small", to: "owned").named("s").retry(3, every: .zero).ignoringFailure() } }
  let performs = row("performs") {
    sudo { perform("s") { session in
      do { try await session.run("echo x >>counter") } catch { try await session.run("echo x >>counter") }
    }.retry(3, every: .zero) }
  }
  let asks = row("asks") {
    sudo { when("true") { run("echo x >>counter") } else: { run("echo x >>counter") } }
    run("echo x >>counter").named("next")
  }
  let syncs = row("syncs") { sudo { sync("tree", to: "tree").named("s") } }
  let twice = row("twice") {
    sudo { run("id -un").named("first") }
    sudo { run("id -un").named("second") }
  }
  let forget = row("forget") { run("sudo -k") }

  let deployfile = Deployfile {
    environment("unknown", inventory: "inventory.ini")
    environment("known", inventory: "inventory.ini", sudoPassword: .environment("SUDO_PASSWORD"))
    everything; inherits; hangs; dies; limited; waits; tries; sends; performs; asks; syncs; twice; forget
  }
  """#
