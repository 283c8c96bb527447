import Tasks
import Testing

@testable import Runner

/// What stands in files of other tools, and what only running them would tell.
@Suite struct ReaderTests {
  private func fabric(_ text: String) -> Found { FabricReader.read(Array(text.utf8), file: "f.py") }
  private func deployer(_ text: String) -> Found { DeployerReader.read(Array(text.utf8), file: "d.php") }

  private func capistrano(_ text: String, common: String = "") -> Found {
    CapistranoReader.read(common: [("deploy.rb", Array(common.utf8))], stages: [("production", "p.rb", Array(text.utf8))])
  }

  @Test(arguments: [
    ("env.hosts = ['a', \"u@b:22\"]", ["production:", "  a", "  u@b:22"]),
    ("env.hosts = ['a',\n  # a note\n  'b',\n]\nenv.user = 'u'", ["production:", "  u@a", "  u@b"]),
    ("HOSTS = ['a']\nenv.roledefs = {'web': HOSTS, 'db': ['a']}", ["production:", "  a web, db"]),
    ("env.hosts.append('a')\nenv.hosts += ['b']\nenv.hosts.extend(['c'])", ["production:", "  a", "  b", "  c"]),
    ("env['hosts'] = ['a']", ["production:", "  a"]),
    ("env.roledefs.update({'web': ['a']})", ["production:", "  a web"]),
    ("def production():\n    env.hosts = ['a']\nenv.hosts = ['b']", ["default:", "  b", "production:", "  a"]),
    ("@fabric.task(hosts=('a', 'b'))\ndef t(c): pass", ["production:", "  a", "  b"]),
    ("def t(c):\n    with Connection('a', port=2222) as remote:\n        remote.run('x')", ["production:", "  a:2222"]),
    ("web = Group('a', 'b')\nall = [Connection('c'), Connection('a')]", ["production:", "  a web", "  b web", "  c"]),
    ("env.hosts = ['web:22', 'web:23']", ["production:", "  web:22", "  web-23:23 = web"]),
    ("env.hosts = ['[::1]:22']", ["production:", "  ::1:22"]),
    ("env.hosts = []", []),
    ("", []),
  ])
  func fabricHosts(text: String, lines: [String]) {
    #expect(fabric(text).lines == lines)
    #expect(fabric(text).unread == [])
  }

  @Test(arguments: [
    ("env.hosts = hosts_of('web')", "f.py:1: env.hosts: hosts_of(\"web\")"),
    ("env.hosts = ['a'] + more", "f.py:1: env.hosts: [\"a\"]+more"),
    ("\nenv.roledefs = {'web': [f'{x}.example.com']}", "f.py:2: env.roledefs[\"web\"]: [\"{x}.example.com\"]"),
    ("env.hosts = ['a b']", "f.py:1: env.hosts: \"a b\""),
    ("Connection(name)", "f.py:1: Connection: name"),
    ("env.gateway = 'bastion'", "f.py:1: env.gateway: say ProxyJump in ~/.ssh/config, or in ansible_ssh_common_args"),
  ])
  func fabricUnread(text: String, unread: String) {
    #expect(fabric(text).lines == [])
    #expect(fabric(text).unread == [unread])
  }

  @Test(arguments: [
    ("server 'a', roles: %w{app web}", ["production:", "  a app, web"]),
    ("server('a', user: 'u', role: :db)", ["production:", "  u@a db"]),
    ("server 'u@a:2222', :app, :web, primary: true", ["production:", "  u@a:2222 app, web"]),
    ("role :app, 'a', 'b'\nrole :db, ['b']", ["production:", "  a app", "  b app, db"]),
    ("server 'a', roles: :all", ["production:", "  a"]),
    ("=begin\nserver 'x'\n=end\nserver 'a' # server 'y'\n", ["production:", "  a"]),
    ("name = 'a'; server name, roles: [:app]", ["production:", "  a app"]),
    ("text = <<-END\n  server 'x'\nEND\nserver 'a' if true", ["production:", "  a"]),
  ])
  func capistranoHosts(text: String, lines: [String]) {
    #expect(capistrano(text).lines == lines)
    #expect(capistrano(text).unread == [])
  }

