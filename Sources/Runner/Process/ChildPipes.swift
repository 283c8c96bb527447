/// Both sides of a child's standard streams, made together or not at all.
struct ChildPipes {
  /// What the child gets.
  private(set) var theirs = Spawn.Standard()
  /// What we keep.
  private(set) var ours = Spawn.Standard()
  private var opened: [Int32] = []

  init(_ start: ChildStart) throws(SpawnError) {
    do {
      switch start.input {
      case .inherit: break
      case .null: theirs.input = try ChildPipes.null.get()
      case .pipe: (theirs.input, ours.input) = try pipe(\.reading, \.writing)
      }
      switch start.output {
      case .inherit: break
      case .null:
        theirs.output = try ChildPipes.null.get()
        theirs.error = theirs.output
      case .pipe:
        (theirs.output, ours.output) = try pipe(\.writing, \.reading)
        (theirs.error, ours.error) = try pipe(\.writing, \.reading)
      }
    } catch {
      closeAll()
      throw SpawnError(start, code: error.code)
    }
  }

  /// After the start: the child has its own copies, and ours would keep the pipes from ever ending.
  func closeTheirs() {
    let kept = [ours.input, ours.output, ours.error]
    for descriptor in opened where !kept.contains(descriptor) { close(descriptor) }
  }

  func closeAll() {
    for descriptor in opened { close(descriptor) }
  }

  private mutating func pipe(
    _ their: KeyPath<Descriptor.Pipe, Int32>, _ our: KeyPath<Descriptor.Pipe, Int32>
  ) throws(SystemError) -> (theirs: Int32, ours: Int32) {
    let pipe = try Descriptor.Pipe()
    opened += [pipe.reading, pipe.writing]
    Descriptor.setNonBlocking(pipe[keyPath: our])
    return (pipe[keyPath: their], pipe[keyPath: our])
  }

  // One for all children and for good, so that a child without input costs no descriptor.
  private static let null: Swift.Result<Int32, SystemError> = {
    let descriptor = open("/dev/null", O_RDWR | O_CLOEXEC)
    return descriptor < 0 ? .failure(SystemError("open", "/dev/null")) : .success(descriptor)
  }()
}
