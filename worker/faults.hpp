// A seam for tests that kill a runner at every point: production reaches the points and nothing happens.
#pragma once

#include <string_view>

namespace desk::worker {

class Faults {
  public:
    virtual ~Faults() = default;
    /// The runner of a job on `cluster` (its name) is at `point` ("install:recorded").
    virtual void reached(std::string_view cluster, std::string_view point) = 0;
};

class NoFaults : public Faults {
    void reached(std::string_view, std::string_view) override {}
};

}  // namespace desk::worker
