#include "worker/program.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "worker/guard.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker {
namespace {

struct Verb {
    std::string_view name;
    int (*run)(const Arguments&);
    std::string_view words;  ///< as help shows them
    std::string_view what;
    std::vector<std::string_view> options = {};
};

/// Of verbs that may order a cluster.yaml; `import` explains them.
const std::vector<std::string_view> kOrderOptions = {
    "--user=", "--profile=", "--owner=", "--team=", "--cost-center=", "--ttl-hours=", "--reason=", "--work="};

const std::array kVerbs = {
    Verb{"tick", verbs::tick, "", "what cron starts every minute: deadlines, rescue, jobs"},
    Verb{"run-job", verbs::run_job, "ID", "does one job (started by the tick)", {"--slot"}},
    Verb{
        "drain", verbs::drain, "[HOST] [--off]", "a host (this one) takes no new jobs, or takes them again", {"--off"}},
    Verb{"migrate",
         verbs::migrate,
         "[--check] [--dir DIR]",
         "brings the database up to this version",
         {"--check", "--dir="}},
    Verb{"validate", verbs::validate, "FILE...",
         "checks cluster.yaml files, profiles and failure rules: one line for each fault"},
    Verb{"import", verbs::import_order,
         "FILE --user NAME [--profile P] [--owner NAME] [--team T] [--cost-center C] [--ttl-hours N] [--reason TEXT]",
         "orders the cluster of a cluster.yaml as this user; the options are for what the file leaves out",
         kOrderOptions},
    Verb{"config", verbs::config, "", "shows the effective settings, secrets masked"},
    Verb{"preflight", verbs::preflight, "CLUSTER|PROFILE", "makes the checks of an installation: one line each",
         kOrderOptions},
    Verb{"render", verbs::render, "CLUSTER [--work DIR]", "writes install-config.yaml, pull secret and all (0600)",
         kOrderOptions},
    Verb{"tf-apply", verbs::tf_apply, "CLUSTER [--work DIR]",
         "orders a cluster.yaml, and makes what Terraform makes before the installation", kOrderOptions},
    Verb{"cluster-create", verbs::cluster_create, "CLUSTER [--work DIR]",
         "orders a cluster.yaml, and makes the cluster; or goes on with it", kOrderOptions},
    Verb{"cluster-destroy",
         verbs::cluster_destroy,
         "CLUSTER [--confirm NAME] [--work DIR]",
         "destroys it, after its name was typed; writes the receipt",
         {"--confirm=", "--work="}},
    Verb{"orphans",
         verbs::orphans,
         "[--sweep]",
         "lists what clusters left behind; --sweep looks everywhere first",
         {"--sweep"}},
    Verb{"verify", verbs::verify, "CLUSTER", "asks a cluster how it is: one line each"},
    Verb{"tf-bootstrap", verbs::tf_bootstrap, "ACCOUNT",
         "makes the bucket for terraform's states, once for an account"},
    Verb{"doctor", verbs::doctor, "", "checks everything this host needs: one line each"},
    Verb{"installers",
         verbs::installers,
         "add VERSION FILE [--program openshift-install|ccoctl|oc] [--sha256 HEX] [--replace] | list | verify",
         "the installers of this host, each pinned by its checksum",
         {"--program=", "--sha256=", "--replace"}},
    Verb{"user",
         verbs::user,
         "add NAME --role R [--team T] --random-password|--password-stdin | role NAME --role R [--team T] [--remove] | "
         "token NAME [--name N] [--days N] [--read-only]",
         "makes people, their roles and tokens",
         {"--role=", "--team=", "--random-password", "--password-stdin", "--display-name=", "--email=", "--must-change",
          "--remove", "--name=", "--days=", "--read-only"}},
    Verb{"demo-people", verbs::demo_people, "", "makes one person for each role, in team demo"},
    Verb{"reseal", verbs::reseal, "",
         "seals secrets again with the first key, and says which older keys are still needed"},
    Verb{"audit-verify", verbs::audit_verify, "[--from ID]", "recomputes the chain of the audit log", {"--from="}},
};

int usage() {
    std::string help = "usage: clusterdesk-worker VERB [ARGUMENT]... [--config FILE] [--json]\n";
    for (const auto& verb : kVerbs) help += cat("  ", verb.name, ' ', verb.words, "\n      ", verb.what, '\n');
    std::fputs(help.c_str(), stderr);
    return 2;
}

}  // namespace

int program(int argc, char** argv) {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    if (wanted == "guard") return guard_main(argc, argv);  // its argv holds another program's
    if (wanted == "--version") return std::puts(DESK_VERSION) < 0 ? 1 : 0;
    const auto* const verb = std::ranges::find(kVerbs, wanted, &Verb::name);
    if (verb == kVerbs.end()) return usage();
    try {
        return verb->run(Arguments::parse(argc, argv, verb->options));
    } catch (const Usage& wrong) {
        std::fputs(cat(verb->name, ": ", wrong.why, "\nusage: clusterdesk-worker ", verb->name, ' ', verb->words, '\n')
                       .c_str(),
                   stderr);
        return 2;
    } catch (const Error& error) {
        std::fputs(cat(verb->name, ": ", error.for_user(), '\n').c_str(), stderr);
        if (!error.for_log().empty())
            log::error("verb_failed", {{"verb", std::string(verb->name)}, {"why", error.for_log()}});
    } catch (const std::exception& error) {
        log::error("verb_failed", {{"verb", std::string(verb->name)}, {"why", error.what()}});
    }
    return 1;
}

}  // namespace desk::worker
