/// A typed value of an inventory variable: what Ansible would hand a playbook.
///
///     session.host.variables["port"] == .int(8080)
public enum Value: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([Value])
  /// Members in the order in which they were written.
  case object([Member])

  /// One key of an object and what it holds.
  public struct Member: Sendable, Equatable {
    /// The name of the member.
    public var key: String
    /// What it holds.
    public var value: Value

    /// A member of an object.
    public init(key: String, value: Value) {
      self.key = key
      self.value = value
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string variable.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole-number variable.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A yes-or-no variable.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A decimal variable.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A list variable.
  public init(arrayLiteral elements: Value...) { self = .array(elements) }
  /// An object, whose members keep their order.
  public init(dictionaryLiteral members: (String, Value)...) { self = .object(members.map { Member(key: $0, value: $1) }) }
}

extension Value {
  /// An object, whose members keep their order: `.object(["name": .string("x")])`.
  public static func object(_ members: KeyValuePairs<String, Value>) -> Value {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  /// What an object holds under a name: nothing when it has no such member or the value is no object.
  ///
  /// Of several members of that name, the last one counts.
  public subscript(_ key: String) -> Value? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }
}
