import Tasks
import Testing

@testable import Runner

/// A line up to the cursor, the part that readline replaces, and what it is replaced with.
struct BashRow: CustomTestStringConvertible, Sendable {
  let line: String
  let replaced: String
  let replies: [String]

  init(_ line: String, _ replaced: String, _ replies: String...) {
    (self.line, self.replaced, self.replies) = (line, replaced, replies)
  }

  var testDescription: String { line }
}

@Suite struct CompletionTextTests {
  enum Mood: String, CaseIterable, Sendable {
    case odd = "it's $HOME; `x` \"y\" \\ !1"
    case tilde = "~me"
    case colon = "a:b c"
    case wild = "*?[x]#&|<>(){}"
    case accent = "grün"
    case quote = "ends \""
    case apostrophe = "call'"
    case newline = "two\nlines"
    case tab = "tab\there"
  }

  static let deployfile = Deployfile {
    environment("staging", inventory: "x")
    environment("production", inventory: "y")
    task("deploy", "Tells:\tit \\ all", Parameter<Mood>("mood")) { _ in }
  }

  static func text(_ words: String...) -> String? {
    CompletionRequest(["--complete"] + words).map { request in
      Completion.answer(request, deployfile, Completion.Sources()).text(for: request)
    }
  }

  static let rows = [
    BashRow("run de", "de", "deploy:"),
    BashRow("run deploy:", "", "staging ", "production "),
    BashRow("run deploy:pr", "pr", "production "),
    // Whoever takes the colon out of COMP_WORDBREAKS has the whole word replaced.
    BashRow("run deploy:pr", "deploy:pr", "deploy:production "),
    BashRow("run 'deploy:pr", "deploy:pr", "deploy:production"),
    BashRow("run --environment=p", "p", "production "),
    BashRow(
      "run deploy:staging --mood ", "", #"it\'s\ \$HOME\;\ \`x\`\ \"y\"\ \\\ \!1 "#, #"\~me "#, #"a:b\ c "#,
      ##"\*\?\[x\]\#\&\|\<\>\(\)\{\} "##, "grün ", #"ends\ \" "#, #"call\' "#),
    BashRow(#"run deploy:staging --mood it\'s\ "#, #"it\'s\ "#, #"it\'s\ \$HOME\;\ \`x\`\ \"y\"\ \\\ \!1 "#),
    BashRow(#"run deploy:staging --mood "it"#, "it", #"it's \$HOME; \`x\` \"y\" \\ "\!"1"#),
    BashRow(#"run deploy:staging --mood 'it"#, "it", #"it'\''s $HOME; `x` "y" \ !1"#),
    BashRow(#"run deploy:staging --mood="it"#, "it", #"it's \$HOME; \`x\` \"y\" \\ "\!"1"#),
    BashRow(#"run deploy:staging --mood "en"#, "en", #"ends \"""#),
    BashRow("run deploy:staging --mood 'en", "en", "ends \""),
    BashRow("run deploy:staging --mood 'ca", "ca", #"call'\'''"#),
    BashRow("run deploy:staging --mood a:", "", #"b\ c "#),
    BashRow("run deploy:staging --mood gr", "gr", "grün "),
    BashRow("run nothing", "nothing"),
  ]

  @Test(arguments: rows) func bash(row: BashRow) {
    #expect(Self.text("bash", row.line, row.replaced) == (["words"] + row.replies).map { "\($0)\n" }.joined())
  }

  @Test func zsh() {
    #expect(Self.text("zsh", "de") == "words\n-deploy\\::Tells: it \\ all\n")
    #expect(
      Self.text("zsh", "deploy:staging", "--mood", "") == #"""
        words
        +it's $HOME; `x` "y" \\ !1
        +~me
        +a\:b c
        +*?[x]#&|<>(){}
        +grün
        +ends "
        +call'

        """#)
  }

  @Test func fish() {
    #expect(Self.text("fish", "de") == "words\ndeploy:\tTells: it \\ all\n")
    #expect(Self.text("fish", "deploy:staging", "--mood", "gr")?.contains("\ngrün\n") == true)
  }

  @Test func files() {
    #expect(Self.text("bash", "run -f x", "x") == "files\n")
    #expect(Self.text("bash", "run deploy >x", "x") == "files\n")
    #expect(Self.text("zsh", "--output=") == "files\n")
  }

  @Test(arguments: ["/opt/pushbutton/bin/run", "run", "-run", "", "/", "a b", "$(x)", "run;x"]) func namesInScripts(path: String) {
    for shell in CompletionShell.allCases {
      #expect(CompletionScript.text(for: shell, program: path) == CompletionScript.text(for: shell, program: "run"))
    }
  }

  @Test func otherNames() {
    #expect(CompletionScript.text(for: .bash, program: "/x/ship-it").contains("-F _pushbutton ship-it\n"))
    #expect(CompletionScript.text(for: .zsh, program: "/x/ship-it").hasPrefix("#compdef ship-it\n"))
    #expect(CompletionScript.text(for: .fish, program: "/x/ship-it").hasSuffix("\ncomplete -c ship-it -f -a '(__pushbutton)'\n"))
  }
}
