import Testing

@testable import Runner

/// What is made of a connection that has ended: a recorded log, and one sentence.
struct ProblemRow: CustomTestStringConvertible, Sendable {
  let log: String
  var exit = ChildExit.exited(255)
  var noise = ""
  var wasReady = false
  let words: String

  var testDescription: String { words }

  var problem: ConnectionProblem {
    ConnectionProblem(ConnectionProblem.Evidence(exit: exit, log: log, noise: noise, wasReady: wasReady))
  }
}

@Suite struct ConnectionProblemTests {
  static let reaching = [
    ProblemRow(log: RecordedLog.refused, words: "connection refused (127.0.1.1:1)"),
    ProblemRow(log: RecordedLog.refusedName, words: "connection refused (127.0.0.1:1)"),
    ProblemRow(log: RecordedLog.timedOut, words: "no connection within 10 s (127.0.0.1:56107)"),
    ProblemRow(log: RecordedLog.silent, words: "no SSH banner within 10 s (127.0.0.1:48197)"),
    ProblemRow(log: RecordedLog.unresolved, words: "cannot resolve no-such-host.invalid: Name or service not known"),
    ProblemRow(log: RecordedLog.bind, words: "cannot connect: bind 1.2.3.4: Cannot assign requested address (127.0.1.1:2222)"),
    ProblemRow(
      log: RecordedLog.configuration,
      words: "ssh's configuration is not valid: /k/config.config: line 1: Bad configuration option: nosuchoption"),
    ProblemRow(
      log: RecordedLog.configurationArguments,
      words: "ssh's configuration is not valid: /k/config2.config line 1: keyword port extra arguments at end of line"),
    ProblemRow(
      log: RecordedLog.configurationMissing,
      words: "ssh's configuration is not valid: Can't open user config file /k/missing.config: No such file or directory"),
    ProblemRow(
      log: "", noise: "command-line line 0: Bad port 'abc'.\r\n",
      words: "ssh's configuration is not valid: command-line line 0: Bad port 'abc'."),
    ProblemRow(
      log: RecordedLog.noCipher,
      words:
        "ssh and the host cannot agree: no matching cipher found. Their offer: chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com"
    ),
    ProblemRow(
      log: RecordedLog.throttled, words: "the server dropped the connection before it said who it is: Exceeded MaxStartups (127.0.5.1:2222)"
    ),
    ProblemRow(log: RecordedLog.closedEarly, words: "the server dropped the connection before it said who it is (127.0.0.1:41561)"),
    ProblemRow(log: RecordedLog.notSSH, words: "this is no SSH server (127.0.0.1:53899), it says: HTTP/1.1 400 Bad Request"),
    ProblemRow(log: RecordedLog.closedInKeyExchange, words: "the connection was reset"),
    ProblemRow(log: RecordedLog.garbled, words: "a packet arrived damaged (message authentication code incorrect)"),
  ]
  static let identity = [
    ProblemRow(
      log: RecordedLog.unknownKey,
      words:
        "the host key of [127.0.1.1]:2222 is not known (ED25519 SHA256:XwGUmoKH+Rt+r+pVqNRBH0rALoJuhgIcyjONWLWq8Ac): compare it with the host's own, then add it to known_hosts by connecting once with ssh, or accept it with --accept-new-host-keys"
    ),
    ProblemRow(
      log: RecordedLog.changedKey,
      words:
        "THE HOST KEY OF [127.0.1.1]:2222 HAS CHANGED (now ED25519 SHA256:XwGUmoKH+Rt+r+pVqNRBH0rALoJuhgIcyjONWLWq8Ac, another one stands in /k/changed:1): somebody may be between you and the host; if you know why it changed, remove the old one with ssh-keygen -R '[127.0.1.1]:2222' -f '/k/changed'"
    ),
    ProblemRow(
      log: RecordedLog.revokedKey,
      words:
        "the host key of [127.0.1.1]:2222 is revoked (ED25519 SHA256:XwGUmoKH+Rt+r+pVqNRBH0rALoJuhgIcyjONWLWq8Ac): it may have been stolen"),
    ProblemRow(
      log: RecordedLog.denied,
      words:
        "permission denied (publickey) as root; keys tried: /k/other, /k/pem, /k/other2; cannot read /k/missing: No such file or directory"),
    ProblemRow(log: RecordedLog.deniedWithoutKeys, words: "permission denied (publickey) as root; no key was tried"),
    ProblemRow(
      log: RecordedLog.deniedWithoutKeys, noise: "Warning: Identity file /k/missing not accessible: No such file or directory.\n",
      words: "permission denied (publickey) as root; no key was tried; cannot read /k/missing: No such file or directory"),
    ProblemRow(
      log: RecordedLog.openKey,
      words:
        "permission denied (publickey) as root; keys tried: /k/good_open; /k/good_open is ignored because others may read it (mode 0644): chmod 600 /k/good_open"
    ),
    ProblemRow(
      log: RecordedLog.encryptedKey,
      words:
        "permission denied (publickey) as root; keys tried: /k/good_enc; /k/good_enc has a passphrase, and no agent holds it: ssh-add /k/good_enc"
    ),
    ProblemRow(
      log: RecordedLog.encryptedPEM,
      words: "permission denied (publickey) as root; no key was tried; /k/encpem has a passphrase, and no agent holds it: ssh-add /k/encpem"
    ),
    ProblemRow(
      log: RecordedLog.lostKey,
      words: "permission denied (publickey) as root; keys tried: /k/good_lost; cannot read /k/good_lost: No such file or directory"),
    ProblemRow(
      log: RecordedLog.garbageKey,
      words: "permission denied (publickey) as root; no key was tried; cannot load /k/garbage: error in libcrypto"),
    ProblemRow(log: RecordedLog.deniedAgent, words: "permission denied (publickey) as root; keys tried: /k/other, agent me@laptop"),
    ProblemRow(
      log: RecordedLog.tooManyKeys,
      words:
        "permission denied after too many keys as root; keys tried: /k/other, agent me@laptop, agent me@laptop-0, agent me@laptop-1, agent me@laptop-2, agent me@laptop-3; name the right one in ansible_ssh_private_key_file, and set IdentitiesOnly=yes"
    ),
    ProblemRow(
      log: RecordedLog.agentRefuses,
      words:
        "permission denied (publickey) as root; keys tried: /k/good_enc; the agent does not sign with /k/good_enc: agent refused operation"),
  ]
  static let jumps = [
    ProblemRow(
      log: RecordedLog.throttledJump,
      noise: "kex_exchange_identification: read: Connection reset by peer\r\nConnection reset by 127.0.5.1 port 2222\r\n",
      words: "the jump host 127.0.5.1: the server dropped the connection before it said who it is (127.0.5.1:2222)"),
    ProblemRow(
      log: RecordedLog.throttledBehindJump, words: "the server dropped the connection before it said who it is: Exceeded MaxStartups"),
    ProblemRow(
      log: RecordedLog.throttledBehindJump, noise: "Welcome to the jump host\n",
      words: "the server dropped the connection before it said who it is: Exceeded MaxStartups"),
    ProblemRow(
      log: RecordedLog.jumpRefused, noise: "Welcome\nssh: connect to host 127.0.1.2 port 1: Connection refused\r\n",
      words: "the jump host 127.0.1.2:1: connection refused (127.0.1.2:1)"),
    ProblemRow(
      log: RecordedLog.jumpUnresolved, noise: "ssh: Could not resolve hostname no-such-host.invalid: Name or service not known\r\n",
      words: "the jump host no-such-host.invalid: cannot resolve no-such-host.invalid: Name or service not known"),
    ProblemRow(
      log: RecordedLog.jumpCannotReach,
      noise: "channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed\r\n",
      words: "the jump host 127.0.1.2 cannot reach 127.0.1.1:1: Connection refused"),
    ProblemRow(
      log: RecordedLog.jumpCannotResolve,
      noise: "channel 0: open failed: connect failed: Name or service not known\r\nstdio forwarding failed\r\n",
      words: "the jump host 127.0.1.2 cannot reach no-such-host.invalid:2222: Name or service not known"),
    ProblemRow(
      log: RecordedLog.jumpUnknownKey,
      noise:
        "No ED25519 host key is known for [127.0.1.2]:2222 and you have requested strict checking.\r\nHost key verification failed.\r\n",
      words:
        "the jump host 127.0.1.2: the host key of [127.0.1.2]:2222 is not known (ED25519): compare it with the host's own, then add it to known_hosts by connecting once with ssh"
    ),
    ProblemRow(
      log: RecordedLog.jumpDenied, noise: "me@127.0.1.2: Permission denied (publickey).\r\n",
      words: "the jump host 127.0.1.2: permission denied (publickey) as me"),
    ProblemRow(log: RecordedLog.jumpSilent, words: "no SSH banner within 10 s through the jump host 127.0.0.1:36577"),
    ProblemRow(
      log: RecordedLog.firstJumpRefused,
      noise:
        "ssh: connect to host 127.0.1.2 port 1: Connection refused\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n",
      words: "the jump host 127.0.1.2:1: connection refused (127.0.1.2:1)"),
    ProblemRow(
      log: RecordedLog.firstJumpCannotReach,
      noise:
        "channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n",
      words: "the jump host 127.0.1.2 cannot reach 127.0.1.3:1: Connection refused"),
    ProblemRow(
      log: RecordedLog.secondJumpCannotReach,
      noise: "channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed\r\n",
      words: "the jump host 127.0.1.3 cannot reach 127.0.1.1:1: Connection refused"),
    ProblemRow(log: RecordedLog.proxyCommand, noise: "oops\n", words: "the ProxyCommand ended without a connection: oops"),
    ProblemRow(log: RecordedLog.proxyCommand, words: "the server dropped the connection before it said who it is"),
    ProblemRow(
      log: RecordedLog.proxyCommandSSH, noise: "ssh: connect to host 127.0.1.2 port 1: Connection refused\r\n",
      words: "the jump host: connection refused (127.0.1.2:1)"),
  ]
  static let sessions = [
    ProblemRow(
      log: RecordedLog.nologin, exit: .exited(1), noise: "This account is currently not available.\n",
      words: "the login shell ended before the first command (status 1): This account is currently not available."),
    ProblemRow(log: RecordedLog.exits, exit: .exited(7), words: "the login shell ended before the first command (status 7)"),
    ProblemRow(
      log: RecordedLog.forced, exit: .exited(9), words: "the command that authorized_keys forces ended before the first command (status 9)"),
    ProblemRow(log: RecordedLog.reset, wasReady: true, words: "the connection was reset"),
    ProblemRow(log: RecordedLog.closed, wasReady: true, words: "the host closed the connection"),
    ProblemRow(log: RecordedLog.damaged, wasReady: true, words: "a packet arrived damaged (message authentication code incorrect)"),
    ProblemRow(log: RecordedLog.frozen, wasReady: true, words: "no answer for 45 s"),
    ProblemRow(log: RecordedLog.shellKilled, wasReady: true, words: "the remote shell was killed by a signal"),
    ProblemRow(log: RecordedLog.shellExits, exit: .exited(3), wasReady: true, words: "the remote shell ended (status 3)"),
    ProblemRow(log: RecordedLog.terminated, wasReady: true, words: "ssh was ended by signal 15"),
    ProblemRow(log: RecordedLog.reset, words: "the connection was reset"),
    ProblemRow(
      log: RecordedLog.closed, noise: "hello\nConnection to 127.0.0.1 closed by remote host.\r\n", words: "the host closed the connection"),
    ProblemRow(log: RecordedLog.frozen, words: "no answer for 45 s"),
    ProblemRow(log: "", words: "ssh ended without a message (status 255)"),
    ProblemRow(log: "", noise: "banner\nbye \n", words: "ssh ended without a message (status 255): bye"),
    ProblemRow(log: "", exit: .signalled(9), words: "ssh was ended by signal 9"),
    ProblemRow(log: "", exit: .signalled(9), wasReady: true, words: "ssh was ended by signal 9"),
    ProblemRow(log: "", exit: .exited(0), words: "the login shell ended before the first command (status 0)"),
    ProblemRow(log: "evil \u{1B}[2J\n", words: "evil \\u{1b}[2J"),
  ]

