/// One word for a POSIX shell that means exactly `text`; the only quoting there is.
///
/// Words of harmless characters stay as they are, so that plans read well.
package func shellQuoted(_ text: String) -> String {
  if !text.isEmpty && text.utf8.allSatisfy(isHarmless) { return text }
  var quoted = "'"
  for character in text.unicodeScalars {
    if character == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(character) }
  }
  return quoted + "'"
}

/// Characters that no shell gives a meaning, anywhere in a word.
private func isHarmless(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
  case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ","),
    UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "%"):
    true
  default: false
  }
}
