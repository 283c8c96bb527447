import Tasks

extension Inventory {
  /// What an INI inventory says by itself, without the files beside it.
  package init(ini bytes: [UInt8], file: String) throws(InventoryError) {
    var graph = GroupGraph()
    try INIReader.read(bytes, file: file, into: &graph)
    graph.reconcile()
    self = try graph.inventory(nil)
  }

  /// What JSON in Ansible's dynamic format says by itself.
  package init(dynamic bytes: [UInt8], file: String) throws(InventoryError) {
    let value: Value
    do { value = try JSON.parse(bytes) } catch { throw .file(file, .json(error)) }
    var graph = try DynamicInventory(value, at: Place(file), into: GroupGraph()).graph
    graph.reconcile()
    self = try graph.inventory(nil)
  }
}
