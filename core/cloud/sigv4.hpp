// AWS Signature Version 4: what signs requests to AWS and to every S3 server. (libcurl 7.88 signs header names that
// begin alike, unsorted queries and some escapes wrongly, so it only transports.)
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/http_client.hpp"
#include "core/base/time.hpp"
#include "core/cloud/aws/credentials.hpp"

namespace desk::sigv4 {

/// Where a signature is good: "eu-west-1", "ec2". For "s3" the rules of S3 hold: the path is signed as it is sent, and
/// the hash of the body is sent too. For every other service the path is normalised and encoded once more.
struct Scope {
    std::string region = {};
    std::string service = {};
};

/// A path as it is sent: everything but '/' and what needs no escape becomes %XX.
std::string encode_path(std::string_view path);

/// Signs a request that is otherwise finished: adds Host, X-Amz-Date, X-Amz-Security-Token (temporary credentials),
/// for S3 X-Amz-Content-Sha256 unless it has one, and Authorization. Every header that it has is signed. Path and
/// query of the URL must be encoded (see `encode_path`), the query need not be sorted. `at` is the wall's time:
/// AWS refuses what is more than 5 minutes off, S3 15. Throws Error{internal} when the URL is not absolute.
void sign(HttpRequest& request, const aws::Credentials& credentials, const Scope& scope, Time at);

/// The URL with the query that lets whoever has it send `method` until `life` (1 s to 7 days) after `at`; only the
/// header Host is signed, the body is not.
std::string presign(std::string_view method, std::string_view url, const aws::Credentials& credentials,
                    const Scope& scope, Time at, seconds life);

/// The text whose hash is signed, for those who compare: `payload` is what stands for the body.
std::string canonical_request(const HttpRequest& request, const Scope& scope, std::string_view payload);

}  // namespace desk::sigv4
