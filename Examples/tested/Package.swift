// swift-tools-version: 6.1
import PackageDescription

// `run` compiles Deployfile.swift without this file; this file is for `swift test`.
let package = Package(
  name: "deployment",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In your own repository: the place of your checkout of Pushbutton.
    .package(name: "pushbutton", path: "../..")
  ],
  targets: [
    .target(
      name: "Deployment", dependencies: [.product(name: "Pushbutton", package: "pushbutton")], path: ".",
      exclude: ["README.md", "Tests", "config", "inventory"], sources: ["Deployfile.swift"]),
    .testTarget(
      name: "DeploymentTests", dependencies: ["Deployment", .product(name: "Rehearsal", package: "pushbutton")],
      exclude: ["Snapshots"]),
  ],
  swiftLanguageModes: [.v6]
)
