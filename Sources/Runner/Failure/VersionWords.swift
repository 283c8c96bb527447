import Tasks

extension VersionSyntaxError {
  /// Why it is no version or specifier, as a sentence.
  package var words: String {
    switch problem {
    case .empty: "A version is missing\(text.isEmpty ? "" : " behind \(text)")."
    case .noRelease: "A release number is missing in \"\(text)\"."
    case .numberTooLarge(let digits): "\(digits) is too large a number: versions here have numbers of up to 18 digits."
    case .unexpected(let rest): "\"\(rest)\" fits nothing in \"\(text)\"."
    case .noLocalPart: "A local part is missing behind \"+\" or a separator in \"\(text)\"."
    case .noOperator: "\"\(text)\" has no operator; there are === ~= == != <= >= < and >."
    case .localNotAllowed(let symbol): "A local part (+...) is not allowed with \(symbol.rawValue), only with == and !=."
    case .wildcardNotAllowed(let symbol): "A wildcard (.*) is not allowed with \(symbol.rawValue), only with == and !=."
    case .wildcardAfterSuffix: "A wildcard (.*) follows a plain release only, as in ==1.4.*."
    case .compatibleNeedsTwoNumbers: "~= needs two numbers at least, as in ~=1.4."
    case .forbidden(let character): "\"\(character)\" cannot be in \"\(text)\"."
    }
  }
}

extension Failure {
  /// A word that is neither a version, nor `latest`, nor specifiers.
  init(_ error: VersionSyntaxError, in word: String, parameter: String) {
    self.init("--\(parameter) is \"\(word)\"", help: error.words)
  }

  /// A word that is neither a version nor `latest` nor specifiers.
  init(malformedVersion text: String, of parameter: ParameterDefinition, task: String) {
    let isSpecifier = text.first.map { "<>=!~^".contains($0) } ?? false
    var reason = ""
    do throws(VersionSyntaxError) { _ = try VersionWord(parsing: text) } catch { reason = error.words + " " }
    let forms = "A version looks like 1.4.2 or 2.0rc1; latest and specifiers such as '>=1.4,<2' are understood, too."
    self.init(
      "--\(parameter.name) of the task \"\(task)\" is \"\(text)\", which is no \(isSpecifier ? "specifier of versions" : "version")",
      help: didYouMean(text, among: ["latest"]) ?? reason + forms)
  }
}
