import Tasks

/// A command line that says nothing `run` can do.
package enum UsageError: Error, Equatable {
  case unknownTask(String, known: [String])
  case unknownEnvironment(String, known: [String])
  case unknownOption(String, task: String?, known: [String])
  case missingArgument(option: String, argument: String)
  case unexpectedArgument(option: String, argument: String)
  case notANumber(option: String, text: String)
  case unknownFormat(String)
  case unknownOutput(String)
  case outputOfReport(String)
  case openWithout
  case unknownSteps(String)
  case unknownShell(String)
  case unknownWithout
  case unknownOrigin(String)
  case originWithout
  case besideOldRun(String, option: String)
  case flagValue(option: String, text: String)
  case repeated(option: String)
  case twoActions(String, String)
  case jsonWithout
  case differenceWithout
  case missingCommand
  case commandWithoutOn
  case nothingToPlan
  case tasksBeside(option: String)
  case buildWithoutOutput
  case besideLauncherAction(String, option: String)
  case onlyOfLauncher(String)
  case noEnvironment(known: [String])
}
