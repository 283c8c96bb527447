/// Which hosts of an inventory are meant: written in Ansible's pattern language, or in Swift.
///
///     hosts("web:&eu:!web3.example.com") { ... }
///     hosts(.role("web") && .role("eu") && !.host("web3.example.com")) { ... }
public struct Pattern: Sendable, Equatable {
  /// What the pattern is made of; the runner resolves it against an inventory.
  package indirect enum Expression: Sendable, Equatable {
    /// Terms in Ansible's language, not yet looked at.
    case text(String)
    case role(String)
    case host(String)
    case both(Expression, Expression)
    case either(Expression, Expression)
    case not(Expression)
  }

  package let expression: Expression

  package init(_ expression: Expression) { self.expression = expression }

  /// A pattern in Ansible's language: terms joined by `:` or `,`, where `&x` must also be in x and `!x` must not be.
  public init(_ text: String) { expression = .text(text) }

  /// Every host of the inventory.
  public static let all = Pattern("all")

  /// The hosts of a role: a group of the inventory, with the groups inside it.
  public static func role(_ name: String) -> Pattern { Pattern(.role(name)) }

  /// One host, by its name in the inventory.
  public static func host(_ name: String) -> Pattern { Pattern(.host(name)) }

  /// The hosts that are in both.
  public static func && (left: Pattern, right: Pattern) -> Pattern { Pattern(.both(left.expression, right.expression)) }

  /// The hosts that are in either.
  public static func || (left: Pattern, right: Pattern) -> Pattern { Pattern(.either(left.expression, right.expression)) }

  /// The hosts that are not in it.
  public static prefix func ! (pattern: Pattern) -> Pattern { Pattern(.not(pattern.expression)) }
}

extension Pattern: ExpressibleByStringInterpolation {
  /// A pattern in Ansible's language.
  public init(stringLiteral text: String) { self.init(text) }
}

extension Pattern: CustomStringConvertible {
  /// The pattern as it was written; one made in Swift reads like Ansible's, with parentheses where Ansible has no words for it.
  public var description: String { expression.text }
}

extension Pattern.Expression {
  fileprivate var text: String {
    switch self {
    case .text(let text): text
    case .role(let name), .host(let name): name
    case .either(let left, let right): left.alternative + ":" + right.alternative
    case .both(let left, .not(let right)): left.text + ":!" + right.term
    case .both(.not(let left), let right): right.text + ":!" + left.term
    case .both(let left, let right): left.text + ":&" + right.term
    case .not(let inner): "!" + inner.term
    }
  }

  /// The text as one term: in parentheses unless it is one already.
  private var term: String {
    switch self {
    case .role(let name), .host(let name): name
    case .text(let text) where !text.contains(where: { ":,!& ".contains($0) }): text
    default: "(\(text))"
    }
  }

  /// The text as one side of a union, which needs no parentheses around another union.
  private var alternative: String {
    if case .either = self { text } else { term }
  }
}
