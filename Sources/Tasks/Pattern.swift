public struct Pattern: Sendable, ExpressibleByStringInterpolation { public init(stringLiteral value: String) {}
 public static func role(_ n: String) -> Pattern { "" }
 public static func host(_ n: String) -> Pattern { "" }
 public static prefix func ! (p: Pattern) -> Pattern { p }
 public static func && (p: Pattern, q: Pattern) -> Pattern { p } }
