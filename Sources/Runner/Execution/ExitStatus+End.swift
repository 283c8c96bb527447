extension Execution.End {
  /// What a run that has ended like this tells whoever started it.
  @Engine package func status(of rows: [Summary.Row], _ interruption: Interruption) -> ExitStatus {
    if let status = interruption.status { return status }
    let failures = rows.filter(\.outcome.isFailure)
    switch self {
    case .completed: return failures.isEmpty ? .done : .partial
    case .interrupted: return .interrupted
    case .declined: return .failed
    case .refused(isHeld: true): return .locked
    case .unresumable(let status): return status
    case .failed, .refused(isHeld: false):
      return !failures.isEmpty && failures.allSatisfy { $0.outcome == .unreachable } ? .unreachable : .failed
    }
  }
}
