#include "worker/platforms/aws_session.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "core/base/log.hpp"
#include "core/cloud/aws/credentials_file.hpp"
#include "core/cloud/aws/pace.hpp"

namespace desk::worker {
namespace {

constexpr auto kReserve = 15min;
constexpr auto kPauseAfterRefusal = 30s;
constexpr auto kLookAtLasting = 1h;  // of an account whose credentials have ceased to end

}  // namespace

Time renewal_time(Time begin, Time end) {
    const auto life = end - begin;
    return end - std::max<Time::duration>(life / 3, std::min<Time::duration>(life / 2, kReserve));
}

AwsSession::AwsSession(const fs::path& dir, Source source, Redactor& redactor)
    : file_(dir / "credentials"), source_(std::move(source)), redactor_(redactor) {
    const auto begin = aws::Pace::wall_time();
    const auto first = source_();
    make_dir(dir);
    hand_out(first);
    if (first.expires_at)
        thread_ = std::jthread(
            [this, next = renewal_time(begin, *first.expires_at)](const std::stop_token& end) { keep(end, next); });
}

void AwsSession::hand_out(const aws::Credentials& credentials) {
    redactor_.add(credentials.secret_access_key);
    if (credentials.session_token) redactor_.add(*credentials.session_token);
    aws::write_credentials_file(file_, credentials);
}

void AwsSession::keep(const std::stop_token& end, Time next) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (true) {
        never.wait_until(lock, end, next, [] { return false; });
        if (end.stop_requested()) return;
        next = renew();
    }
}

Time AwsSession::renew() {
    const auto begin = aws::Pace::wall_time();
    try {
        const auto newer = source_();
        hand_out(newer);
        log::info("aws_credentials_renewed");
        return newer.expires_at ? renewal_time(begin, *newer.expires_at) : begin + kLookAtLasting;
    } catch (const std::exception& error) {
        log::warning("aws_credentials_not_renewed", {{"why", error.what()}});
        return begin + kPauseAfterRefusal;
    }
}

}  // namespace desk::worker
