/// Works on items with at most `limit` at once, a new one starting as soon as one ends; every item is worked on.
@Engine package func fanOut<Item: Sendable>(_ items: [Item], limit: Int, _ work: @escaping @Engine @Sendable (Item) async -> Void) async {
  await withTaskGroup(of: Void.self) { group in
    var rest = items[...]
    for item in rest.prefix(max(1, limit)) { group.addTask { await work(item) } }
    rest = rest.dropFirst(max(1, limit))
    while await group.next() != nil {
      guard let item = rest.popFirst() else { continue }
      group.addTask { await work(item) }
    }
  }
}
