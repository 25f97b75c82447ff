// A transport that answers what a test lined up, and keeps what it was asked.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/http_client.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/client.hpp"

namespace desk {

class FakeTransport : public HttpTransport {
  public:
    /// The next answer; the last one is given again and again.
    FakeTransport& answer(int status, std::string body = {}, std::vector<HttpHeader> headers = {}) {
        answers_.push_back([=] { return HttpAnswer{status, headers, body}; });
        return *this;
    }
    FakeTransport& no_answer() {
        answers_.push_back([]() -> HttpAnswer { throw Error(Code::unavailable, "Another service does not answer."); });
        return *this;
    }

    HttpAnswer send(const HttpRequest& request) override {
        requests.push_back(request);
        const auto next = answers_.front();
        if (answers_.size() > 1) answers_.pop_front();
        return next();
    }

    /// Of the request with this number, 0 the first.
    std::string header(std::size_t number, std::string_view name) const {
        for (const auto& header : requests.at(number).headers)
            if (lower(header.name) == lower(name)) return header.value;
        return {};
    }

    std::vector<HttpRequest> requests = {};

  private:
    std::deque<std::function<HttpAnswer()>> answers_ = {};
};

/// A clock that stands, and pauses that are only noted.
struct FakePace {
    Time now = *parse_time("2026-11-21T10:00:00Z");
    std::vector<long> pauses = {};  ///< milliseconds

    aws::Pace pace(double random = 1.0) {
        return {.now = [this] { return now; },
                .sleep = [this](std::chrono::milliseconds pause) { pauses.push_back(pause.count()); },
                .random = [random] { return random; }};
    }
};

inline aws::Credentials some_credentials() {
    return {.access_key_id = "AKIDEXAMPLE", .secret_access_key = Secret("a-secret-key")};
}

}  // namespace desk
