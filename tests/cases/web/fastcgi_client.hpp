// The web server's side of FastCGI, just enough to test ours with requests that no web server would send.
#pragma once

#include <map>
#include <string>

#include "core/base/file.hpp"

namespace desk {

/// One record of the protocol: version 1, request 1.
std::string record(unsigned char type, const std::string& content);

/// BEGIN_REQUEST as a responder, and all parameters.
std::string begin_records(const std::map<std::string, std::string>& params, bool keep_connection);
/// The body in records of at most 32 kB, and its end.
std::string body_records(const std::string& body);

/// A listening socket as a service manager keeps one. Throws Error{internal}.
UniqueFd listen_on(const std::string& path);

/// What came back until the peer closed, or `answers` requests ended.
struct FastCgiAnswers {
    std::string out;       ///< of all requests together
    int ended = 0;         ///< END_REQUEST records
    int empty_errors = 0;  ///< STDERR records without content
    bool closed = false;
};

class FastCgiClient {
  public:
    /// Throws Error{internal} when nobody listens.
    explicit FastCgiClient(const std::string& socket);

    void send(const std::string& bytes);
    /// Waits for at most 10 s for each piece.
    FastCgiAnswers receive(int answers);
    /// Whether something came in that was not received yet; looks for at most 10 s.
    bool hears_something();

  private:
    UniqueFd fd_;
};

}  // namespace desk
