// Where secrets come from, and the three ways in which they get to a host: a file, the environment of a command, an argument.
import Tasks

let root: Text = "\(host: .variable("root"))"

/// From the CI, or from the shell of whoever deploys.
let apiToken = Secret.environment("API_TOKEN")
/// From a password manager: what the command prints, which is started only when a run needs it.
let databasePassword = Secret.command("bin/password-manager database")
/// Typed by a person, unseen; only the tasks that use it ask.
let masterKey = Secret.prompt("the master key")

let configure = task("configure", "Write the configuration with its secrets, for the application's eyes only") {
  hosts("app") {
    run("mkdir -p \(path: root)").idempotent()
    render(
      "templates/app.env", to: "\(root)/app.env", values: ["password": "\(databasePassword)", "token": "\(apiToken)"], mode: 0o600)
  }
}

let migrate = task("migrate", "Migrate the database: the password is in the environment of the command, and nowhere else") {
  hosts("app") {
    with(["DATABASE_PASSWORD": "\(databasePassword)"]) {
      run("test -n \"$DATABASE_PASSWORD\" && echo migrated").once().named("migrate")
    }
  }
}

let announce = task("announce", "Call something with a token; what it prints is masked as well") {
  hosts("app") {
    within(root) { run("printf 'Authorization: Bearer %s\\n' \(apiToken) | tee called.log").once().named("announce") }
  }
}

let unlock = task("unseal", "Needs a person, who types the key") {
  hosts("app") { run("printf %s \(masterKey) | wc -c").named("unseal") }
}

let deployfile = Deployfile {
  environment("local", inventory: "inventory/local.ini")
  environment("production", inventory: "inventory/production.ini", protected: true, sudoPassword: .command("bin/password-manager sudo"))
  configure
  migrate
  announce
  unlock
}
