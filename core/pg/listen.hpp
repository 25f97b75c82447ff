// LISTEN: a hint that there may be work; never the queue itself.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/pg/connection.hpp"

namespace desk::pg {

class Listener {
  public:
    /// Subscribes before it returns, so that what is committed later is heard.
    Listener(const Options& options, const std::vector<std::string>& channels);

    /// True when at least one notification came (all pending ones are consumed); false after `timeout`.
    /// `wake_fd` (or -1): also returns false as soon as it is readable. Throws SqlError when the connection is lost.
    bool wait(std::chrono::milliseconds timeout, int wake_fd = -1);

  private:
    Connection connection_;
};

}  // namespace desk::pg
