// Machines of a cluster that stop and start, which differs between clouds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/config.hpp"
#include "core/model/platform.hpp"

namespace desk::worker {

struct Machine {
    std::string region = {}, id = {}, name = {};
    std::string state = {};  ///< EC2's words: pending, running, stopping, stopped, shutting-down

    bool is_off() const { return state == "stopped"; }
    bool is_on() const { return state == "running"; }
};

/// Calls throw Error{unavailable} when the cloud can't be asked or refuses.
class PowerSwitch {
  public:
    virtual ~PowerSwitch() = default;

    /// Every machine of these infraIDs that exists.
    virtual std::vector<Machine> machines(const std::vector<std::string>& infra_ids,
                                          const std::vector<std::string>& regions) = 0;
    /// Asks for it; the machines then are on their way.
    virtual void stop(const std::vector<Machine>& machines) = 0;
    virtual void start(const std::vector<Machine>& machines) = 0;
};

/// `account`: that the cluster was made in. Null for a platform without one (has_power_switch). Throws when the
/// account's credentials are another's, where no machine would be found and so all of them seem stopped.
std::unique_ptr<PowerSwitch> find_power_switch(Platform platform, const std::string& account, const Config& config);

}  // namespace desk::worker
