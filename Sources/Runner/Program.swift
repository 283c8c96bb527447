import Tasks

/// What the launcher's stub calls in a compiled Deployfile: the whole of `run`.
public enum Program {
  /// Does what the command line says and ends the process with its exit status.
  public static func main(_ deployfile: Deployfile) -> Never {
    if let request = CompletionRequest(CommandLine.arguments.dropFirst()) { complete(request, deployfile) }
    let status: ExitStatus
    do throws(Failure) {
      let invocation = try invocation(deployfile, Array(CommandLine.arguments.dropFirst()))
      status = try perform(invocation, deployfile)
    } catch {
      try? File.write(Array(error.text.utf8), to: 2)
      status = error.status
    }
    exit(status.rawValue)
  }

  private static func complete(_ request: CompletionRequest, _ deployfile: Deployfile) -> Never {
    CompletionRequest.silence()
    request.answer(deployfile, .current(deployfile, Place.current()))
  }

  private static func invocation(_ deployfile: Deployfile, _ words: [String]) throws(Failure) -> Invocation {
    do throws(DeployfileError) { try DeployfileCheck.check(deployfile) } catch { throw Failure(error) }
    var parser = CommandLineParser(deployfile: deployfile, words: words, isBuilt: Origin.current.isBuilt)
    do throws(UsageError) { return try parser.parse() } catch { throw Failure(error) }
  }

  private static func perform(_ invocation: Invocation, _ deployfile: Deployfile) throws(Failure) -> ExitStatus {
    let inspection = Inspection(deployfile: deployfile, invocation: invocation, place: Place.current())
    switch invocation.action {
    case .list: return inspection.list()
    case .help(let task): return try inspection.help(task)
    case .version: return inspection.version()
    case .hosts(let pattern): return try inspection.hosts(pattern)
    case .plan: return try inspection.plan()
    case .check: return inspection.check()
    case .history: return inspection.history()
    case .report(let word): return try Reporting(invocation: invocation, place: Place.current()).report(word)
    case .resume(let word):
      let place = Place.current()
      let resume = try Resume.find(word, root: place.root)
      return try Deployment(
        deployfile: deployfile, invocation: resume.record.invocation(shownAs: invocation), place: place, resume: resume
      ).run()
    case .unlock(let name):
      return try Unlocking(deployfile: deployfile, invocation: invocation, place: Place.current(), name: name).run()
    // The launcher has done it already.
    case .begin: return Beginning.run(invocation, file: nil)
    case .doctor(let pattern):
      return try Doctor(
        deployfile: deployfile, invocation: invocation, place: Place.current(), pattern: pattern, earlier: DoctorHandover.take()
      ).run()
    case .shell(let pattern):
      return try Login(deployfile: deployfile, invocation: invocation, place: Place.current(), pattern: pattern).run()
    case .completion(let shell): return inspection.completion(shell)
    case .run, .on: return try Deployment(deployfile: deployfile, invocation: invocation, place: Place.current()).run()
    }
  }

  /// Where the Deployfile and the person are.
  package struct Place: Sendable {
    /// The Deployfile's folder.
    package var root: String
    /// Where `run` was typed.
    package var workingFolder: String

    package init(root: String, workingFolder: String) {
      self.root = root
      self.workingFolder = workingFolder
    }

    package static func current() -> Place {
      let folder = File.workingFolder
      return Place(root: Origin.current.root ?? folder, workingFolder: folder)
    }
  }
}