  @Test func whatHoldsForEveryStage() {
    let found = capistrano(
      "server 'a', roles: %w[app]",
      common: "set :ssh_options, user: 'u', port: 23\nserver 'b', roles: %w[db]\nset :deploy_to, \"/srv/#{x}\"")
    #expect(found.lines == ["production:", "  u@a:23 app", "  u@b:23 db"])
    #expect(found.facts == ["deploy_to is \"/srv/#{x}\""])
  }

  @Test(arguments: [
    ("server ENV['HOST'], roles: %w[app]", "p.rb:1: server: ENV[\"HOST\"]"),
    ("%w[a b].each { |h| server \"#{h}.example.com\" }", "p.rb:1: server: \"#{h}.example.com\""),
    ("role :app, hosts_from_cloud(:app)", "p.rb:1: role app: hosts_from_cloud(\"app\")"),
  ])
  func capistranoUnread(text: String, unread: String) {
    #expect(capistrano(text).lines == [])
    #expect(capistrano(text).unread == [unread])
  }

  @Test(arguments: [
    ("host('a')->set('labels', ['stage' => 'prod', 'role' => 'web']);", ["prod:", "  a web"]),
    ("host('a')\n  ->stage('prod')\n  ->user('u')->port(23)->roles('app', 'web');", ["prod:", "  u@a:23 app, web"]),
    ("set('remote_user', 'u'); host('a', 'b')->setLabels([]);", ["production:", "  u@a", "  u@b"]),
    ("localhost()->roles('test');", ["production:", "  localhost local test"]),
    ("host('w[1:2]')->set('hostname', '10.0.0.1');", ["production:", "  w1 = 10.0.0.1", "  w2 = 10.0.0.1"]),
    ("$h = host('a'); $x->host('b'); function host($n) {}", ["production:", "  a"]),
  ])
  func deployerHosts(text: String, lines: [String]) {
    #expect(deployer("<?php\n" + text).lines == lines)
    #expect(deployer("<?php\n" + text).unread == [])
  }

  @Test(arguments: [
    ("host($name);", "d.php:2: host: $name"), ("host('a' . $domain);", "d.php:2: host: \"a\".$domain"),
    ("inventory('hosts.yml');", "d.php:2: inventory: \"hosts.yml\""), ("host(\"$x.example.com\");", "d.php:2: host: \"$x.example.com\""),
  ])
  func deployerUnread(text: String, unread: String) {
    #expect(deployer("<?php\n" + text).lines == [])
    #expect(deployer("<?php\n" + text).unread == [unread])
  }

  /// Whatever stands there, reading comes to an end, and says something or nothing.
  @Test(arguments: [
    "env.hosts = [", "'''", "server 'a", "host('a'", "%w[", "<<X", "/*", "((((", "}}})", "@", "env.", "web = Group(", "\\", ":",
  ])
  func brokenFiles(text: String) {
    _ = fabric(text)
    _ = capistrano(text)
    _ = deployer(text)
  }

  @Test(arguments: [
    ("[defaults]\ninventory=a,b/c ; note\n[other]\ninventory=d", ["a", "b/c"]), ("[defaults]\nhostfile = ./x/\n", ["x"]),
    ("inventory=a", []),
  ])
  func ansibleConfigurations(text: String, names: [String]) { #expect(AnsibleFinder.inventories(in: Array(text.utf8)) == names) }

  @Test(arguments: [
    ("hosts", "production"), ("inventory/staging.ini", "staging"), ("inventories/prod/hosts.yml", "prod"), ("hosts.ini", "production"),
    ("eu-west", "eu-west"),
  ])
  func environmentsAreCalledAfterFiles(path: String, name: String) { #expect(AnsibleFinder.environmentName(path) == name) }
}
