#include "worker/demo/failures.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "worker/demo/directory_cloud.hpp"
#include "worker/demo/failure_scripts.hpp"
#include "worker/demo/log_bundle.hpp"
#include "worker/demo/run.hpp"

namespace desk::demo {
namespace {

constexpr double kTenMinutes = 600;
constexpr int kFloodLines = 100'000;
constexpr std::size_t kLongLine = 1U << 20U;

/// Waits as long as the installer would, gathers a bundle where it would, says the lines; the last one ends the run.
void act_script(Run& run, const FailureRow& row) {
    const FailureScript& script = get_script(row.name);
    if (script.waits) run.pass(demo::row(row.stage).timeout_seconds);
    for (std::size_t i = 0; i + 1 < script.lines.size(); ++i) {
        run.log.write(script.lines[i].level, fill(script.lines[i].text, run.words));
    }
    if (script.gathers) {
        run.log.info("Pulling debug logs from the bootstrap machine");
        run.log.info(cat("Bootstrap gather logs captured here \"", write_log_bundle(run), "\""));
    }
    const Line& last = script.lines.back();
    throw Stop{.code = row.exit_code, .level = last.level, .message = fill(last.text, run.words)};
}

void act_panic(Run&, const FailureRow&) {
    throw Panic{"runtime error: invalid memory address or nil pointer dereference"};
}

void act_hang(Run& run, const FailureRow&) {
    for (;;) run.pass_in_endless_loop(60);
}

void act_oom(Run&, const FailureRow&) { ::kill(::getpid(), SIGKILL); }

void act_slowlog(Run& run, const FailureRow&) { run.pass(kTenMinutes); }

void act_flood(Run& run, const FailureRow&) {
    for (int i = 0; i < kFloodLines; ++i) run.log.debug(cat("Still waiting for the flood to end: ", i));
}

void act_longline(Run& run, const FailureRow&) { run.log.info("long line: " + std::string(kLongLine, 'x')); }

void act_badutf8(Run& run, const FailureRow&) { run.log.info("not UTF-8: \xff\xfe\xc3( and on it goes"); }

void act_partial_line(Run& run, const FailureRow& row) {
    run.log.raw_stderr("level=info msg=Creating infrastr");
    ::_exit(row.exit_code);
}

constexpr int kKilled = 128 + SIGKILL;

constexpr std::array kFailures = {
    FailureRow{"creds", Stage::config, 3, "The cloud refuses the credentials while install-config.yaml is checked.",
               act_script},
    FailureRow{"zone", Stage::manifests, 1, "There is no public DNS zone for the base domain.", act_script},
    FailureRow{"perms", Stage::assets, 1, "The credentials lack permissions that an installation needs.", act_script},
    FailureRow{"quota", Stage::assets, 1, "A quota of the account has not enough left.", act_script},
    FailureRow{"dnsrecords", Stage::assets, 1, "DNS records for this cluster's names exist already.", act_script},
    FailureRow{"infra", Stage::net, 4,
               "The network is not ready within 15 minutes; the reason is only in the log file, at debug.", act_script},
    FailureRow{"machines", Stage::machines, 4,
               "The control plane machines are not provisioned within 15 minutes; a log bundle is gathered.",
               act_script},
    FailureRow{"phz", Stage::machines, 4, "The private hosted zone cannot be created: the domain conflicts.",
               act_script},
    FailureRow{"api", Stage::api, 5, "The Kubernetes API does not answer within 20 minutes.", act_script},
    FailureRow{"bootstrap", Stage::bootstrap, 5,
               "Bootstrapping does not complete within 45 minutes; a log bundle is gathered.", act_script},
    FailureRow{"operators", Stage::initialize, 6,
               "Cluster operators are not available within 40 minutes; wait-for can go on from here.", act_script},
    FailureRow{"unstable", Stage::stable, 7, "Operators do not settle within 30 minutes; the cluster can be used.",
               act_script},
    FailureRow{"panic", Stage::assets, 2, "The installer panics: a Go trace on stderr, nothing in the log file.",
               act_panic},
    FailureRow{"hang", Stage::net, exit_code::kInterrupted, "The installer waits for ever, until a signal ends it.",
               act_hang},
    FailureRow{"oom", Stage::bootstrap, kKilled, "The kernel kills the installer with SIGKILL; the provider lives on.",
               act_oom},
    FailureRow{"slowlog", Stage::bootstrap, 0, "Ten minutes without a line; then the installation goes on.",
               act_slowlog},
    FailureRow{"flood", Stage::initialize, 0, "A hundred thousand lines at debug; then the installation goes on.",
               act_flood},
    FailureRow{"longline", Stage::initialize, 0, "One line of a megabyte; then the installation goes on.",
               act_longline},
    FailureRow{"badutf8", Stage::initialize, 0, "A line that is not UTF-8; then the installation goes on.",
               act_badutf8},
    FailureRow{"partial-line-then-exit", Stage::iam, 1, "The output ends in the middle of a line.", act_partial_line},
    FailureRow{"enospc", Stage::assets, 1, "The disk of the installer's directory is full.", act_script},
    FailureRow{"metadata-late", Stage::ignition, 0, "metadata.json is never written.", nullptr},
    FailureRow{"exit0-no-complete", Stage::stable, 0, "Exit 0 without the line \"Install complete!\".", nullptr},
    FailureRow{"destroy-stuck", Stage::destroy, exit_code::kInterrupted,
               "One thing never goes away: destroy goes on until a signal ends it.", nullptr},
    FailureRow{"destroy-throttle", Stage::destroy, 0, "The cloud answers \"Rate exceeded\" for a while.", nullptr},
};

const FailureRow* find_failure(std::string_view name) {
    for (const auto& row : kFailures)
        if (row.name == name) return &row;
    return nullptr;
}

Injection parse_injection(std::string_view text) {
    const auto colon = text.find(':');
    const auto at = text.substr(0, colon).find('@');
    const std::string_view name = text.substr(0, std::min(at, colon));
    Injection injection{.failure = find_failure(name)};
    if (injection.failure == nullptr) fatal(cat("DEMO_FAIL: there is no failure \"", name, "\"; see explain-failures"));
    injection.stage = injection.failure->stage;
    if (at != std::string_view::npos) {
        const std::string_view stage = text.substr(0, colon).substr(at + 1);
        const auto found = find_stage(stage);
        if (!found) fatal(cat("DEMO_FAIL: there is no stage \"", stage, "\""));
        injection.stage = *found;
    }
    if (colon != std::string_view::npos) {
        const auto count = parse_int(text.substr(colon + 1));
        if (!count || *count < 1 || *count > 1000)
            fatal(cat("DEMO_FAIL: the count of \"", text, "\" is not 1 to 1000"));
        injection.count = static_cast<int>(*count);
    }
    return injection;
}

}  // namespace

std::vector<Injection> parse_injections(std::string_view text) {
    std::vector<Injection> injections;
    if (text.empty()) return injections;
    for (const auto part : split(text, ',')) injections.push_back(parse_injection(trim(part)));
    return injections;
}

bool is_due(Run& run, const Injection& injection) {
    if (injection.count == 0) return true;
    const std::string subject = fill("{domain}", run.words);
    const std::string failure = cat(injection.failure->name, "@", row(injection.stage).name);
    return DirectoryCloud(run.settings.get_cloud()).count_strike(subject + "/" + failure, injection.count);
}

void act_out(Run& run, std::string_view mode) {
    const FailureRow* failure = find_failure(mode);
    failure->act(run, *failure);
}

std::string failures_as_json() {
    auto menu = nlohmann::ordered_json::array();
    for (const auto& failure : kFailures) {
        menu.push_back({{"name", failure.name},
                        {"stage", row(failure.stage).name},
                        {"exitCode", failure.exit_code},
                        {"text", failure.text}});
    }
    return menu.dump(2);
}

}  // namespace desk::demo
