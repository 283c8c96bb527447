/// An entry as it stands in a journal: with when it was written and how far the host's log had come, which old journals do not have.
package struct JournalLine: Sendable, Equatable {
  package var entry: JournalEntry
  package var time: Timestamp?
  /// Bytes of the host's log.
  package var log: Int?

  /// Nothing for a line that is no entry.
  package init?(_ line: ArraySlice<UInt8>) {
    guard let entry = JournalEntry(line: line) else { return nil }
    self.entry = entry
    guard let reader = (try? JSON.parse(Array(line))).flatMap(EntryReader.init) else { return }
    time = reader.text("at").flatMap(Timestamp.init(text:))
    log = reader.number("log")
  }

  /// All of a run, in their order, also when its journal could not be kept to the end.
  package static func all(of folder: RunFolder) -> [JournalLine] {
    let bytes = (try? File.read(folder.path(folder.isAbandoned ? RunFolder.abandoned : "journal.jsonl"))) ?? []
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap(JournalLine.init)
  }
}
