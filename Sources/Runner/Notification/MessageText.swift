import Tasks

/// Turns texts and commands of a notification into what is sent: fields of the run and secrets filled in.
package struct MessageText: Sendable {
  package let moment: RunMoment
  package let secrets: [Secret: [UInt8]]

  package init(moment: RunMoment, secrets: [Secret: [UInt8]]) {
    self.moment = moment
    self.secrets = secrets
  }

  package func text(_ text: Text) -> String {
    text.fragments.map { fragment in
      switch fragment {
      case .text(let text): text
      case .run(let field): moment.text(of: field)
      case .secret(let secret): self.text(secret)
      // Plans refuse them in notifications.
      case .host, .captured, .decided: ""
      }
    }.joined()
  }

  package func text(_ secret: Secret) -> String { String(decoding: secrets[secret] ?? [], as: UTF8.self) }

  /// Shell text, what is filled in as single words, and the environment variables that its secrets come in.
  ///
  /// Anybody may read an argument. The first thing that the shell does is to take them out of what its programs inherit.
  package func command(_ command: Command) -> (text: String, variables: [(name: String, value: String)]) {
    var text = "", taking = ""
    var variables: [(name: String, value: String)] = []
    for fragment in command.fragments {
      switch fragment {
      case .text(let piece): text += piece
      case .run(let field): text += shellQuoted(moment.text(of: field))
      case .secret(let secret):
        let number = variables.count + 1
        variables.append(("PUSHBUTTON_SECRET_\(number)", self.text(secret)))
        taking += "pb_\(number)=$PUSHBUTTON_SECRET_\(number); unset PUSHBUTTON_SECRET_\(number)\n"
        text += "\"$pb_\(number)\""
      case .host, .captured, .decided: break
      }
    }
    return (taking + text, variables)
  }
}

extension String {
  /// As one part of a path in an address (RFC 3986): whatever it holds stays inside that part.
  package var pathPart: String {
    var part = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        part.unicodeScalars.append(Unicode.Scalar(byte))
      default: part += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return part
  }

  /// An address that paths can be added to.
  package var withoutFinalSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
