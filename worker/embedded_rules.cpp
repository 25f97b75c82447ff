#include "worker/embedded_rules.hpp"

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr std::string_view kText =
#include "rules/failure_rules.inc"
    ;
constexpr std::size_t kLongestFile = 1U << 20U;  ///< the reader of YAML says by itself what is too long

}  // namespace

FailureRules embedded_failure_rules() {
    auto rules = FailureRules::parse(kText, "failure-rules.yaml");
    if (rules) return std::move(rules).value();
    std::vector<std::string> lines;
    for (const auto& fault : rules.error()) lines.push_back(fault.str());
    throw Error(Code::internal, "The failure rules are broken.", join(lines, "\n"));
}

LoadedRules load_failure_rules(const Config& config) {
    auto built_in = embedded_failure_rules();
    const auto& file = config.worker.failure_rules;
    if (file.empty()) return {.rules = std::move(built_in)};
    try {
        auto all = built_in.extended_by(read_file(file, kLongestFile), file);
        if (all) return {.rules = std::move(all).value()};
        return {.rules = std::move(built_in), .faults = all.error()};
    } catch (const Error&) {
        return {.rules = std::move(built_in),
                .faults = {{.file = file, .message = "The file can't be read by this user, or is not there."}}};
    }
}

}  // namespace desk::worker
