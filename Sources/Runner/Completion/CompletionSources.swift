import Tasks

extension Completion.Sources {
  /// The inventories and runs of a Deployfile; a source that answers too late for somebody who waits at a prompt answers nothing.
  static func current(_ deployfile: Deployfile, _ place: Program.Place) -> Completion.Sources {
    Completion.Sources(
      inventories: { environments, invocation in
        Engine.run { () async -> [Inventory] in
          Engine.after(patience) { leave() }
          let planning = Planning(deployfile: deployfile, invocation: invocation, place: place)
          var inventories: [Inventory] = []
          // The one that -i names stands for all of them.
          let asked: [EnvironmentDefinition?] = invocation.inventory == nil ? environments : [nil]
          for environment in asked {
            if let inventory = try? await planning.inventory(of: environment) { inventories.append(inventory) }
          }
          return inventories
        }
      },
      runs: { PastRun.all(of: place.root) })
  }

  private static let patience = Duration.seconds(3)

  @Engine private static func leave() -> Never {
    Reaper.endAll()
    exit(ExitStatus.done.rawValue)
  }
}

extension CompletionRequest {
  /// Answers and ends the process.
  package func answer(_ deployfile: Deployfile, _ sources: Completion.Sources) -> Never {
    try? File.write(Array(Completion.answer(self, deployfile, sources).text(for: self).utf8), to: 1)
    exit(ExitStatus.done.rawValue)
  }

  /// The same where there is no Deployfile that could be asked: our own options are known all the same.
  package func answerAlone() -> Never { answer(Deployfile {}, Completion.Sources()) }
}
