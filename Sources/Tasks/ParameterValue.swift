/// A type that a word of the command line can become.
///
///     extension Branch: ParameterValue {
///       static let parameterType = "branch"
///       init?(parameter text: String) { self.init(name: text) }
///       var parameterText: String { name }
///     }
public protocol ParameterValue: Sendable {
  /// What help and errors call the type, for example `integer`.
  static var parameterType: String { get }
  /// The value that a word stands for, or nothing when it stands for none.
  init?(parameter text: String)
  /// The word that stands for the value.
  var parameterText: String { get }
}

extension String: ParameterValue {
  /// Any text.
  public static let parameterType = "text"
  /// The word itself.
  public init?(parameter text: String) { self = text }
  /// The word itself.
  public var parameterText: String { self }
}

extension Int: ParameterValue {
  /// A whole number.
  public static let parameterType = "integer"
  /// A whole number in decimal digits.
  public init?(parameter text: String) { self.init(text) }
  /// Its decimal digits.
  public var parameterText: String { description }
}

extension Double: ParameterValue {
  /// A number.
  public static let parameterType = "number"
  /// A number that is finite.
  public init?(parameter text: String) {
    guard let value = Double(text), value.isFinite else { return nil }
    self = value
  }
  /// Its shortest exact form.
  public var parameterText: String { description }
}

extension Bool: ParameterValue {
  /// Yes or no.
  public static let parameterType = "flag"
  /// `true` or `false`; on the command line a flag is `--name` or `--no-name`.
  public init?(parameter text: String) { self.init(text) }
  /// `true` or `false`.
  public var parameterText: String { description }
}

extension Version: ParameterValue {
  /// A version.
  public static let parameterType = "version"
  /// A version as `Version` reads it.
  public init?(parameter text: String) { self.init(text) }
  /// Its normal form.
  public var parameterText: String { description }
}

/// How words become values of a type, and back.
struct ParameterKind<Value: Sendable>: Sendable {
  let type: String
  let choices: [String]
  let isFlag: Bool
  var isVersion = false
  let read: @Sendable (String) -> Value?
  let text: @Sendable (Value) -> String

  static func of(_: Value.Type) -> Self where Value: ParameterValue {
    Self(
      type: Value.parameterType, choices: [], isFlag: Value.self == Bool.self,
      isVersion: Value.self == Version.self, read: { Value(parameter: $0) }, text: { $0.parameterText })
  }

  static func cases(of _: Value.Type) -> Self where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    Self(
      type: "choice", choices: Value.allCases.map(\.rawValue), isFlag: false, read: { Value(rawValue: $0) }, text: { $0.rawValue })
  }

  func definition(_ name: String, _ help: String, isRequired: Bool, defaultText: String?) -> ParameterDefinition {
    ParameterDefinition(
      name: name, help: help, type: type, choices: choices, isRequired: isRequired, isFlag: isFlag, isVersion: isVersion,
      defaultText: defaultText)
  }

  func value(of word: String, for definition: ParameterDefinition) throws(ParameterError) -> Value {
    guard let value = read(word) else { throw .malformed(definition, text: word) }
    return value
  }
}
