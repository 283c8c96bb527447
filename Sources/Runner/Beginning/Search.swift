import Tasks

/// Looks for what other tools have left in a folder.
enum Search {
  /// Every tool that has something here, in a fixed order.
  static func all(in root: String) async -> [Found] {
    [fabric(in: root), capistrano(in: root), deployer(in: root), await AnsibleFinder.find(in: root)].compactMap { $0 }
  }

  private static func fabric(in root: String) -> Found? {
    let names = ["fabfile.py", "fabfile/__init__.py"]
    guard let name = names.first(where: { File.exists("\(root)/\($0)") }) else { return nil }
    return read(name, of: .fabric, in: root) { FabricReader.read($0, file: name) }
  }

  private static func deployer(in root: String) -> Found? {
    guard File.exists("\(root)/deploy.php") else { return nil }
    return read("deploy.php", of: .deployer, in: root) { DeployerReader.read($0, file: "deploy.php") }
  }

  private static func read(_ name: String, of origin: Invocation.OtherTool, in root: String, _ body: ([UInt8]) -> Found) -> Found {
    do { return body(try File.read("\(root)/\(name)")) } catch {
      return Found(origin: origin, files: [name], unread: [BeginningWords.unreadable(name, error)])
    }
  }

  private static func capistrano(in root: String) -> Found? {
    let stages = File.names(in: "\(root)/config/deploy").filter { $0.hasSuffix(".rb") }.sorted()
    let common = ["Capfile", "config/deploy.rb"].filter { File.exists("\(root)/\($0)") }
    guard !common.isEmpty || !stages.isEmpty else { return nil }
    var unread: [String] = []
    func bytes(_ name: String) -> [UInt8] {
      do { return try File.read("\(root)/\(name)") } catch {
        unread.append(BeginningWords.unreadable(name, error))
        return []
      }
    }
    var found = CapistranoReader.read(
      common: common.map { ($0, bytes($0)) },
      stages: stages.map { (String($0.dropLast(3)), "config/deploy/\($0)", bytes("config/deploy/\($0)")) })
    found.unread = unread + found.unread
    return found
  }
}
