// Requests and answers as CGI and FastCGI carry them: "NAME=value" parameters, a body, header lines.
#pragma once

#include <functional>
#include <string>

#include "cgi/http.hpp"

namespace desk {

/// Reads at most `count` bytes to `to`; returns how many, 0 at the end.
using ReadBytes = std::function<std::size_t(char* to, std::size_t count)>;

/// From a null-terminated array as environ, and the body behind it: as long as CONTENT_LENGTH says, at most `max_body`.
Incoming read_incoming(char** environment, const ReadBytes& read, std::size_t max_body);

/// Status, headers and the empty line. Line ends inside of values are dropped.
std::string header_text(const Response& response);

/// The answer as FastCGI records of type STDOUT, without the empty one that ends the stream. A record holds at most
/// 65,535 bytes (FastCGI specification, 3.3).
std::string answer_records(int request_id, const Response& response);

}  // namespace desk
