/// The CI service that this run is part of.
package struct CI: Sendable, Equatable {
  package enum Service: String, Sendable, CaseIterable {
    case gitHub, gitLab, jenkins, buildkite, circleCI, teamCity, azure, bitbucket, drone, woodpecker, travis
  }

  package var service: Service
  /// The page of the build.
  package var url: String?
  /// Who started it.
  package var user: String?

  package init(_ service: Service, url: String? = nil, user: String? = nil) {
    self.service = service
    self.url = url
    self.user = user
  }

  /// The service that the environment variables tell of.
  package static func detect(_ variable: (String) -> String? = ProcessEnvironment.value) -> CI? {
    func value(_ names: String...) -> String? { names.lazy.compactMap(variable).first { !$0.isEmpty } }
    guard let service = service(value) else { return nil }
    return CI(service, url: url(of: service, value), user: user(of: service, value))
  }

  private typealias Values = (String...) -> String?

  /// Those that say more than a general word come first.
  private static func service(_ value: Values) -> Service? {
    let marks: [(String, Service)] = [
      ("GITHUB_ACTIONS", .gitHub), ("GITLAB_CI", .gitLab), ("BUILDKITE", .buildkite), ("CIRCLECI", .circleCI),
      ("TEAMCITY_VERSION", .teamCity), ("TF_BUILD", .azure), ("BITBUCKET_BUILD_NUMBER", .bitbucket), ("DRONE", .drone),
      ("TRAVIS", .travis), ("JENKINS_URL", .jenkins),
    ]
    if value("CI") == "woodpecker" { return .woodpecker }
    return marks.first { mark in value(mark.0).map { $0 != "false" } ?? false }?.1
  }

  private static func url(of service: Service, _ value: Values) -> String? {
    switch service {
    case .gitHub:
      guard let server = value("GITHUB_SERVER_URL"), let repository = value("GITHUB_REPOSITORY"), let run = value("GITHUB_RUN_ID") else {
        return nil
      }
      return "\(server)/\(repository)/actions/runs/\(run)"
    case .azure:
      guard let server = value("SYSTEM_COLLECTIONURI"), let project = value("SYSTEM_TEAMPROJECT"), let build = value("BUILD_BUILDID") else {
        return nil
      }
      return "\(server)\(project.pathPart)/_build/results?buildId=\(build)"
    case .bitbucket:
      guard let repository = value("BITBUCKET_REPO_FULL_NAME"), let build = value("BITBUCKET_BUILD_NUMBER") else { return nil }
      return "https://bitbucket.org/\(repository)/pipelines/results/\(build)"
    case .gitLab: return value("CI_JOB_URL", "CI_PIPELINE_URL")
    case .jenkins, .teamCity: return value("BUILD_URL")
    case .buildkite: return value("BUILDKITE_BUILD_URL")
    case .circleCI: return value("CIRCLE_BUILD_URL")
    case .drone: return value("DRONE_BUILD_LINK")
    case .woodpecker: return value("CI_PIPELINE_URL")
    case .travis: return value("TRAVIS_JOB_WEB_URL", "TRAVIS_BUILD_WEB_URL")
    }
  }

  /// Jenkins tells it with the plugin "build user vars" only, TeamCity and Travis not at all.
  private static func user(of service: Service, _ value: Values) -> String? {
    switch service {
    case .gitHub: value("GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR")
    case .gitLab: value("GITLAB_USER_LOGIN")
    case .jenkins: value("BUILD_USER_ID", "BUILD_USER")
    case .buildkite: value("BUILDKITE_UNBLOCKER", "BUILDKITE_BUILD_CREATOR")
    case .circleCI: value("CIRCLE_USERNAME")
    case .azure: value("BUILD_REQUESTEDFOREMAIL", "BUILD_REQUESTEDFOR")
    case .bitbucket: value("BITBUCKET_STEP_TRIGGERER_UUID")
    case .drone: value("DRONE_BUILD_TRIGGER")
    case .woodpecker: value("CI_COMMIT_AUTHOR")
    case .teamCity, .travis: nil
    }
  }
}