  @Test(arguments: [
    (RecordedLog.throttled, "", true), (RecordedLog.closedEarly, "", true), (RecordedLog.throttledBehindJump, "Welcome\n", true),
    (RecordedLog.throttledJump, "kex_exchange_identification: read: Connection reset by peer\r\n", true),
    (RecordedLog.proxyCommand, "", true), (RecordedLog.proxyCommand, "oops\n", false), (RecordedLog.notSSH, "", false),
    (RecordedLog.jumpRefused, "ssh: connect to host 127.0.1.2 port 1: Connection refused\r\n", false), (RecordedLog.refused, "", false),
    (RecordedLog.denied, "", false), (RecordedLog.tooManyKeys, "", false), (RecordedLog.closedInKeyExchange, "", false),
    (RecordedLog.silent, "", false), (RecordedLog.unknownKey, "", false),
  ])
  func onlyADropIsWorthAnotherAttempt(log: String, noise: String, isDropped: Bool) {
    #expect(ConnectionProblem(ConnectionProblem.Evidence(exit: .exited(255), log: log, noise: noise)).isDropped == isDropped)
  }

  @Test func givesUpWithAHint() {
    let problem = ConnectionProblem(ConnectionProblem.Evidence(exit: .exited(255), log: RecordedLog.throttled))
    #expect(
      DroppedConnection.gaveUp(problem)
        == "the server drops connections, 6 in a row: it is throttling (MaxStartups, PerSourcePenalties), or something on the way closes them; the last time the server dropped the connection before it said who it is: Exceeded MaxStartups (127.0.5.1:2222)"
    )
  }

  @Test(arguments: reaching + identity + jumps + sessions) func isOneSentence(row: ProblemRow) {
    #expect(row.problem.words == row.words)
  }
}
