/// All that a team can deploy: environments and tasks.
///
/// A `Deployfile.swift` declares one, as `let deployfile`.
///
///     let deployfile = Deployfile {
///       environment("production", inventory: "inventory/production.ini", protected: true)
///       deploy
///     }
public struct Deployfile: Sendable {
  package let declarations: [Declaration]

  /// A Deployfile that holds these environments and tasks, in this order.
  public init(@Declarations _ declarations: () -> [Declaration]) { self.declarations = declarations() }

  package var environments: [EnvironmentDefinition] {
    declarations.compactMap { if case .environment(let environment) = $0 { environment } else { nil } }
  }

  package var tasks: [TaskDefinition] {
    declarations.compactMap { if case .task(let task) = $0 { task } else { nil } }
  }
}

/// An environment or a task.
public enum Declaration: Sendable {
  /// Hosts and settings.
  case environment(EnvironmentDefinition)
  /// Work that a person starts by name.
  case task(TaskDefinition)
}

/// A place to deploy to: an inventory plus settings.
public struct EnvironmentDefinition: Sendable {
  package let name: String
  package let inventory: InventorySource
  package let isProtected: Bool
  package let sudoPassword: Secret?
  package let location: SourceLocation
}

/// Declares an environment.
///
/// In a protected one every run asks first, and needs `--yes` without a terminal. `sudoPassword` is for hosts whose `sudo` asks.
///
///     environment("staging", inventory: "inventory/staging.ini")
///     environment("production", inventory: .ansible("inventory/production.yml"), protected: true)
public func environment(
  _ name: String, inventory: InventorySource, protected: Bool = false, sudoPassword: Secret? = nil, fileID: StaticString = #fileID,
  line: UInt = #line
) -> EnvironmentDefinition {
  EnvironmentDefinition(
    name: name, inventory: inventory, isProtected: protected, sudoPassword: sudoPassword, location: SourceLocation(fileID, line))
}
