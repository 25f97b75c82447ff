#include "worker/terraform.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/model/version.hpp"
#include "worker/child.hpp"

namespace desk::worker {
namespace {

constexpr seconds kDeadline = 30min;  // a zone takes a minute, a role seconds; providers are fetched at first
constexpr std::string_view kPlanFile = "plan.bin", kVariables = "desk.auto.tfvars.json";
constexpr std::size_t kLinesKept = 100;
constexpr seconds kToSayItsVersion = 30s;
constexpr std::string_view kNoState = "No state file was found!";  // the only sign: it exits 1, as for any error

/// terraform's own words for the actions of one change.
std::string action_of(const Json& actions) {
    std::vector<std::string> words = actions;
    if (words.size() == 2) return "replace";
    return words.empty() ? "" : words.front();
}

void copy_root(const fs::path& from, const fs::path& to) {
    make_dir(to);
    for (const auto& entry : fs::directory_iterator(from))
        if (entry.is_regular_file()) replace_file(to / entry.path().filename(), read_file(entry.path()));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n'))
        if (!trim(line).empty()) lines.emplace_back(trim(line));
    return lines;
}

}  // namespace

TerraformPlan TerraformPlan::of(const Json& document) {
    if (!document.value("format_version", "").starts_with("1."))
        throw Error(Code::internal, "terraform's plan can't be read.", "format_version is not 1.x");
    TerraformPlan plan;
    for (const auto& change : document.value("resource_changes", Json::array())) {
        const auto action = action_of(change.at("change").at("actions"));
        if (action != "no-op" && action != "read") plan.changes.push_back({change.at("address"), action});
    }
    return plan;
}

std::string TerraformPlan::words() const {
    const auto count = [&](std::string_view action) {
        return std::ranges::count(changes, action, &PlannedChange::action);
    };
    const auto replaced = count("replace");
    return cat(count("create") + replaced, " to add, ", count("update"), " to change, ", count("delete") + replaced,
               " to destroy");
}

Json TerraformPlan::to_json() const {
    Json list = Json::array();
    for (const auto& change : changes) list.push_back({{"address", change.address}, {"action", change.action}});
    return list;
}

std::optional<std::string> terraform_fault(const fs::path& program) {
    SystemProcessRunner runner;
    const auto said = capture(
        runner, {.program = program,
                 .args = {"version", "-json"},
                 .env = {{"PATH", kProgramPath}, {"CHECKPOINT_DISABLE", "1"}, {"TF_CLI_CONFIG_FILE", "/dev/null"}},
                 .timeout = kToSayItsVersion});
    if (!said.exit.ok()) return cat("Terraform (", program.string(), ") can't be run: ", said.exit.why, '.');
    const auto document = parse_json(said.out);
    const auto words = document && document->is_object() ? document->value("terraform_version", "") : "";
    const auto version = Version::parse(words);
    if (!version) return cat("Terraform (", program.string(), ") does not say its version.");
    if (*version < Version{1, 10, 0}) return cat("Terraform ", words, " is too old: it has to be 1.10 or newer.");
    return std::nullopt;
}

Terraform::Terraform(ProcessRunner& runner, const TerraformSettings& settings, const TerraformRoot& root,
                     const fs::path& dir, LineSink log)
    : runner_(runner), settings_(settings), dir_(dir), log_(std::move(log)) {
    copy_root(root.files, dir_);
    replace_file(dir_ / kVariables, canonical(root.variables));
    settings_.environment.insert(
        {{"TF_IN_AUTOMATION", "1"},
         {"CHECKPOINT_DISABLE", "1"},  // nobody is told that we are here
         {"TF_CLI_CONFIG_FILE", settings.cli_config.empty() ? "/dev/null" : settings.cli_config}});

    std::vector<std::string> args = {"init", "-input=false", "-no-color", "-reconfigure"};
    if (fs::exists(dir_ / ".terraform.lock.hcl")) args.emplace_back("-lockfile=readonly");
    for (const auto& [key, value] : root.backend) args.push_back(cat("-backend-config=", key, '=', value));
    run(std::move(args));
}

std::string Terraform::lock_timeout() const { return cat("-lock-timeout=", settings_.lock_timeout.count(), 's'); }

Command Terraform::command(std::vector<std::string> args) const {
    return {.program = settings_.program,
            .args = std::move(args),
            .env = settings_.environment,
            .dir = dir_,
            .timeout = kDeadline,
            .kill_after = settings_.kill_after};
}

void Terraform::run(std::vector<std::string> args) {
    std::vector<std::string> said;
    const Exit exit = runner_.run(command(std::move(args)), [&](Stream stream, std::string_view line) {
        if (log_) log_(stream, line);
        if (stream == Stream::out || trim(line).empty()) return;
        said.emplace_back(line);
        if (said.size() > kLinesKept) said.erase(said.begin());
    });
    if (!exit.ok()) throw TerraformFailed{exit, std::move(said)};
}

std::string Terraform::ask(std::vector<std::string> args) {
    auto captured = capture(runner_, command(std::move(args)));
    if (!captured.exit.ok()) throw TerraformFailed{captured.exit, lines_of(captured.err)};
    return std::move(captured.out);
}

TerraformPlan Terraform::plan(Goal goal) {
    std::vector<std::string> args = {"plan", "-input=false", "-no-color", lock_timeout(), cat("-out=", kPlanFile)};
    if (goal == Goal::destroy) args.emplace_back("-destroy");
    run(std::move(args));
    const auto shown = parse_json(ask({"show", "-json", "-no-color", std::string(kPlanFile)}));
    if (!shown) throw Error(Code::internal, "terraform's plan can't be read.", "show -json gave no JSON");
    return TerraformPlan::of(*shown);
}

void Terraform::apply() { run({"apply", "-input=false", "-no-color", lock_timeout(), std::string(kPlanFile)}); }

Json Terraform::outputs() {
    const auto all = parse_json(ask({"output", "-json", "-no-color"}));
    if (!all) throw Error(Code::internal, "terraform's outputs can't be read.", "output -json gave no JSON");
    Json open = Json::object();
    for (const auto& [name, output] : all->items())
        if (!output.value("sensitive", true)) open[name] = output.at("value");
    return open;
}

std::vector<std::string> Terraform::resources() {
    try {
        return lines_of(ask({"state", "list", "-no-color"}));
    } catch (const TerraformFailed& failed) {
        if (std::ranges::find(failed.said, kNoState) == failed.said.end()) throw;
        return {};
    }
}

void Terraform::forget(const std::string& address) { run({"state", "rm", lock_timeout(), address}); }

}  // namespace desk::worker
