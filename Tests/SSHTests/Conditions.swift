import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
  static var needsFleet: Self { .enabled(if: Fleet.isAvailable, "\(Fleet.reason)") }
  static func needsUser(_ user: String) -> Self {
    .enabled(if: Fleet.isAvailable && Fleet.current?.has(user: user) == true, "there is no user \(user): the fleet's users need root")
  }
}
