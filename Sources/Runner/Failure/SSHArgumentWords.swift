extension SSHArgumentProblem {
  /// Behind the name of the variable and the host.
  var words: String {
    switch self {
    case .unclosed: "has a quote that is not closed, or a backslash at its end"
    case .controlCharacter: "holds a control character"
    case .bareWord(let word): "holds \"\(Failure.visible(word))\", which ssh would take for the host"
    case .unknownOption(let option): "holds \(Failure.visible(option)), which is no option that ssh may be given here"
    case .unknownSetting(let name): "holds the setting \"\(Failure.visible(name))\", which ssh may not be given here"
    case .missingValue(let option): "holds \(option) without a value"
    case .value(let option, let value, _): "gives \(option) the value \"\(Failure.visible(value))\""
    case .refused(let option, let refusal): "holds \(Failure.visible(option)): \(refusal.words)"
    }
  }

  var help: String {
    switch self {
    case .unclosed: "Quote as in a shell, for example -o ProxyCommand='ssh -W %h:%p gate'."
    case .controlCharacter: "Take it out."
    case .bareWord: "Put options there only, for example -o ProxyJump=gate."
    case .unknownOption: "Write a setting of ssh_config as -o Name=value, or put it into a file that -F names."
    case .unknownSetting(let name):
      didYouMean(name, among: SSHOption.settings.values.map(\.spelling).sorted())
        ?? "Put it into ssh's own configuration: ~/.ssh/config, or a file that -F names."
    case .missingValue: "Write the value behind it."
    case .value(_, _, let kind): kind.help
    case .refused(_, let refusal): refusal.help
    }
  }
}

extension SSHOption.Kind {
  fileprivate var help: String {
    switch self {
    case .flag, .setting, .command: "Write the value behind it."
    case .text, .path, .paths: "It cannot begin with \"-\"."
    case .knownHosts: "It takes the paths of files, without \"$\"."
    case .yesNo: "It takes yes or no."
    case .strictness: "It takes yes or accept-new."
    case .seconds: "It takes a whole number from 1 to 86400."
    case .port: "Ports are numbers from 1 to 65535."
    case .user: "Users have letters, digits, \".\", \"_\" and \"-\", and begin with a letter, a digit or \"_\"."
    case .address: "Addresses are IP addresses, or letters, digits, \".\", \"_\" and \"-\" with a letter or digit at both ends."
    case .jump: "Write [user@]host[:port], several of them with commas."
    }
  }
}

extension SSHOption.Refusal {
  fileprivate var words: String {
    switch self {
    case .breaksSteps: "steps would not run, or their results would be wrong"
    case .sharesConnections: "a run makes its own connections and shares them with nobody"
    case .forwards: "a run forwards no ports, displays and credentials"
    case .hidesMessages: "ssh's own messages are needed to say why a host is not reached"
    case .asks: "ssh neither asks nor writes anything down during a run"
    case .weakensHostKeys: "anybody could pretend to be the host"
    case .isOurs: "the run decides that itself"
    }
  }

  fileprivate var help: String {
    switch self {
    case .breaksSteps, .asks, .isOurs: "Take it out."
    case .sharesConnections: "Take it out: a run keeps one connection a host open by itself."
    case .forwards: "Take it out; a tunnel can be made with ssh itself, beside the run."
    case .hidesMessages: "Take it out: run -v shows ssh's messages."
    case .weakensHostKeys:
      "Take it out, and add the host's key to known_hosts; or accept keys of new hosts with StrictHostKeyChecking=accept-new."
    }
  }
}
