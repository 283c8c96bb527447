import Tasks

/// What `--doctor` says of a host, and what to do about it.
///
/// No text names the host: hosts with the same trouble are told together.
enum HostDoctorWords {
  static func unreachable(_ reason: String, _ problem: ConnectionProblem?) -> Finding {
    Finding("connection", .unreachable, reason, remedy: problem?.remedy ?? "See what ssh says: run --doctor -v")
  }

  static func unanswered(within limit: Duration) -> Finding {
    Finding(
      "look", .problem, "the host did not say all that it was asked within \(limit.text)",
      remedy: "Log in and see what is slow there: a full process table, a file system that does not answer, a sudo that waits.")
  }

  /// What sudo did for the users that tasks become.
  static func sudo(_ facts: HostFacts, _ users: [String: [String]], hasPassword: Bool) -> [Finding] {
    users.sorted { $0.key < $1.key }.compactMap { user, tasks in
      let tasks = DoctorWords.listed(tasks)
      switch facts.sudo[user] {
      case .free: return nil
      case .asks where hasPassword: return nil
      case .asks:
        return Finding(
          "sudo", .warning, "asks \(facts.user.safe) for a password to become \(user), as \(tasks) does",
          remedy: "Run with -K, give the environment a sudoPassword:, or allow it in sudoers: NOPASSWD.")
      case .refuses(let said):
        return Finding(
          "sudo", .problem,
          "does not let \(facts.user.safe) become \(user), as \(tasks) does\(said.isEmpty ? "" : ": \(Failure.visible(said))")",
          remedy: "Allow it in sudoers, without a terminal (requiretty), or log in as another user (ansible_user).")
      case nil:
        return Finding("sudo", .problem, "there is none, and \(tasks) becomes \(user)", remedy: "Install sudo there.")
      }
    }
  }

  static func tools(_ facts: HostFacts, _ needs: [String: [String]]) -> [Finding] {
    var findings: [Finding] = []
    if let tasks = needs["rsync"], !facts.tools.contains("rsync") {
      findings.append(
        Finding("tools", .problem, "rsync is not there, and \(DoctorWords.listed(tasks)) copies folders", remedy: "Install rsync there."))
    }
    if let tasks = needs["sha256"], !facts.hasDigest {
      findings.append(
        Finding(
          "tools", .problem, "none of sha256sum, shasum, openssl and sha256 is there, and \(DoctorWords.listed(tasks)) copies files",
          remedy: "Install one of them there."))
    }
    if !facts.tools.contains("setsid") {
      findings.append(
        Finding("tools", .note, "setsid is not there: a step that is ended may leave processes of its own behind"))
    }
    return findings
  }

  static func space(_ what: String, _ space: FreeSpace?) -> Finding? {
    guard let space, space.level != .enough else { return nil }
    return Finding(
      "disk", space.level == .little ? .warning : .problem, "\(what) has only \(space.text) free", remedy: "Make room there: df -h, df -i")
  }

  static func clock(_ seconds: Int?) -> Finding? {
    guard let seconds, abs(seconds) > ClockDifference.tolerated else { return nil }
    return Finding(
      "clock", .warning, "is \(Duration.seconds(abs(seconds)).text) \(seconds > 0 ? "ahead of" : "behind") this machine's",
      remedy: "Have it follow the right time there (timedatectl set-ntp true), or here, if it is this machine's that is wrong.")
  }
}

extension ConnectionProblem {
  /// What a person does next, where the words themselves do not say it.
  fileprivate var remedy: String {
    switch self {
    case .refused: "Start sshd there, or correct the port (ansible_port): run --hosts shows where hosts are looked for."
    case .timedOut, .unroutable, .notConnected, .silent, .unanswered:
      "See that it runs, that the address is right (run --hosts), and that no firewall or missing VPN is in between."
    case .unresolved: "Correct the name, or give the address in ansible_host: run --hosts shows where hosts are looked for."
    case .hostKey(_, .unknown): "Connect once by hand and compare the key, or take it down with --accept-new-host-keys."
    case .hostKey(_, .changed): "Find out why it has changed before you remove the old one."
    case .hostKey(_, .revoked): "Use no host with that key: have it made anew."
    case .denied: "Put your public key into ~/.ssh/authorized_keys there, or name the right user and key: ansible_user, ssh-add."
    case .jump(_, let problem): problem.remedy
    case .silentBehindJump, .behindJump, .proxyCommand: "Connect from the jump host by hand: ssh -J and ProxyCommand are in ~/.ssh/config."
    case .dropped, .reset, .closed: "Try again, and see its sshd's log: MaxStartups, PerSourcePenalties and firewalls close connections."
    case .notSSH: "Correct the port (ansible_port): run --hosts shows where hosts are looked for."
    case .noAgreement: "Use a newer ssh on the older side, or allow the algorithm for this host in ~/.ssh/config."
    case .shellEnded, .remoteEnded, .remoteKilled, .disconnected:
      "Log in by hand, see the login shell and the start-up files there, and allow commands (no nologin, no ForceCommand)."
    case .configuration: "Mend ssh's configuration: ssh -G HOST tells what is wrong with it."
    case .localShellEnded: "See that /bin/sh runs here."
    case .corrupted, .killed, .other, .unexplained: "See what ssh says: run --doctor -v"
    }
  }
}
