import Tasks

/// Turns texts and commands of a notification into what is sent: fields of the run and secrets filled in.
package struct MessageText: Sendable {
  package let moment: RunMoment
  package let secrets: [Secret: [UInt8]]

  package init(moment: RunMoment, secrets: [Secret: [UInt8]]) {
    self.moment = moment
    self.secrets = secrets
  }

  package func text(_ text: Text) -> String { filled(text.fragments) { $0 } }

  package func text(_ secret: Secret) -> String { String(decoding: secrets[secret] ?? [], as: UTF8.self) }

  /// Shell text, what is filled in as single words.
  package func command(_ command: Command) -> String { filled(command.fragments, shellQuoted) }

  private func filled(_ fragments: [Fragment], _ quoted: (String) -> String) -> String {
    fragments.map { fragment in
      switch fragment {
      case .text(let text): text
      case .run(let field): quoted(moment.text(of: field))
      case .secret(let secret): quoted(text(secret))
      // Plans refuse them in notifications.
      case .host, .captured, .decided: ""
      }
    }.joined()
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
