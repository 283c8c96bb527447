import Tasks

/// Cuts hosts into batches: percent is of all of them, rounded down, at least one; the last share repeats.
///
/// The rule is Ansible's for `serial`, with `.rest` in place of 0.
package func batched<Item>(_ items: [Item], by batches: Batches) -> [[Item]] {
  var result: [[Item]] = []
  var rest = items[...]
  var shares = batches.shares[...]
  while !rest.isEmpty {
    let share = shares.first ?? .rest
    if shares.count > 1 { shares.removeFirst() }
    let size =
      switch share {
      case .count(let count): max(1, count)
      case .percent(let percent): max(1, items.count * percent / 100)
      case .rest: rest.count
      }
    result.append(Array(rest.prefix(size)))
    rest = rest.dropFirst(size)
  }
  return result
}
