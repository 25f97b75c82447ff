#include "worker/embedded_rules.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr std::string_view kText =
#include "rules/failure_rules.inc"
    ;

}  // namespace

FailureRules embedded_failure_rules() {
    auto rules = FailureRules::parse(kText, "failure-rules.yaml");
    if (rules) return std::move(rules).value();
    std::vector<std::string> lines;
    for (const auto& fault : rules.error()) lines.push_back(fault.str());
    throw Error(Code::internal, "The failure rules are broken.", join(lines, "\n"));
}

}  // namespace desk::worker
