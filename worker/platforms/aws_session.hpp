// What a program signs in to AWS with, kept good while it runs.
#pragma once

#include <functional>
#include <thread>

#include "core/base/file.hpp"
#include "core/cloud/aws/credentials.hpp"
#include "worker/redact.hpp"

namespace desk::worker {

/// When credentials that are good from `begin` to `end` are to be renewed: when a third of their life is left, or 15
/// min if that is more (SDKs ask for newer ones 15 min before the end at the earliest), but not in their first half.
Time renewal_time(Time begin, Time end);

/// Credentials in a file for programs (aws::write_credentials_file). Those that end are renewed there before they do,
/// by a thread of this object's own, as long as it lives; a renewal that fails is logged and tried again.
class AwsSession {
  public:
    using Source = std::function<aws::Credentials()>;

    /// Asks `source` at once, for what is written into `dir` (made, private) as "credentials", and from then on from
    /// the thread. `redactor` hides all of it, and outlives this object. Throws what `source` throws now.
    AwsSession(const fs::path& dir, Source source, Redactor& redactor);

    fs::path file() const { return file_; }

  private:
    void keep(const std::stop_token& end, Time next);
    Time renew();
    void hand_out(const aws::Credentials& credentials);

    fs::path file_;
    Source source_;
    Redactor& redactor_;
    std::jthread thread_;  ///< last: it uses everything above
};

}  // namespace desk::worker
