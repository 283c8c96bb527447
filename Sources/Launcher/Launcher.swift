import Runner

@main
enum Launcher {
  static func main() {}
}
