// credentials: where a cluster's operators get something of their own to sign in to the cloud with, ccoctl makes it: on
// AWS (manual-STS) a role for each, an identity provider and a bucket with its documents; on IBM Cloud a service id
// with a key for each. credentials-delete takes them away and has it proven by the cloud's own lists, because ccoctl
// ends with 0 whatever it could not delete.
#include <algorithm>

#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml.hpp"
#include "worker/child.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

constexpr seconds kToAskForVersion = 1min, kToExtract = 10min, kToMake = 15min, kToDelete = 30min;

/// What a dry run of ccoctl leaves in its secrets. An installation with such a file comes to nothing after 40 minutes.
constexpr std::string_view kDryRun = "POPULATE ROLE ARN";
/// The file's name counts: renamed, the cluster's tokens are refused.
constexpr const char* kIssuer = "cluster-authentication-02-config.yaml";
constexpr const char* kSigningKey = "bound-service-account-signing-key.key";

/// A program that did not do its work.
struct Failed {
    std::string what = {};
    Exit exit = {};
    std::vector<std::string> said = {};
};

/// Runs it, its lines in the job's log; its output. Throws Failed.
std::string run(StepContext& in, const fs::path& program, std::vector<std::string> args,
                std::map<std::string, std::string> env, seconds deadline) {
    std::string out;
    std::vector<std::string> said;
    const auto to_log = in.log.sink(LogSource::PROGRAM);
    const auto listen = [&](Stream stream, std::string_view line) {
        if (stream == Stream::out) out += cat(line, '\n');
        said.emplace_back(line);
        to_log(stream, line);
    };
    const std::string what = cat(program.filename().string(), ' ', join(args, " "));
    Exit exit = in.process.run(
        {.program = program, .args = std::move(args), .env = std::move(env), .dir = in.dir, .timeout = deadline},
        listen);
    if (!exit.ok()) throw Failed{what.substr(0, what.find(" --")), std::move(exit), std::move(said)};
    return out;
}

/// Programs that ask nothing of the cloud get none of its credentials.
std::map<std::string, std::string> without_cloud(const StepContext& in) { return program_environment(in.dir); }

[[noreturn]] void refuse(const std::string& why) { throw Error(Code::internal, why, why); }

/// The image by digest that this installer installs.
std::string release_image(StepContext& in, bool destroys) {
    constexpr std::string_view kLine = "release image ";
    const auto said = run(in, in.platform.program(in.order.version, {.destroys = destroys}), {"version"},
                          without_cloud(in), kToAskForVersion);
    for (const auto line : split(said, '\n'))
        if (line.starts_with(kLine)) return std::string(trim(line.substr(kLine.size())));
    refuse("The installer does not say which release image it installs.");
}

/// Written by `create manifests`; metadata.json is not there yet.
std::string infra_id(const StepContext& in) {
    const auto state = Json::parse(read_file(in.install_dir() / ".openshift_install_state.json"));
    return state.at("*installconfig.ClusterID").at("InfraID");
}

std::vector<fs::path> files_in(const fs::path& dir) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(dir))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

/// What the operators of this release ask for: one file each. Of a cluster that is installed, those that its
/// install-config leaves in; to take them away again, all of the platform.
fs::path extract_requests(StepContext& in, bool destroys) {
    const auto requests = in.dir / "credrequests", pull_secret = in.dir / "pull-secret.json";
    make_dir(requests);
    replace_file(pull_secret, in.platform.pull_secret().reveal());
    std::vector<std::string> args = {
        "adm", "release", "extract", "--from", release_image(in, destroys), "--credentials-requests"};
    if (destroys)
        args.insert(args.end(), {"--cloud", std::string(in.platform.ccoctl().platform)});
    else
        args.insert(args.end(), {"--included", "--install-config", (in.dir / "install-config.yaml").string()});
    args.insert(args.end(), {"--to", requests.string(), "--registry-config", pull_secret.string()});
    run(in, in.platform.program(in.order.version, {.program = "oc", .destroys = destroys}), std::move(args),
        without_cloud(in), kToExtract);
    fs::remove(pull_secret);
    if (files_in(requests).empty()) refuse("The release names no credentials that its operators ask for.");
    return requests;
}

/// A release also names what the cluster deletes when it meets it: ccoctl makes nothing for that.
bool is_of_the_past(const fs::path& request) {
    const auto document = parse_yaml(read_file(request), request.filename());
    const auto* metadata = document ? document->find("metadata") : nullptr;
    const auto* annotations = metadata != nullptr ? metadata->find("annotations") : nullptr;
    const auto* deleted = annotations != nullptr ? annotations->find("release.openshift.io/delete") : nullptr;
    return deleted != nullptr && deleted->scalar == "true";
}

/// How many operators get credentials.
std::size_t count_wanted(const fs::path& requests) {
    const auto files = files_in(requests);
    return files.size() - static_cast<std::size_t>(std::ranges::count_if(files, is_of_the_past));
}

/// A manifest for every request and one for the issuer, where there is one; nothing of a dry run.
void check_made(const CcoctlWords& words, std::size_t operators, const fs::path& made) {
    const auto manifests = files_in(made / "manifests");
    const auto wanted = operators + (words.makes_issuer ? 1 : 0);
    if (manifests.size() != wanted)
        refuse(cat("ccoctl wrote ", manifests.size(), " manifests where ", wanted, " are needed."));
    if (words.makes_issuer)
        for (const auto& file : {made / "manifests" / kIssuer, made / "tls" / kSigningKey})
            if (!fs::exists(file)) refuse(cat("ccoctl did not write ", file.filename().string(), '.'));
    for (const auto& file : manifests)
        if (read_file(file).find(kDryRun) != std::string::npos)
            refuse(cat("ccoctl made no role for ", file.filename().string(), ": it was a dry run."));
}

