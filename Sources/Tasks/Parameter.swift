/// A typed argument of a task: `--version 1.4.2` on the command line, a `Version` in the task's closure.
///
/// Values may be `String`, `Int`, `Double`, `Bool` (`--migrate`, `--no-migrate`), `Version`, an enum of strings that is `CaseIterable`,
/// your own `ParameterValue`, an array of those (the option may be repeated) or an optional. Without a default it must be given.
///
///     let version = Parameter<Version>("version", "the version to install, for example 1.4.2")
///     let migrate = Parameter<Bool>("migrate", "migrate the database first", default: false)
///     let color = Parameter<Color?>("color", "the colour of the banner")
public struct Parameter<Value: Sendable>: Sendable {
  package let definition: ParameterDefinition
  private let decode: @Sendable ([String]) throws(ParameterError) -> Value

  package init(_ definition: ParameterDefinition, decode: @escaping @Sendable ([String]) throws(ParameterError) -> Value) {
    self.definition = definition
    self.decode = decode
  }

  package func value(from words: [String: [String]]) throws(ParameterError) -> Value { try decode(words[definition.name] ?? []) }
}

/// What the command line and help need to know of a parameter.
package struct ParameterDefinition: Sendable, Equatable {
  package var name: String
  package var help: String
  /// For example `version`, `integer`, `list of text`.
  package var type: String
  /// The only words it takes, if they are known.
  package var choices: [String]
  package var isRequired: Bool
  package var isFlag = false
  package var isList = false
  /// Whether its words are versions: then `latest` and specifiers are words, too.
  package var isVersion = false
  /// The package that its versions are of, if it says so.
  package var package: Package?
  /// What is in force when the parameter is not given, as it would be typed.
  package var defaultText: String?
}

/// Why words do not make a parameter's value.
package enum ParameterError: Error, Equatable {
  case missing(ParameterDefinition)
  case malformed(ParameterDefinition, text: String)
}

extension Parameter where Value: ParameterValue {
  /// A parameter with one value.
  public init(_ name: String, _ help: String = "", default value: Value? = nil) {
    self.init(kind: .of(Value.self), name, help, default: value)
  }
}

extension Parameter where Value == Version {
  /// A parameter that is a version of a package: `latest` and specifiers such as `>=1.4,<2` are resolved in its index.
  ///
  ///     let version = Parameter<Version>("version", "the version to install", of: shop)
  public init(_ name: String, _ help: String = "", default value: Version? = nil, of package: Package) {
    self = Self(name, help, default: value).of(package)
  }
}

extension Parameter where Value == Version? {
  /// A parameter that is a version of a package and may be left out.
  public init(_ name: String, _ help: String = "", of package: Package) { self = Self(name, help).of(package) }
}

extension Parameter where Value == [Version] {
  /// A parameter with any number of versions of a package; without a default, at least one.
  public init(_ name: String, _ help: String = "", default value: [Version]? = nil, of package: Package) {
    self = Self(name, help, default: value).of(package)
  }
}

extension Parameter {
  /// A parameter with any number of values; without a default, at least one.
  public init<Element: ParameterValue>(_ name: String, _ help: String = "", default value: [Element]? = nil) where Value == [Element] {
    self.init(list: .of(Element.self), name, help, default: value)
  }

  /// A parameter that may be left out.
  public init<Wrapped: ParameterValue>(_ name: String, _ help: String = "") where Value == Wrapped? {
    self.init(optional: .of(Wrapped.self), name, help)
  }

  /// A parameter that is one of an enum's cases.
  @_disfavoredOverload
  public init(_ name: String, _ help: String = "", default value: Value? = nil)
  where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    self.init(kind: .cases(of: Value.self), name, help, default: value)
  }

  /// A parameter with any number of an enum's cases; without a default, at least one.
  @_disfavoredOverload
  public init<Element: RawRepresentable & CaseIterable & Sendable>(_ name: String, _ help: String = "", default value: [Element]? = nil)
  where Value == [Element], Element.RawValue == String {
    self.init(list: .cases(of: Element.self), name, help, default: value)
  }

  /// A parameter that is one of an enum's cases and may be left out.
  @_disfavoredOverload
  public init<Wrapped: RawRepresentable & CaseIterable & Sendable>(_ name: String, _ help: String = "")
  where Value == Wrapped?, Wrapped.RawValue == String {
    self.init(optional: .cases(of: Wrapped.self), name, help)
  }
}

extension Parameter {
  /// Nothing given is `nil` already.
  @available(
    *, unavailable, message: "an optional parameter has no default: it is nil when it is not given; write the type without ? to give it one"
  )
  public init<Wrapped>(_ name: String, _ help: String = "", default value: Value) where Value == Wrapped? { fatalError() }

  /// Only some types can be typed on a command line.
  @available(
    *, unavailable,
    message:
      "no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them"
  )
  @_disfavoredOverload
  public init(_ name: String, _ help: String = "", default value: Value? = nil) { fatalError() }
}

extension Parameter {
  private func of(_ package: Package) -> Self {
    var definition = definition
    definition.package = package
    return Self(definition, decode: decode)
  }

  private init(kind: ParameterKind<Value>, _ name: String, _ help: String, default value: Value?) {
    let definition = kind.definition(name, help, isRequired: value == nil, defaultText: value.map(kind.text))
    self.init(definition) { words throws(ParameterError) in
      if let word = words.last { return try kind.value(of: word, for: definition) }
      guard let value else { throw .missing(definition) }
      return value
    }
  }

  private init<Element: Sendable>(list kind: ParameterKind<Element>, _ name: String, _ help: String, default value: [Element]?)
  where Value == [Element] {
    var definition = kind.definition(
      name, help, isRequired: value == nil, defaultText: value.map { $0.map(kind.text).joined(separator: " ") })
    definition.type = "list of \(kind.type)"
    definition.isList = true
    definition.isFlag = false
    let fixed = definition
    self.init(fixed) { words throws(ParameterError) in
      var values: [Element] = []
      for word in words { values.append(try kind.value(of: word, for: fixed)) }
      if words.isEmpty {
        guard let value else { throw .missing(fixed) }
        return value
      }
      return values
    }
  }

  private init<Wrapped: Sendable>(optional kind: ParameterKind<Wrapped>, _ name: String, _ help: String) where Value == Wrapped? {
    let definition = kind.definition(name, help, isRequired: false, defaultText: nil)
    self.init(definition) { words throws(ParameterError) in
      guard let word = words.last else { return nil }
      return try kind.value(of: word, for: definition)
    }
  }
}
