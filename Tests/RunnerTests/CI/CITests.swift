import Testing

@testable import Runner

struct CITests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var variables: [String: String]
    var ci: CI?

    init(_ name: String, _ variables: [String: String], _ ci: CI?) {
      testDescription = name
      self.variables = variables
      self.ci = ci
    }
  }

  static let rows = [
    Row("none", ["CI": "true", "USER": "ann"], nil),
    Row(
      "GitHub",
      [
        "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": "7",
        "GITHUB_ACTOR": "bob", "GITHUB_TRIGGERING_ACTOR": "ann",
      ], CI(.gitHub, url: "https://github.com/o/r/actions/runs/7", user: "ann")),
    Row("GitHub, not", ["GITHUB_ACTIONS": "false"], nil),
    Row("GitHub with nothing else", ["GITHUB_ACTIONS": "true"], CI(.gitHub)),
    Row(
      "GitLab", ["GITLAB_CI": "true", "CI_JOB_URL": "https://gl/o/r/-/jobs/1", "GITLAB_USER_LOGIN": "ann"],
      CI(.gitLab, url: "https://gl/o/r/-/jobs/1", user: "ann")),
    Row(
      "Jenkins", ["JENKINS_URL": "https://j/", "BUILD_URL": "https://j/job/1/", "BUILD_USER_ID": "ann"],
      CI(.jenkins, url: "https://j/job/1/", user: "ann")),
    Row("Jenkins without a user", ["JENKINS_URL": "https://j/", "BUILD_URL": "", "BUILD_USER_ID": ""], CI(.jenkins)),
    Row(
      "Buildkite", ["BUILDKITE": "true", "BUILDKITE_BUILD_URL": "https://b/1", "BUILDKITE_BUILD_CREATOR": "ann"],
      CI(.buildkite, url: "https://b/1", user: "ann")),
    Row(
      "CircleCI", ["CIRCLECI": "true", "CIRCLE_BUILD_URL": "https://c/1", "CIRCLE_USERNAME": "ann"],
      CI(.circleCI, url: "https://c/1", user: "ann")),
    Row("TeamCity", ["TEAMCITY_VERSION": "2026.1", "BUILD_URL": "https://t/1"], CI(.teamCity, url: "https://t/1")),
    Row(
      "Azure",
      [
        "TF_BUILD": "True", "SYSTEM_COLLECTIONURI": "https://dev.azure.com/o/", "SYSTEM_TEAMPROJECT": "My Shop", "BUILD_BUILDID": "7",
        "BUILD_REQUESTEDFOR": "Ann",
      ], CI(.azure, url: "https://dev.azure.com/o/My%20Shop/_build/results?buildId=7", user: "Ann")),
    Row(
      "Bitbucket", ["BITBUCKET_BUILD_NUMBER": "7", "BITBUCKET_REPO_FULL_NAME": "o/r"],
      CI(.bitbucket, url: "https://bitbucket.org/o/r/pipelines/results/7")),
    Row(
      "Drone", ["DRONE": "true", "DRONE_BUILD_LINK": "https://d/1", "DRONE_BUILD_TRIGGER": "ann"],
      CI(.drone, url: "https://d/1", user: "ann")),
    Row(
      "Woodpecker", ["CI": "woodpecker", "CI_PIPELINE_URL": "https://w/1", "CI_COMMIT_AUTHOR": "ann"],
      CI(.woodpecker, url: "https://w/1", user: "ann")),
    Row("Travis", ["TRAVIS": "true", "TRAVIS_JOB_WEB_URL": "https://t/1"], CI(.travis, url: "https://t/1")),
  ]

  @Test(arguments: rows) func detects(row: Row) {
    #expect(CI.detect { row.variables[$0] } == row.ci)
  }

  static let neutralised: [(text: String, safe: String)] = [
    ("web1 | ok", "web1 | ok"), ("::error::x", ": :error::x"), ("      ::error::x", "      : :error::x"),
    ("web1 | ::error::x", "web1 | ::error::x"), ("web1 | a ##[add-mask]x", "web1 | a ## [add-mask]x"),
    ("web1 | ##vso[task.setvariable]x", "web1 | ##vso [task.setvariable]x"),
    ("web1 | ##teamcity[x]", "web1 | ##teamcity [x]"), ("+++ x", " +++ x"), ("travis_fold:end:x", " travis_fold:end:x"),
    ("##[##[", "## [## ["),
  ]

  @Test(arguments: neutralised) func nothingSpeaksToTheCI(text: String, safe: String) {
    #expect(text.withoutCICommands == safe)
  }
}
