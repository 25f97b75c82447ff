// What tests of the model begin with: a good profile as text and as a value, a good order, and who places it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "core/model/policy.hpp"
#include "core/model/profile.hpp"

namespace desk::samples {

inline constexpr std::string_view kProfile = R"(name: demo-lab
displayName: Lab
description: For tests.
platform: demo
openshiftVersions:
  allowlist: ["4.20.3", "4.20.4"]
  default: "4.20.3"
regions:
  allowlist: [demo-east-1, demo-west-1]
  default: demo-east-1
baseDomains:
  allowlist: [demo.example.com]
  default: demo.example.com
compute:
  controlPlane:
    replicas: 3
    instanceType: demo-4x16
    schedulable: false
  workers:
    replicas: 3
    minReplicas: 2
    maxReplicas: 10
    instanceType: demo-8x32
lifecycle:
  maxTTLHours: 72
  defaultTTLHours: 8
  allowCustomTTL: true
  warnBeforeDestroyHours: 2
tags:
  required: {Environment: lab}
  defaults: {Purpose: testing}
  allowUserTags: true
features:
  offHoursScaling: true
costControls:
  estimatedHourlyCost: 2.50
approval:
  autoApprove: {maxTTLHours: 8}
  approvals: 1
  approverTeams: [finance]
  lapseHours: 48
)";

inline constexpr std::string_view kSshKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL4gI2+erKxJfn1JNvCFrZ2FNPXRj4DpT8PUjVxBB2zG ada@example.com";

/// The profile with `from` replaced by `to`; throws when `from` is not in it.
inline std::string profile_with(std::string_view from, std::string_view to) {
    std::string text(kProfile);
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("not in the sample: " + std::string(from));
    return text.replace(at, from.size(), to);
}

/// Every fault of a profile, one a line.
inline std::string faults_of(std::string_view text) {
    const auto profile = parse_profile(text, "p.yaml", {Platform::demo, Platform::aws});
    std::string all;
    if (!profile)
        for (const auto& fault : profile.error()) all += fault.str() + "\n";
    return all;
}

inline Profile profile(std::string_view text = kProfile,
                       const Platforms& configured = {Platform::demo, Platform::aws}) {
    auto parsed = parse_profile(text, "p.yaml", configured);
    if (!parsed) throw std::logic_error(faults_of(text));
    return std::move(parsed).value();
}

/// The same on AWS, which has rules of its own for names, tags and zones.
inline std::string aws_profile() {
    std::string text(kProfile);
    const auto replace_all = [&](std::string_view from, std::string_view to) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    };
    replace_all("demo-4x16", "m6i.xlarge");
    replace_all("demo-8x32", "m6i.2xlarge");
    replace_all("demo-lab", "aws-lab");
    replace_all("platform: demo", "platform: aws");
    replace_all("demo-east-1", "us-east-1");
    replace_all("demo-west-1", "us-west-2");
    return text + R"(platformConfig:
  aws:
    instanceMetadataService: required
    rootVolume: {type: gp3, size: 120, iops: 3000}
)";
}

inline Order order(const Profile& of) {
    Order order = Order::defaults_of(of);
    order.name = "ada-test";
    order.team = "payments";
    order.cost_center = "cc-42";
    order.ssh_public_key = kSshKey;
    return order;
}

inline Requester requester() { return {"ada", {"payments", "search"}}; }

/// The order with every value resolved; throws when it has errors.
inline EffectiveOrder effective(const Order& order, const Profile& profile) {
    auto evaluation = evaluate(order, &profile, {}, requester());
    if (!evaluation.order) throw std::logic_error(evaluation.errors.front().error);
    return *evaluation.order;
}

/// A cluster of it that is READY, and since when.
inline EffectiveOrder running(const Profile& of = profile()) { return effective(order(of), of); }
inline const Time kReady = *parse_time("2026-11-21T12:00:00Z");

}  // namespace desk::samples
