// A small profile of the demo cloud, for tests that order or adopt by it.
#pragma once

namespace desk {

/// Approved by the rule up to 8 h, by people above. What else a test needs it puts behind it, as text.
inline constexpr const char* kSmallProfile = R"(
name: demo-small
displayName: Small
description: For tests.
platform: demo
enabled: true
openshiftVersions: {allowlist: ["4.20.1", "4.20.2"], default: "4.20.1"}
regions: {allowlist: [demo-east-1, demo-west-1], default: demo-east-1}
baseDomains: {allowlist: [demo.invalid], default: demo.invalid}
compute:
  controlPlane: {replicas: 3, instanceType: demo-4x16, schedulable: true}
  workers: {replicas: 0, minReplicas: 0, maxReplicas: 3}
lifecycle: {maxTTLHours: 72, defaultTTLHours: 8, allowCustomTTL: true, warnBeforeDestroyHours: 1}
tags: {required: {Environment: demo}, allowUserTags: true}
costControls: {estimatedHourlyCost: 1.50}
approval:
  autoApprove: {maxTTLHours: 8}
  approvals: 1
)";

}  // namespace desk
