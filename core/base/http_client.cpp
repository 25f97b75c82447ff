#include "core/base/http_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::size_t kLargestAnswer = 64U << 20U;
constexpr long kConnectMillis = 10'000;

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using UrlHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// One handle a thread: it keeps its connections open, so that a run of calls to one service shares one.
CURL* handle_of_thread() {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    thread_local const Handle handle(ready == CURLE_OK ? curl_easy_init() : nullptr, &curl_easy_cleanup);
    if (!handle) throw Error(Code::internal, "The desk can't send requests.", "curl_easy_init");
    return handle.get();
}

std::string url_part(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    std::string out(text);
    curl_free(text);
    return out;
}

/// What may be told of a request.
std::string name_of(const HttpRequest& request) {
    const UrlHandle url(curl_url(), &curl_url_cleanup);
    if (!url || curl_url_set(url.get(), CURLUPART_URL, request.url.c_str(), 0) != CURLUE_OK)
        return cat(request.method, " of an address that is none");
    return cat(request.method, ' ', url_part(url.get(), CURLUPART_HOST), url_part(url.get(), CURLUPART_PATH));
}

[[noreturn]] void no_answer(const HttpRequest& request, std::string_view why) {
    throw Error(Code::unavailable, "Another service does not answer.", cat(name_of(request), ": ", why));
}

struct Received {
    HttpAnswer answer = {};
    bool too_large = false;
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& received = *static_cast<Received*>(to);
    received.too_large = received.answer.body.size() + count > kLargestAnswer;
    if (received.too_large) return 0;
    received.answer.body.append(bytes, count);
    return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& headers = static_cast<Received*>(to)->answer.headers;
    const std::string_view line(bytes, count);
    const auto colon = line.find(':');
    if (line.starts_with("HTTP/")) {
        headers.clear();  // what came before was an interim answer (100)
    } else if (colon != std::string_view::npos) {
        headers.push_back({std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
    }
    return count;
}

HeaderList header_list(const HttpRequest& request) {
    HeaderList list(nullptr, &curl_slist_free_all);
    const auto add = [&](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        if (longer == nullptr) throw Error(Code::internal, "The desk can't send requests.", "curl_slist_append");
        static_cast<void>(list.release());
        list.reset(longer);
    };
    // Without these two lines libcurl adds headers of its own: a content type that nobody meant, and a wait for "100".
    add("Content-Type:");
    add("Expect:");
    for (const auto& [name, value] : request.headers) {
        if ((name + value).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            throw Error(Code::internal, "The desk made a bad request.", cat("header ", lower(name), " has a line end"));
        // ";" is how libcurl is told of a header without a value.
        add(value.empty() ? name + ";" : cat(name, ": ", value));
    }
    return list;
}

template <class Value>
void set(CURL* curl, CURLoption option, Value value) {
    if (curl_easy_setopt(curl, option, value) != CURLE_OK)
        throw Error(Code::internal, "The desk can't send requests.",
                    cat("curl_easy_setopt ", static_cast<int>(option)));
}

void set_blob(CURL* curl, CURLoption option, const std::string& pem) {
    curl_blob blob{const_cast<char*>(pem.data()), pem.size(), CURL_BLOB_NOCOPY};  // libcurl does not write to it
    set(curl, option, &blob);
}

/// `identity` lives until the request is over.
void identify(CURL* curl, const TlsIdentity& identity) {
    if (!identity.authorities.empty()) {
        set_blob(curl, CURLOPT_CAINFO_BLOB, identity.authorities);
        set(curl, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (identity.certificate.empty()) return;
    set_blob(curl, CURLOPT_SSLCERT_BLOB, identity.certificate);
    set_blob(curl, CURLOPT_SSLKEY_BLOB, identity.key.reveal());
}

}  // namespace

std::optional<std::string> HttpAnswer::find_header(std::string_view name) const {
    for (const auto& header : headers)
        if (lower(header.name) == lower(name)) return header.value;
    return std::nullopt;
}

std::optional<Time> HttpAnswer::date() const {
    const auto text = find_header("Date");
    const std::time_t seconds = text ? curl_getdate(text->c_str(), nullptr) : -1;
    if (seconds == -1) return std::nullopt;
    return Time(std::chrono::seconds(seconds));
}

HttpAnswer CurlTransport::send(const HttpRequest& request) {
    CURL* curl = handle_of_thread();
    curl_easy_reset(curl);  // options only: connections stay
    const HeaderList headers = header_list(request);
    std::array<char, CURL_ERROR_SIZE> reason{};
    Received received;

    set(curl, CURLOPT_URL, request.url.c_str());
    set(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    set(curl, CURLOPT_PATH_AS_IS, 1L);  // the path was signed as it stands
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, std::min(static_cast<long>(request.timeout.count()), kConnectMillis));
    set(curl, CURLOPT_USERAGENT, "clusterdesk/" DESK_VERSION);
    set(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(curl, CURLOPT_HTTPHEADER, headers.get());
    set(curl, CURLOPT_ERRORBUFFER, reason.data());
    set(curl, CURLOPT_WRITEFUNCTION, &take_body);
    set(curl, CURLOPT_WRITEDATA, static_cast<void*>(&received));
    set(curl, CURLOPT_HEADERFUNCTION, &take_header);
    set(curl, CURLOPT_HEADERDATA, static_cast<void*>(&received));
    if (!request.ca_file.empty()) {
        set(curl, CURLOPT_CAINFO, request.ca_file.c_str());
        set(curl, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (request.identity != nullptr) identify(curl, *request.identity);
    const bool has_body = !request.body.empty() || request.method == "POST" || request.method == "PUT";
    if (has_body) {
        set(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(curl, CURLOPT_POSTFIELDS, request.body.data());
    }
    if (request.method == "HEAD") set(curl, CURLOPT_NOBODY, 1L);
    set(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());

    const CURLcode result = curl_easy_perform(curl);
    if (received.too_large) no_answer(request, "its answer is larger than 64 MiB");
    if (result != CURLE_OK) no_answer(request, reason[0] != '\0' ? reason.data() : curl_easy_strerror(result));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    received.answer.status = static_cast<int>(status);
    return std::move(received.answer);
}

}  // namespace desk
