// `destroy cluster`: deletes everything that carries the tags of metadata.json, and loops until nothing is left.
#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "worker/demo/resources.hpp"
#include "worker/demo/state.hpp"
#include "worker/demo/verbs.hpp"

namespace desk::demo {
namespace {

constexpr double kRound = 10;          // the real installer searches again every 10 s
constexpr double kWarnEvery = 5 * 60;  // and repeats an error as a warning every 5 min
constexpr int kThrottledRounds = 10;

// What a destroy takes away from --dir; metadata.json only beside a state file.
constexpr std::array<std::string_view, 6> kFiles = {"auth/kubeconfig",
                                                    "auth/kubeadmin-password",
                                                    "tls",
                                                    "terraform.tfvars.json",
                                                    "terraform.platform.auto.tfvars.json",
                                                    ".clusterapi_output"};

class Destroyer {
  public:
    Destroyer(Run& run, Metadata metadata) : run_(run), cloud_(run.cloud()), metadata_(std::move(metadata)) {}

    void run() {
        log_search();
        const bool is_throttled = run_.is_struck_by("destroy-throttle");
        for (int round = 0; is_throttled && round < kThrottledRounds; ++round) throttle(round);
        if (run_.is_struck_by("destroy-stuck")) stuck_ = pick_stuck();
        terminate_instances();
        delete_the_rest();
        forget_shared();
        cloud_.forget(metadata_.region, metadata_.infra_id);
    }

  private:
    std::vector<FoundResource> find() const { return cloud_.find(metadata_.region, metadata_.identifiers); }

    void log_search() {
        for (const auto& tags : metadata_.identifiers) {
            run_.log.debug(cat("search for matching resources by tag in ", metadata_.region, " matching aws.Filter",
                               Json(tags).dump()));
        }
        for (const auto* what : {"IAM roles", "IAM users", "IAM instance profiles"}) {
            run_.log.debug(cat("search for ", what));
        }
    }

    void throttle(int round) {
        const std::string why = "get tagged resources: ThrottlingException: Rate exceeded";
        run_.log.debug(why);
        if (round == 0) run_.log.warning(why);
        run_.pass(kRound);
    }

    /// The thing that a stuck destroy can't delete: the network, else whatever comes last.
    std::optional<FoundResource> pick_stuck() const {
        const auto found = find();
        const auto vpc = std::find_if(found.begin(), found.end(),
                                      [](const FoundResource& thing) { return thing.resource.type == "vpc"; });
        if (vpc != found.end()) return *vpc;
        return found.empty() ? std::nullopt : std::optional(found.back());
    }

    void terminate_instances() {
        run_.log.debug(
            cat("search for instances by tag matching aws.Filter", Json(metadata_.identifiers.at(0)).dump()));
        std::vector<FoundResource> instances = find();
        std::erase_if(instances, [](const FoundResource& thing) { return thing.resource.type != "instance"; });
        if (instances.empty()) return;
        for (const auto& thing : instances) {
            run_.log.debug("Terminating", {{"id", thing.resource.id}, {"resourceType", "instance"}});
        }
        run_.pass(row(Stage::destroy).seconds / 4);
        for (const auto& thing : instances) remove(thing);
    }

    /// Rounds until a search finds nothing that may go.
    void delete_the_rest() {
        double seconds = row(Stage::destroy).seconds * 3 / 4;
        for (double since_warning = kWarnEvery;; since_warning += kRound) {
            std::vector<FoundResource> found = find();
            release_names();
            if (found.empty()) return;
            std::stable_sort(found.begin(), found.end(),
                             [](const FoundResource& a, const FoundResource& b) { return place(a) < place(b); });
            bool is_blocked = stuck_.has_value();
            for (const auto& thing : found) {
                if (stuck_ && thing.handle == stuck_->handle) continue;
                is_blocked = !remove(thing) || is_blocked;
                run_.pass(seconds / static_cast<double>(found.size()));
            }
            seconds = kRound;
            if (!is_blocked) continue;
            if (stuck_ && complain(since_warning >= kWarnEvery)) since_warning = 0;
            run_.pass_in_endless_loop(kRound);
        }
    }

    /// Says that the stuck thing is still there, at warning when `aloud`; returns `aloud`.
    bool complain(bool aloud) {
        const std::string why = cat("deleting ", stuck_->resource.type, "-", stuck_->resource.name,
                                    ": DependencyViolation: the thing has dependencies and cannot be deleted");
        run_.log.write(aloud ? Level::warning : Level::debug, why);
        return aloud;
    }

    static std::ptrdiff_t place(const FoundResource& thing) {
        const auto& rows = types_in_order_of_deletion();
        return std::find_if(rows.begin(), rows.end(),
                            [&](const TypeRow& row) { return row.type == thing.resource.type; }) -
               rows.begin();
    }

    /// False when something else has to go first.
    bool remove(const FoundResource& thing) {
        try {
            cloud_.remove(thing);
        } catch (const Refused& why) {
            run_.log.debug(why.what());
            return false;
        }
        const Resource& resource = thing.resource;
        const TypeRow& row = type_row(resource.type);
        Fields fields;
        if (!row.id_field.empty()) fields[std::string(row.id_field)] = resource.id;
        if (!row.resource_type.empty()) fields["resourceType"] = row.resource_type;
        if (resource.type == "instance-profile") {
            run_.log.info("Disassociated", {{"id", resource.id}, {"name", resource.id}});
            fields["InstanceProfileName"] = resource.name;
            fields["arn"] = resource.arn;
        }
        if (resource.type == "iam-role") fields["name"] = resource.name;
        if (resource.type == "dns-record") fields["record set"] = "A " + resource.name + ".";
        run_.log.info(row.verb, fields);
        return true;
    }

    void release_names() {
        if (!metadata_.base_domain.empty()) {
            cloud_.release_domain(metadata_.base_domain, metadata_.name, metadata_.infra_id);
        }
    }

    /// What the cluster only used stays, without its tag.
    void forget_shared() {
        const std::string key = "kubernetes.io/cluster/" + metadata_.infra_id;
        for (const auto& thing : cloud_.find(metadata_.region, {{{key, "shared"}}})) {
            cloud_.untag(thing, key);
            run_.log.info("Removed tag \"" + key + ": shared\"", {{"arn", thing.resource.arn}});
        }
    }

    Run& run_;
    Cloud& cloud_;
    Metadata metadata_;
    std::optional<FoundResource> stuck_ = {};
};

}  // namespace

int destroy_cluster(Run& run) {
    const Metadata metadata = Metadata::read(run.call.path("metadata.json"));
    run.words = {{"name", metadata.name},        {"domain", metadata.name + "." + metadata.base_domain},
                 {"base", metadata.base_domain}, {"infra", metadata.infra_id},
                 {"region", metadata.region},    {"dir", run.call.path("")}};
    run.cloud();
    run.log.info(run.cloud().credentials_line());
    run.enter(Stage::destroy);
    Destroyer(run, metadata).run();

    for (const auto name : kFiles) run.remove_file(name);
    if (run.has_file(State::kFile)) {
        run.remove_file("metadata.json");
        run.remove_file(State::kFile);
    }
    run.log.info("Time elapsed: " + go_duration(run.clock.elapsed()));
    run.log.info("Uninstallation complete!");
    return exit_code::kDone;
}

}  // namespace desk::demo
