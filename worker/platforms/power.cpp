#include "worker/platforms/power.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/accounts.hpp"
#include "core/cloud/aws/ec2.hpp"
#include "core/cloud/aws/inventory.hpp"

namespace desk::worker {
namespace {

/// The demo cloud: a machine is a file <region>/<infraID>/instance-<name>.json, which says its state once it has one.
class DemoPowerSwitch : public PowerSwitch {
  public:
    explicit DemoPowerSwitch(fs::path cloud) : cloud_(std::move(cloud)) {}

    std::vector<Machine> machines(const std::vector<std::string>& infra_ids,
                                  const std::vector<std::string>& regions) override;
    void stop(const std::vector<Machine>& machines) override { set(machines, "stopped"); }
    void start(const std::vector<Machine>& machines) override { set(machines, "running"); }

  private:
    static void set(const std::vector<Machine>& machines, const char* state);

    fs::path cloud_;
};

Json read_document(const fs::path& file) {
    auto document = parse_json(read_file(file));
    if (!document.ok() || !document->is_object())
        throw Error(Code::unavailable, "The demo cloud can't be read.", file.string());
    return *document;
}

std::vector<Machine> DemoPowerSwitch::machines(const std::vector<std::string>& infra_ids,
                                               const std::vector<std::string>& regions) {
    std::vector<Machine> found;
    for (const auto& region : regions)
        for (const auto& infra_id : infra_ids) {
            const auto folder = cloud_ / region / infra_id;
            if (!fs::exists(folder)) continue;
            for (const auto& entry : fs::directory_iterator(folder))
                if (const auto document = read_document(entry.path()); document.value("type", "") == "instance")
                    found.push_back({.region = region,
                                     .id = entry.path(),
                                     .name = entry.path().stem(),
                                     .state = document.value("state", "running")});
        }
    return found;
}

void DemoPowerSwitch::set(const std::vector<Machine>& machines, const char* state) {
    for (const auto& machine : machines) {
        auto document = read_document(machine.id);
        document["state"] = state;
        replace_file(machine.id, document.dump());
    }
}

class AwsPowerSwitch : public PowerSwitch {
  public:
    explicit AwsPowerSwitch(const aws::Account& account) : client_(aws::open(account, transport_)) {
        aws::require_account(client_, account);
    }

    std::vector<Machine> machines(const std::vector<std::string>& infra_ids,
                                  const std::vector<std::string>& regions) override;
    void stop(const std::vector<Machine>& machines) override { act(machines, aws::ec2::stop_instances); }
    void start(const std::vector<Machine>& machines) override { act(machines, aws::ec2::start_instances); }

  private:
    using Action = void (*)(aws::Client&, const std::string& region, const std::vector<std::string>& ids);
    void act(const std::vector<Machine>& machines, Action action);

    CurlTransport transport_;
    aws::Client client_;
};

template <class Work>
auto ask(Work&& work) {
    try {
        return work();
    } catch (const aws::AwsError& error) {
        throw Error(Code::unavailable, cat("AWS refused (", error.code(), ")."), error.what());
    }
}

std::vector<Machine> AwsPowerSwitch::machines(const std::vector<std::string>& infra_ids,
                                              const std::vector<std::string>& regions) {
    return ask([&] {
        std::vector<Machine> found;
        for (const auto& region : regions)
            for (const auto& infra_id : infra_ids)
                for (const auto& one : aws::ec2::instances(client_, region, cat(aws::kClusterTag, infra_id)))
                    found.push_back({.region = region, .id = one.id, .name = one.name, .state = one.state});
        return found;
    });
}

void AwsPowerSwitch::act(const std::vector<Machine>& machines, Action action) {
    std::map<std::string, std::vector<std::string>> ids;
    for (const auto& machine : machines) ids[machine.region].push_back(machine.id);
    ask([&] {
        for (const auto& [region, some] : ids) action(client_, region, some);
    });
}

}  // namespace

std::unique_ptr<PowerSwitch> find_power_switch(Platform platform, const std::string& account, const Config& config) {
    switch (platform) {
        case Platform::demo:
            return std::make_unique<DemoPowerSwitch>(config.demo.cloud_dir);
        case Platform::aws:
            return std::make_unique<AwsPowerSwitch>(aws::Accounts::load(config.aws.accounts_file).get(account));
        default:
            return nullptr;
    }
}

}  // namespace desk::worker
