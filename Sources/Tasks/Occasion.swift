/// When a notification is sent, wherever it stands in its task.
///
///     notify(.slack(hook), "deploying \(version)", on: .start)
///     notify(.slack(hook), "\(run: .task) failed: \(run: .url)", on: .failure)
public enum Occasion: String, Sendable, Equatable, CaseIterable {
  /// Before the first stage of the task.
  case start
  /// After the whole task, when it was done; failures that it tolerates included.
  case success
  /// After the whole task, when something failed or the run was interrupted.
  case failure
  /// After the whole task, however it ended.
  case always
}
