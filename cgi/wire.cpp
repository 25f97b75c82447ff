#include "cgi/wire.hpp"

#include <fastcgi.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::size_t kBlock = 16U << 10U;

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    std::copy_if(value.begin(), value.end(), std::back_inserter(out),
                 [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
    out += "\r\n";
}

void append_records(std::string& out, int request_id, std::string_view content) {
    const auto high = [](std::size_t number) { return static_cast<unsigned char>(number >> 8 & 0xff); };
    const auto low = [](std::size_t number) { return static_cast<unsigned char>(number & 0xff); };
    const auto id = static_cast<std::size_t>(request_id);
    while (!content.empty()) {
        const auto part = content.substr(0, FCGI_MAX_LENGTH);
        const FCGI_Header header{.version = FCGI_VERSION_1,
                                 .type = FCGI_STDOUT,
                                 .requestIdB1 = high(id),
                                 .requestIdB0 = low(id),
                                 .contentLengthB1 = high(part.size()),
                                 .contentLengthB0 = low(part.size()),
                                 .paddingLength = 0,
                                 .reserved = 0};
        out.append(reinterpret_cast<const char*>(&header), sizeof header).append(part);
        content.remove_prefix(part.size());
    }
}

void read_body(Incoming& incoming, const ReadBytes& read, std::size_t max_body) {
    const auto announced = parse_int(incoming.param("CONTENT_LENGTH")).value_or(0);
    const auto length = static_cast<std::size_t>(std::max<std::int64_t>(announced, 0));
    if (length > max_body) {
        incoming.state = Incoming::Body::too_large;
        return;
    }
    while (incoming.body.size() < length) {
        const std::size_t have = incoming.body.size();
        const std::size_t want = std::min(kBlock, length - have);
        incoming.body.resize(have + want);
        const std::size_t got = read(incoming.body.data() + have, want);
        incoming.body.resize(have + got);
        if (got == 0) {
            incoming.state = Incoming::Body::cut_short;
            return;
        }
    }
}

}  // namespace

Incoming read_incoming(char** environment, const ReadBytes& read, std::size_t max_body) {
    Incoming incoming;
    for (char** entry = environment; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) incoming.params.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    read_body(incoming, read, max_body);
    return incoming;
}

std::string header_text(const Response& response) {
    std::string out;
    append_line(out, "Status", std::to_string(response.status));
    if (!response.content_type.empty()) append_line(out, "Content-Type", response.content_type);
    const bool has_length = response.find_header("Content-Length") != nullptr;
    const bool has_body =
        response.status != 204 && response.status != 304 && response.find_header("X-Accel-Redirect") == nullptr;
    if (!has_length && has_body) append_line(out, "Content-Length", std::to_string(response.body.size()));
    for (const auto& [name, value] : response.headers) append_line(out, name, value);
    return out + "\r\n";
}

std::string answer_records(int request_id, const Response& response) {
    const std::string head = header_text(response);
    const std::size_t records = response.body.size() / FCGI_MAX_LENGTH + 2;
    std::string out;
    out.reserve(head.size() + response.body.size() + records * FCGI_HEADER_LEN);
    append_records(out, request_id, head);
    append_records(out, request_id, response.body);
    return out;
}

}  // namespace desk
