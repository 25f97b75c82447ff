#include "core/cloud/s3_store.hpp"

#include <chrono>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/id.hpp"
#include "core/base/text.hpp"
#include "core/cloud/sigv4.hpp"

namespace desk {
namespace {

constexpr const char* kIdName = "store.id";
constexpr auto kTransfer = 10min;  // for one part, over a slow line

std::string name_of(const std::string& key, Visibility visibility) {
    check_object_key(key);
    return cat(visibility == Visibility::public_ ? "public/" : "private/", key);
}

constexpr const char* kNotInOrder = "The desk's object store does not do its work.";

[[noreturn]] void refuse(const std::string& place, const std::string& what, const std::string& why) {
    throw Error(Code::internal, kNotInOrder, cat(place, ": ", what, ": ", why));
}

/// A server in trouble is in order again some time later: what was tried may be tried again.
[[noreturn]] void refuse(const std::string& place, const std::string& what, const aws::AwsError& error) {
    throw Error(error.status() >= 500 ? Code::unavailable : Code::internal, kNotInOrder,
                cat(place, ": ", what, ": ", error.what()));
}

std::string get_header(const HttpAnswer& answer, std::string_view name) {
    if (auto value = answer.find_header(name)) return *value;
    throw Error(Code::internal, kNotInOrder, cat("an answer has no ", name));
}

}  // namespace

S3Store::S3Store(S3Settings settings, HttpTransport& transport, std::function<aws::Credentials()> credentials,
                 aws::Pace pace)
    : settings_(std::move(settings)),
      endpoint_(aws::endpoint_of("s3", settings_.region, {.all = settings_.endpoint}).url),
      client_(transport, std::move(credentials), {}, std::move(pace)) {}

std::string S3Store::place() const { return cat("bucket ", settings_.bucket, " at ", endpoint_); }

std::string S3Store::url_of(const std::string& name) const {
    const std::string full = settings_.prefix.empty() ? name : cat(settings_.prefix, '/', name);
    const auto host = endpoint_.find("://") + 3;
    const std::string bucket = settings_.url_style == S3UrlStyle::path
                                   ? cat(endpoint_, '/', settings_.bucket)
                                   : cat(endpoint_.substr(0, host), settings_.bucket, '.', endpoint_.substr(host));
    return cat(bucket, '/', sigv4::encode_path(full));
}

std::vector<HttpHeader> S3Store::object_headers() const {
    std::vector<HttpHeader> headers = {{"Content-Type", "application/octet-stream"}};
    if (settings_.encryption == S3Encryption::AES256) headers.push_back({"x-amz-server-side-encryption", "AES256"});
    if (settings_.encryption == S3Encryption::aws_kms) {
        headers.push_back({"x-amz-server-side-encryption", "aws:kms"});
        if (!settings_.kms_key.empty())
            headers.push_back({"x-amz-server-side-encryption-aws-kms-key-id", settings_.kms_key});
    }
    return headers;
}

HttpAnswer S3Store::send(const std::string& method, const std::string& url, std::vector<HttpHeader> headers,
                         std::string body) const {
    return client_.send(
        {.method = method, .url = url, .headers = std::move(headers), .body = std::move(body), .timeout = kTransfer},
        "s3", settings_.region);
}

StoredObject S3Store::put(const std::string& key, std::string_view bytes, Visibility visibility) {
    const std::string url = url_of(name_of(key, visibility));
    try {
        if (bytes.size() > settings_.part_bytes)
            put_in_parts(url, bytes);
        else
            send("PUT", url, object_headers(), std::string(bytes));
        const StoredObject wanted{.bytes = static_cast<std::int64_t>(bytes.size()), .sha256 = sha256_hex(bytes)};
        if (sha256_hex(read(url)) != wanted.sha256) refuse(place(), key, "read back differently");
        return wanted;
    } catch (const aws::AwsError& error) {
        refuse(place(), cat("put ", key), error);
    }
}

void S3Store::put_in_parts(const std::string& url, std::string_view bytes) {
    const auto started = aws::parse_xml(send("POST", url + "?uploads=", object_headers()).body);
    const std::string id = percent_encode(started.child("InitiateMultipartUploadResult").child_value("UploadId"));
    try {
        pugi::xml_document list;
        auto parts = list.append_child("CompleteMultipartUpload");
        for (int number = 1; !bytes.empty(); ++number) {
            const auto part = bytes.substr(0, settings_.part_bytes);
            bytes.remove_prefix(part.size());
            const auto answer = send("PUT", cat(url, "?partNumber=", number, "&uploadId=", id), {}, std::string(part));
            auto entry = parts.append_child("Part");
            entry.append_child("PartNumber").text() = number;
            entry.append_child("ETag").text() = get_header(answer, "ETag").c_str();
        }
        std::ostringstream text;
        list.save(text, "", pugi::format_raw);
        const auto answer =
            send("POST", cat(url, "?uploadId=", id), {{"Content-Type", "application/xml"}}, std::move(text).str());
        // It may begin with a success and fail after that.
        if (answer.body.find("<Error>") != std::string::npos) throw aws::error_of(answer);
    } catch (...) {
        // Parts that nobody completes are paid for until somebody removes them.
        try {
            send("DELETE", cat(url, "?uploadId=", id));
        } catch (const std::exception&) {  // the first failure is the one to tell
        }
        throw;
    }
}

std::string S3Store::read(const std::string& url) const {
    const auto head = send("HEAD", url);
    const auto size = static_cast<std::size_t>(parse_int(get_header(head, "Content-Length")).value_or(0));
    const HttpHeader same{"If-Match", get_header(head, "ETag")};
    if (size <= settings_.part_bytes) return send("GET", url, {same}).body;
    std::string bytes;
    while (bytes.size() < size) {
        const auto last = std::min(bytes.size() + settings_.part_bytes, size) - 1;
        const auto part = send("GET", url, {same, {"Range", cat("bytes=", bytes.size(), '-', last)}}).body;
        if (part.size() != last + 1 - bytes.size()) refuse(place(), "get", "a range came back with another length");
        bytes += part;
    }
    return bytes;
}

std::string S3Store::get(const std::string& key, Visibility visibility) const {
    try {
        return read(url_of(name_of(key, visibility)));
    } catch (const aws::AwsError& error) {
        if (error.status() == 404) throw Error(Code::not_found, "This file is not there any more.", key);
        refuse(place(), cat("get ", key), error);
    }
}

bool S3Store::exists(const std::string& key, Visibility visibility) const {
    try {
        send("HEAD", url_of(name_of(key, visibility)));
        return true;
    } catch (const aws::AwsError& error) {
        if (error.status() == 404) return false;
        refuse(place(), cat("look for ", key), error);
    }
}

void S3Store::remove(const std::string& key, Visibility visibility) {
    try {
        send("DELETE", url_of(name_of(key, visibility)));
    } catch (const aws::AwsError& error) {
        if (error.status() != 404) refuse(place(), cat("remove ", key), error);
    }
}

std::optional<std::string> S3Store::find_url(const std::string& key, const std::string& file_name, seconds life) const {
    const aws::Params query = {{"response-cache-control", "no-store"},
                               {"response-content-disposition", attachment(file_name)},
                               {"response-content-type", "application/octet-stream"}};
    return client_.presign(cat(url_of(name_of(key, Visibility::public_)), '?', aws::encode_query(query)), "s3",
                           settings_.region, life);
}

std::string S3Store::origin() const {
    const std::string url = url_of("");
    return url.substr(0, url.find('/', url.find("://") + 3));
}

std::string S3Store::id() const {
    try {
        return std::string(trim(read(url_of(kIdName))));
    } catch (const aws::AwsError& error) {
        if (error.status() == 404) return {};
        refuse(place(), "read store.id", error);
    }
}

std::string S3Store::make_id() {
    if (auto there = id(); !there.empty()) return there;
    auto headers = object_headers();
    headers.push_back({"If-None-Match", "*"});  // of two processes the first wins
    try {
        try {
            send("PUT", url_of(kIdName), headers, new_ulid() + "\n");
        } catch (const aws::AwsError& error) {
            if (error.status() == 501)  // a server that doesn't know conditions
                send("PUT", url_of(kIdName), object_headers(), new_ulid() + "\n");
            else if (error.status() != 412 && error.status() != 409)
                throw;
        }
    } catch (const aws::AwsError& error) {
        refuse(place(), "write store.id", error);
    }
    return id();
}

}  // namespace desk
