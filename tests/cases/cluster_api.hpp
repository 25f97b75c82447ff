// A desk whose clusters are looked at and changed through the API.
#pragma once

#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {

class ClusterApi : public ApiDesk {
  protected:
    const UserId me = people.requester;
    const Schemas schemas{call("GET", "/api/openapi.json", {}).json};

    ClusterId given_cluster(given::ClusterSpec spec) {
        if (spec.owner.empty()) spec.owner = me;
        return given::cluster(db, spec);
    }
};
}  // namespace desk
