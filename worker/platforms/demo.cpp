#include "worker/platforms/demo.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

/// Where names live: domains belong to no region.
constexpr std::string_view kDemoZones = "zones";

/// Whether a file of the cloud belongs to the cluster: by its place or by what stands in it (tags, owner).
bool belongs_to(const fs::path& file, const std::string& text, const std::vector<std::string>& infra_ids) {
    return std::any_of(infra_ids.begin(), infra_ids.end(), [&](const std::string& infra_id) {
        return text.find(infra_id) != std::string::npos || file.native().find(infra_id) != std::string::npos;
    });
}

/// Every file below `root`, however deep. Other clusters come and go meanwhile: a folder that vanishes under our eyes
/// makes us look again.
std::vector<fs::path> files_below(const fs::path& root) {
    for (;;) {
        std::vector<fs::path> files;
        std::error_code fault;
        auto entry = fs::recursive_directory_iterator(root, fault);
        for (; !fault && entry != fs::recursive_directory_iterator(); entry.increment(fault))
            if (!entry->is_directory(fault)) files.push_back(entry->path());
        if (!fault || (fault == std::errc::no_such_file_or_directory && !fs::exists(root))) return files;
        if (fault != std::errc::no_such_file_or_directory)
            throw Error(Code::unavailable, "The demo cloud can't be read.", cat(root.string(), ": ", fault.message()));
    }
}

/// Nothing when it is gone by now.
std::optional<std::string> find_text(const fs::path& file) {
    try {
        return read_file(file);
    } catch (const Error& error) {
        if (!fs::exists(file)) return std::nullopt;
        throw Error(Code::unavailable, "The demo cloud can't be read.", error.for_log());
    }
}

Leftover describe(const std::string& place, const fs::path& file, const std::string& text) {
    const auto document = parse_json(text);
    const auto field = [&](const char* key) {
        return document.ok() && document->is_object() && document->contains(key) && document->at(key).is_string()
                   ? document->at(key).get<std::string>()
                   : std::string();
    };
    Leftover found{.region = place, .type = field("type"), .id = field("id"), .name = file.stem().string()};
    if (found.type.empty()) found.type = place == kDemoZones ? "domain" : "file";
    return found;
}

}  // namespace

fs::path DemoPlatform::program(const std::string&, const ProgramUse&) const { return config_.installer; }

std::map<std::string, std::string> DemoPlatform::environment(const EffectiveOrder& order, const fs::path&,
                                                             Redactor&) const {
    // The installer's own seconds times this: 37 minutes at 10 s per hour take 6 s.
    constexpr double kSecondsPerHour = 3600;
    return {{"DEMO_CLOUD", config_.cloud_dir},
            {"DEMO_SCALE", cat(order.pace.seconds_per_hour / kSecondsPerHour)},
            {"DEMO_FAIL", demo_fail_mode(order.failure)},
            {"DEMO_VERSION", order.version}};
}

Secret DemoPlatform::pull_secret() const {
    return Secret(R"({"auths":{"registry.demo.invalid":{"auth":"ZGVtbzpub3QtYS1yZWFsLXNlY3JldA=="}}})");
}

std::optional<TerraformRoot> DemoPlatform::prereqs(const EffectiveOrder& order, const std::string& state_key,
                                                   const ClusterId&, const Json& variables) const {
    if (terraform_.demo_prereqs.empty()) return std::nullopt;
    return TerraformRoot{.files = terraform_.demo_prereqs,
                         .backend = {{"path", cat(config_.cloud_dir, "-terraform/", state_key)}},
                         .variables = variables.is_null() ? Json{{"cluster_name", order.name}} : variables};
}

std::vector<Check> DemoPlatform::preflight(const EffectiveOrder&) const {
    std::vector<Check> checks;
    checks.push_back(::access(config_.installer.c_str(), X_OK) == 0
                         ? Check::pass("installer", "The demo installer is there.")
                         : Check::fail("installer",
                                       cat("The demo installer ", config_.installer, " is not there or can't be run."),
                                       "Set demo.installer to the program demo-install."));
    if (!fs::exists(config_.cloud_dir)) make_dir(config_.cloud_dir);
    checks.push_back(::access(config_.cloud_dir.c_str(), W_OK | X_OK) == 0
                         ? Check::pass("cloud", "The demo cloud can be written.")
                         : Check::fail("cloud", cat("The demo cloud ", config_.cloud_dir, " can't be written."),
                                       "Give the worker's user the right to write there, or set demo.cloud_dir."));
    return checks;
}

std::vector<Leftover> DemoPlatform::sweep(const SweepScope& scope) const {
    std::vector<Leftover> found;
    auto places = scope.regions;
    places.emplace_back(kDemoZones);
    for (const auto& place : places) {
        for (const auto& file : files_below(fs::path(config_.cloud_dir) / place)) {
            const auto text = find_text(file);
            if (text && belongs_to(file, *text, scope.infra_ids)) found.push_back(describe(place, file, *text));
        }
    }
    return found;
}

std::vector<std::string> DemoPlatform::queries(const SweepScope& scope) const {
    std::vector<std::string> all;
    for (const auto& infra_id : scope.infra_ids) {
        for (const auto& region : scope.regions)
            all.push_back(cat("every resource in ", region, " with tag kubernetes.io/cluster/", infra_id));
        all.push_back(cat("every DNS zone for records owned by ", infra_id));
    }
    return all;
}

}  // namespace desk::worker
