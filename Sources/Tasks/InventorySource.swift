public struct InventorySource: Sendable, ExpressibleByStringLiteral { public init(stringLiteral value: String) {} }
