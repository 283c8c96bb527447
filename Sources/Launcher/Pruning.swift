import Runner

/// Removes programs that nobody has used for a month, then the oldest beyond 500 MB, and what killed launchers left.
///
/// Runs only after a compilation, when nobody notices. A program that is running goes on although its file is gone.
struct Pruning {
  private let cache: Cache
  private let month = 30 * 86_400
  private let limit = 500 << 20

  init(_ cache: Cache) { self.cache = cache }

  func run() {
    let now = time(nil)
    for name in Folder.names(in: cache.tmp) {
      let path = Path.join(cache.tmp, name)
      if let status = File.status(path), status.modified.tv_sec < now - 86_400 { Folder.remove(path) }
    }
    var size = 0
    for program in programs.sorted(by: { $0.used > $1.used }) {
      size += program.size
      if program.used < now - month || size > limit { Folder.remove(program.folder) }
    }
  }

  private var programs: [(folder: String, used: Int, size: Int)] {
    Folder.names(in: cache.programs).map { name in
      let folder = Path.join(cache.programs, name)
      let status = File.status(Path.join(folder, "run"))
      // Without a program in it: somebody else is about to move one in.
      return (folder, status?.modified.tv_sec ?? .max, Int(status?.st_size ?? 0))
    }
  }
}
