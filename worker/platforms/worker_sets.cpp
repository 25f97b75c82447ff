#include "worker/platforms/worker_sets.hpp"

#include <array>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "worker/cluster_access.hpp"

namespace desk::worker {
namespace {

std::string infra_id_of(const StepContext& in) {
    std::string newest;
    for (const auto& attempt : in.earlier) newest = attempt.infra_id.value_or(newest);
    if (newest.empty()) throw Error(Code::internal, "The infraID of this cluster is missing.", in.cluster.id.str());
    return newest;
}

class ClusterSets : public WorkerSets {
  public:
    ClusterSets(kube::Access access, const std::string& infra_id)
        : api_(transport_, std::move(access)), prefix_(infra_id + "-worker-") {}

    std::vector<kube::MachineSet> all() override { return api_.machine_sets(prefix_); }
    void set_replicas(const kube::MachineSet& set, int replicas) override { api_.set_replicas(set, replicas); }
    std::vector<std::string> nodes_away() override {
        std::vector<std::string> away;
        for (const auto& node : api_.nodes())
            if (!node.is_ready) away.push_back(node.name);
        return away;
    }

  private:
    CurlTransport transport_;
    kube::Api api_;
    std::string prefix_;
};

/// The demo cloud: worker number n is a file instance-<infraID>-worker-<n>.json beside its volume's, in the zone whose
/// turn it is. What is new is made after the pattern of the first control plane machine.
class DemoSets : public WorkerSets {
  public:
    DemoSets(fs::path folder, std::string region, std::string infra_id)
        : folder_(std::move(folder)), region_(std::move(region)), infra_id_(std::move(infra_id)) {}

    std::vector<kube::MachineSet> all() override;
    void set_replicas(const kube::MachineSet& set, int replicas) override;
    std::vector<std::string> nodes_away() override { return {}; }

  private:
    static constexpr std::array kZones = {'a', 'b', 'c'};
    static constexpr std::array kParts = {"volume", "instance"};  // machines are counted: they come and go last

    std::string set_name(std::size_t zone) const { return cat(infra_id_, "-worker-", region_, kZones[zone]); }
    fs::path file(std::string_view part, const std::string& machine) const {
        return folder_ / cat(part, '-', infra_id_, '-', machine, ".json");
    }
    std::string machine(std::size_t zone, int nth) const {
        return cat("worker-", zone + static_cast<std::size_t>(nth) * kZones.size());
    }
    int count(std::size_t zone) const {
        int nth = 0;
        while (fs::exists(file("instance", machine(zone, nth)))) ++nth;
        return nth;
    }
    void add(const std::string& machine) const;

    fs::path folder_;
    std::string region_, infra_id_;
};

std::vector<kube::MachineSet> DemoSets::all() {
    std::vector<kube::MachineSet> sets;
    for (std::size_t zone = 0; zone < kZones.size(); ++zone) {
        const int machines = count(zone);
        sets.push_back({.name = set_name(zone),
                        .wanted = machines,
                        .there = machines,
                        .ready = machines,
                        .is_current = true,
                        .version = ""});
    }
    return sets;
}

void DemoSets::add(const std::string& machine) const {
    for (const auto* part : kParts) {
        auto document = Json::parse(read_file(file(part, "master-0")));
        const std::string name = cat(infra_id_, '-', machine), pattern = document.at("id"), arn = document.at("arn");
        const std::string id =
            cat(pattern.substr(0, pattern.find('-')), "-0", sha256_hex(cat(part, ' ', name)).substr(0, 16));
        document["id"] = id;
        document["arn"] = cat(arn.substr(0, arn.rfind(':') + 1), id);
        document["tags"]["Name"] = name;
        replace_file(file(part, machine), document.dump());
    }
}

void DemoSets::set_replicas(const kube::MachineSet& set, int replicas) {
    for (std::size_t zone = 0; zone < kZones.size(); ++zone) {
        if (set_name(zone) != set.name) continue;
        for (int nth = count(zone); nth < replicas; ++nth) add(machine(zone, nth));
        for (int nth = count(zone) - 1; nth >= replicas; --nth)
            for (const auto* part : kParts) fs::remove(file(part, machine(zone, nth)));
    }
}

}  // namespace

std::unique_ptr<WorkerSets> worker_sets_of(StepContext& in) {
    const auto infra_id = infra_id_of(in);
    if (in.cluster.platform != Platform::demo) return std::make_unique<ClusterSets>(access_of(in), infra_id);
    return std::make_unique<DemoSets>(fs::path(in.config.demo.cloud_dir) / in.cluster.region / infra_id,
                                      in.cluster.region, infra_id);
}

}  // namespace desk::worker
