import Tasks

/// What `--doctor` looks at on this machine, beyond what the launcher has seen.
@Engine struct HereCheck {
  let needs: Needs
  /// Whether there are hosts that only ssh reaches.
  let needsSSH: Bool
  /// Whether tasks may need more than is known.
  let isOpen: Bool

  func findings() async -> [Finding] {
    var findings = [await ssh()]
    for program in ["rsync", "curl", "openssl", "ansible-inventory"] {
      let users = needs.here[program] ?? []
      findings += [DoctorWords.program(program, path: SystemProgram.find(program), users: users, isOpen: isOpen)].compactMap { $0 }
    }
    return findings + [DoctorWords.openFiles(Descriptor.limit, hosts: Descriptor.sessionLimit), state()] + temporary()
  }

  private func ssh() async -> Finding {
    let version = SystemProgram.find("ssh") == nil ? nil : await SSHVersion.current(environment: ProcessEnvironment.list())
    return DoctorWords.ssh(version, isNeeded: needsSSH)
  }

  private func state() -> Finding {
    guard let path = StateFolder.path else { return DoctorWords.state(nil, isWritable: false, space: nil) }
    // It is made by the first run.
    var folder = path
    while !File.exists(folder), folder != "/" { folder = PathText.folder(of: folder) }
    // Systems of files that keep nothing, such as /proc, let root write and have no room.
    let canBeMade = File.isFolder(folder) && access(folder, W_OK | X_OK) == 0 && FreeSpace.keepsFiles(folder)
    return DoctorWords.state(path, isWritable: canBeMade, space: FreeSpace(of: folder))
  }

  /// Nothing when it is as it should be.
  private func temporary() -> [Finding] {
    do throws(Workspace.Problem) {
      let workspace = try Workspace()
      defer { workspace.remove() }
      guard ControlSocket(in: workspace.path) == nil else { return [] }
      return [DoctorWords.temporary(ConnectionNotice.cannotShare(folder: workspace.path))]
    } catch {
      return [Finding("TMPDIR", .problem, Failure(error))]
    }
  }
}
