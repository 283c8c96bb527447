// swift-tools-version: 6.1
import PackageDescription

// Four targets and nothing third-party. `Pushbutton` is the static archive that a compiled Deployfile links;
// `run` is the launcher that compiles and starts it; `Rehearsal` is for the tests of a Deployfile.
let package = Package(
  name: "pushbutton",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "run", targets: ["Launcher"]),
    .library(name: "Pushbutton", type: .static, targets: ["Tasks", "Runner"]),
    .library(name: "Rehearsal", targets: ["Rehearsal"]),
  ],
  targets: [
    .target(name: "Tasks"),
    .target(name: "Runner", dependencies: ["Tasks"]),
    .executableTarget(name: "Launcher", dependencies: ["Runner"]),
    .target(name: "Rehearsal", dependencies: ["Runner", "Tasks"]),
    .testTarget(name: "TasksTests", dependencies: ["Tasks", "TestSupport"]),
    .testTarget(name: "RunnerTests", dependencies: ["Runner", "Tasks", "TestSupport"]),
    .testTarget(name: "LauncherTests", dependencies: ["TestSupport"]),
    .testTarget(name: "RehearsalTests", dependencies: ["Rehearsal", "Tasks", "TestSupport"]),
    // The example is a package of its own; here its tests are tests of ours.
    .target(
      name: "Deployment", dependencies: ["Tasks"], path: "Examples/tested",
      exclude: ["Package.swift", "README.md", "Tests", "config", "inventory"], sources: ["Deployfile.swift"]),
    .testTarget(
      name: "DeploymentTests", dependencies: ["Deployment", "Rehearsal"], path: "Examples/tested/Tests/DeploymentTests",
      exclude: ["Snapshots"]),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(name: "Fuzzing", dependencies: ["Runner", "Tasks", "TestSupport"], path: "Tests/Fuzzing"),
    .executableTarget(name: "Fuzz", dependencies: ["Fuzzing", "Runner"], path: "Tests/Fuzz"),
    .testTarget(name: "FuzzTests", dependencies: ["Fuzzing", "Runner"]),
    .testTarget(name: "MisuseTests", dependencies: ["TestSupport"]),
    .testTarget(name: "RunTests", dependencies: ["TestSupport"]),
    .testTarget(name: "SSHTests", dependencies: ["TestSupport"]),
    .testTarget(name: "FaultTests", dependencies: ["TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