/// Hides from all logs what stands in a Secret: of platforms whose operators get keys.
void hide_keys(StepContext& in, const fs::path& manifest) {
    const auto document = parse_yaml(read_file(manifest), manifest.filename());
    if (!document) refuse(cat("ccoctl wrote no YAML into ", manifest.filename().string(), '.'));
    for (const auto* part : {"stringData", "data"})
        if (const auto* values = document->find(part))
            for (const auto& [key, value] : values->members) in.redactor.add(Secret(value.scalar));
}

void hide_made(StepContext& in, const fs::path& made) {
    if (in.platform.ccoctl().makes_issuer) return in.redactor.add(Secret(read_file(made / "tls" / kSigningKey)));
    for (const auto& manifest : files_in(made / "manifests")) hide_keys(in, manifest);
}

void copy_into_install_dir(const StepContext& in, const fs::path& made) {
    for (const auto* part : {"manifests", "tls"}) {
        if (!fs::exists(made / part)) continue;
        make_dir(in.install_dir() / part);
        for (const auto& file : files_in(made / part))
            replace_file(in.install_dir() / part / file.filename(), read_file(file));
    }
}

StepResult make_credentials(StepContext& in) {
    const auto name = infra_id(in);
    in.db.write([&](pg::Transaction& tx) { runs::store_ccoctl_name(tx, in.job, in.attempt, name); });
    fault_point("credentials:named");

    const auto words = in.platform.ccoctl();
    const auto requests = extract_requests(in, false);
    const auto made = in.dir / "ccoctl";
    make_dir(made);
    std::vector<std::string> args = {std::string(words.platform), std::string(words.create), "--name", name};
    if (words.takes_region) args.insert(args.end(), {"--region", in.order.region});
    // Without it ccoctl passes over what operators of such a cluster ask for; its delete knows no such flag.
    if (in.order.install && !in.order.install->feature_set.empty()) args.emplace_back("--enable-tech-preview");
    args.insert(args.end(), {"--credentials-requests-dir", requests.string(), "--output-dir", made.string()});
    run(in, in.platform.program(in.order.version, {.program = "ccoctl"}), std::move(args), environment_of(in), kToMake);
    fault_point("credentials:made");
    const auto operators = count_wanted(requests);
    check_made(words, operators, made);
    hide_made(in, made);
    copy_into_install_dir(in, made);
    fs::remove_all(made);  // its keys are in the install directory now, and nowhere else
    return StepResult::done(cat("for ", operators, " operators, by the name ", name));
}

StepResult take_credentials_away(StepContext& in) {
    const auto words = in.platform.ccoctl();
    std::optional<fs::path> requests;
    int deleted = 0;
    for (const auto& attempt : in.earlier) {
        if (!attempt.ccoctl_name) continue;
        const auto region = attempt.region.empty() ? in.cluster.region : attempt.region;
        std::vector<std::string> args = {std::string(words.platform), std::string(words.remove), "--name",
                                         *attempt.ccoctl_name};
        if (words.takes_region) args.insert(args.end(), {"--region", region});
        if (words.removes_by_requests) {
            if (!requests) requests = extract_requests(in, true);
            args.insert(args.end(), {"--credentials-requests-dir", requests->string()});
        }
        run(in, in.platform.program(in.order.version, {.program = "ccoctl", .destroys = true}), std::move(args),
            environment_of(in), kToDelete);
        const auto left = in.platform.sweep({.ccoctl_names = {*attempt.ccoctl_name}, .regions = {region}});
        if (!left.empty()) {
            std::vector<std::string> names;
            for (const auto& one : left) names.push_back(cat(one.type, ' ', one.name));
            return StepResult::retry(
                in.scaled(300s),
                {.error_class = FailureClass::dirty,
                 .code = "credentials-left",
                 .message = cat("ccoctl says that it is done, but there still is ", join(names, ", "), "."),
                 .hint = "It is tried again. If it stays so, an administrator has to look.",
                 .turn = Turn::ADMIN});
        }
        ++deleted;
        fault_point("credentials-delete:one");
    }
    return StepResult::done(deleted == 0 ? "nothing of that kind was created" : "nothing of it is left");
}

StepResult with_ccoctl(StepContext& in, StepResult (*work)(StepContext&)) {
    for (const auto& dir : {in.dir / "home", in.dir / "tmp"}) make_dir(dir);
    try {
        return work(in);
    } catch (Failed& failed) {
        if (in.heartbeat.reason() != StopReason::NONE) return StepResult::stopped();
        if (failed.exit.ending == Ending::own)
            return classified(in, {.exit_code = {}, .lines = std::move(failed.said)});
        return StepResult::retry(in.scaled(60s), {.error_class = FailureClass::internal,
                                                  .code = "program-failed",
                                                  .message = cat(failed.what, ": ", failed.exit.why, "."),
                                                  .hint = "An administrator has to look at the worker: "
                                                          "`clusterdesk-worker doctor`.",
                                                  .turn = Turn::ADMIN});
    }
}

}  // namespace

StepResult credentials(StepContext& in) { return with_ccoctl(in, make_credentials); }

StepResult credentials_delete(StepContext& in) { return with_ccoctl(in, take_credentials_away); }

}  // namespace desk::worker::steps
