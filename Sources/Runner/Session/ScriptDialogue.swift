/// What a running script is told: to begin no further step, and what sudo and its supervisor wait for.
///
/// The password goes out once for a step, when sudo has asked, and never again in a session that has refused it.
@Engine final class ScriptDialogue {
  private let child: Child
  private let password: [UInt8]?
  /// Sends what a transfer reads; nothing for steps, which are fed on the host.
  private let transfer: (@Engine () -> Void)?
  /// Ends a transfer: its input is the session's.
  private let cancel: @Engine () -> Void
  private var process: Int?
  private var isStopping = false
  private var asked: Set<Int> = []
  private(set) var isRefused: Bool

  init(
    _ child: Child, password: [UInt8]?, isRefused: Bool, transfer: (@Engine () -> Void)?, cancel: @escaping @Engine () -> Void
  ) {
    self.child = child
    self.password = password
    self.isRefused = isRefused
    self.transfer = transfer
    self.cancel = cancel
  }

  /// A transfer reads all there is: to it, the word to stop would be data, or an answer.
  func stop() {
    guard transfer == nil else { return }
    isStopping = true
    child.send(RemoteShell.stop(nil))
    if let process { child.send(RemoteShell.stop(process)) }
  }

  /// An attempt was refused after a password: what is wrong once must not become a locked account.
  func refused() {
    isRefused = true
    stop()
  }

  func answer(_ question: ScriptQuestion) {
    switch question {
    case .shell(let process):
      self.process = process
      if isStopping { stop() }
    case .payload(let number):
      if let transfer { transfer() } else { child.send(RemoteShell.go(number)) }
    case .password(let number):
      guard let password, !isRefused, asked.insert(number).inserted else { return hangUp(number) }
      child.send(transfer == nil ? RemoteShell.password(password, for: number) : password + [UInt8(ascii: "\n")])
    }
  }

  private func hangUp(_ number: Int) {
    refused()
    if transfer == nil { child.send(RemoteShell.close(number)) } else { cancel() }
  }
}
