#include "worker/installer.hpp"

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/cloud/sealed_object.hpp"
#include "core/store/logs.hpp"
#include "worker/child.hpp"
#include "worker/installer_catalog.hpp"

namespace desk::worker {
namespace {

constexpr std::size_t kLongestEvidence = 500;

fs::path log_file(const fs::path& dir) { return dir / ".openshift_install.log"; }

std::string first_bytes(const std::string& text, std::size_t most) {
    return text.size() <= most ? text : repair_utf8(std::string_view(text).substr(0, most)) + "...";
}

/// Why it ended, where the rules have nothing to say: it was not the program's own decision, or it says it went well.
std::optional<runs::Failure> failure_without_rule(const InstallerCall& call, const Exit& exit) {
    const std::string verb = join(call.verb, " ");
    switch (exit.ending) {
        case Ending::timed_out:
            return runs::Failure{FailureClass::cloud, "deadline-passed",
                                 cat("The installer's ", verb, " did not end within ", to_words(call.deadline), "."),
                                 "The last lines of the log tell what it was waiting for.", Turn::ADMIN};
        case Ending::not_started:
            return runs::Failure{
                FailureClass::internal, "installer-missing", cat("The installer could not be started: ", exit.why, "."),
                "An administrator has to look at the worker: `clusterdesk-worker doctor`.", Turn::ADMIN};
        case Ending::stopped:
        case Ending::lost:
            return runs::Failure{FailureClass::transient, "installer-ended",
                                 cat("The installer was ended from outside: ", exit.why, "."),
                                 "A later try mostly succeeds.", Turn::NOBODY};
        case Ending::own:
            break;
    }
    if (exit.code != 0) return std::nullopt;
    return runs::Failure{FailureClass::internal, "installer-silent",
                         cat("The installer's ", verb, " ended without saying that its work is done."),
                         "Its log tells more. Nothing is believed without its last word.", Turn::ADMIN};
}

/// Warnings and errors of the program, then those of its own log file (which go to the job's log as well): each once,
/// where it was said last.
std::vector<std::string> faults_of(StepContext& in, const InstallerCall& call) {
    auto said = in.log.recent_faults();
    auto mined = mine_log_file(log_file(call.dir), in.redactor);
    said.insert(said.end(), mined.begin(), mined.end());
    in.log.add(std::move(mined));

    std::vector<std::string> texts;
    std::set<std::string_view> known;
    for (auto line = said.rbegin(); line != said.rend(); ++line)
        if (known.insert(line->text).second) texts.push_back(line->text);
    std::ranges::reverse(texts);
    return texts;
}

/// The lines to show, with where they stand in the log. Hidden in them is also what became known to be secret since.
std::vector<runs::EvidenceLine> locate(StepContext& in, const std::vector<std::string>& lines,
                                       const std::vector<std::size_t>& shown) {
    std::vector<std::string> texts;
    for (const auto index : shown) texts.push_back(lines[index]);
    in.log.flush();
    const auto places =
        in.db.write([&](pg::Transaction& tx) { return logs::find_faults(tx, in.job, in.attempt, texts); });
    std::vector<runs::EvidenceLine> evidence;
    for (std::size_t i = 0; i < texts.size(); ++i)
        evidence.push_back({.line = places[i], .text = first_bytes(in.redactor.redact(texts[i]), kLongestEvidence)});
    return evidence;
}

artifacts::Artifact describe(const StepContext& in, ArtifactType type, const std::string& file_name) {
    const auto id = ArtifactId::make();
    return {.id = id,
            .cluster_id = in.cluster.id,
            .job_id = in.job,
            .attempt = in.attempt,
            .type = type,
            .object_key = artifacts::object_key(in.cluster.id, id, file_name),
            .file_name = file_name};
}

}  // namespace

std::map<std::string, std::string> environment_of(StepContext& in) {
    auto env = in.platform.environment(in.order, in.dir / "cloud", in.redactor);
    env.merge(program_environment(in.dir));
    if (in.order.platform == Platform::demo)
        env.emplace("CLUSTERDESK_LEASE", in.db.lease().token);  // for the demo cloud's journal of who did what
    return env;
}

ProgramUse installer_for(const EffectiveOrder& order, bool destroys) {
    return {.program = order.features.fips_mode && !destroys ? kFipsInstaller : kInstaller, .destroys = destroys};
}

InstallerEnd run_installer(StepContext& in, const InstallerCall& call) {
    for (const auto& dir : {call.dir, in.dir / "home", in.dir / "tmp"}) make_dir(dir);
    std::vector<std::string> args = call.verb;
    if (call.verb == std::vector<std::string>{"create", "cluster"}) args.emplace_back("--skip-password-print");
    args.insert(args.end(), {"--dir", call.dir.string()});

    bool said_so = !call.last_word;
    const auto to_log = in.log.sink(LogSource::INSTALLER);
    const auto listen = [&](Stream stream, std::string_view line) {
        said_so = said_so || find_mark(parse_line(line).text) == call.last_word;
        to_log(stream, line);
    };
    const Exit exit = in.process.run(
        {.program = in.platform.program(in.order.version, installer_for(in.order, call.verb.front() == "destroy")),
         .args = args,
         .env = environment_of(in),
         .dir = in.dir,
         .timeout = call.deadline},
        listen);
    // A runner that was frozen for too long finds out here: nothing may be written any more, not even a file.
    if (!in.heartbeat.is_fed()) throw leases::LeaseLost(in.db.lease());
    return {.exit = exit, .is_complete = exit.ok() && said_so};
}

StepResult installer_failed(StepContext& in, const InstallerCall& call, const InstallerEnd& end) {
    if (in.heartbeat.reason() != StopReason::NONE) return StepResult::stopped();
    const FailureEvidence evidence{.exit_code = end.exit.code, .lines = faults_of(in, call)};
    if (auto failure = failure_without_rule(call, end.exit)) {
        // Its exit code says nothing, but what it said may show what it was waiting for.
        const auto shown = in.rules.classify({.exit_code = {}, .lines = evidence.lines}).evidence;
        failure->evidence = locate(in, evidence.lines, shown);
        return StepResult::retry(in.scaled(60s), std::move(*failure));
    }
    return classified(in, evidence);
}

StepResult classified(StepContext& in, const FailureEvidence& evidence) {
    const auto [rule, shown] = in.rules.classify(evidence);
    auto result = StepResult::retry(in.scaled(rule->retry_after), {.error_class = rule->error_class,
                                                                   .code = rule->name,
                                                                   .message = rule->reason,
                                                                   .hint = rule->hint,
                                                                   .turn = rule->turn,
                                                                   .evidence = locate(in, evidence.lines, shown)});
    if (!rule->patterns.empty()) result.detail = result.failure.evidence.front().text;
    return result;
}

void keep_installer_log(StepContext& in, const fs::path& dir, const std::string& file_name) {
    if (!fs::exists(log_file(dir))) return;
    const auto artifact = put_artifact(in, ArtifactType::LOG, file_name,
                                       in.redactor.redact(repair_utf8(read_file(log_file(dir), 256U << 20U))));
    in.db.write([&](pg::Transaction& tx) { artifacts::add(tx, artifact); });
}

void hide_credentials(StepContext& in, const fs::path& dir) {
    const auto auth = dir / "auth";
    if (fs::exists(auth / "kubeadmin-password")) in.redactor.add(Secret(read_file(auth / "kubeadmin-password")));
    if (!fs::exists(auth / "kubeconfig")) return;
    const Secret kubeconfig(read_file(auth / "kubeconfig"));
    for (const auto line : split(kubeconfig.reveal(), '\n')) {
        const auto colon = line.find("-data: ");  // of certificates and keys; the rest is words like "clusters:"
        if (colon != std::string_view::npos) in.redactor.add(Secret(std::string(trim(line.substr(colon + 7)))));
    }
}

artifacts::Artifact put_artifact(StepContext& in, ArtifactType type, const std::string& file_name,
                                 std::string_view bytes) {
    auto artifact = describe(in, type, file_name);
    const StoredObject stored = in.objects.put(artifact.object_key, bytes, Visibility::public_);
    artifact.bytes = stored.bytes;
    artifact.sha256 = stored.sha256;
    artifact.is_public = true;
    return artifact;
}

artifacts::Artifact put_sealed_artifact(StepContext& in, ArtifactType type, const std::string& file_name,
                                        const Secret& plain) {
    auto artifact = describe(in, type, file_name);
    const StoredObject stored = put_sealed(in.objects, in.keys, artifact.object_key, plain);
    artifact.bytes = stored.bytes;
    artifact.sha256 = stored.sha256;
    return artifact;
}

}  // namespace desk::worker
