// Takes secrets out of text before anything is stored.
#include "worker/redact.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "core/base/json.hpp"
#include "core/base/lines.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

std::uint32_t first_four(std::string_view text) {
    std::uint32_t four = 0;
    std::memcpy(&four, text.data(), sizeof four);
    return four;
}
std::size_t slot(std::uint32_t four) { return (four * 2654435761U) >> 16U; }  // Knuth's multiplicative hash

constexpr std::string_view kPemBegin = "-----BEGIN ", kPemEnd = "-----END ", kPemDashes = "-----";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
constexpr int kMaxPemLines = 400;  ///< an RSA key of 16,384 bits has 200

/// Base64, a header (Proc-Type: 4,ENCRYPTED), or nothing. Anything else means that the block never ended.
bool is_pem_body(std::string_view line) {
    const auto text = trim(line);
    constexpr std::size_t kLongestLine = 128;
    const bool is_base64 = text.find_first_not_of(kBase64) == std::string_view::npos;
    return (is_base64 && text.size() <= kLongestLine) || text.starts_with("Proc-Type:") ||
           text.starts_with("DEK-Info:");
}

/// Behind the dashes that close the block whose end line begins at `end_line`.
std::size_t behind_pem(std::string_view line, std::size_t end_line) {
    const auto dashes = line.find(kPemDashes, end_line + kPemEnd.size());
    return dashes == std::string_view::npos ? line.size() : dashes + kPemDashes.size();
}

std::string without(std::string_view line, Spans& spans) {
    std::ranges::sort(spans, {}, &Span::begin);
    std::string kept;
    std::size_t at = 0;
    bool first = true;
    for (const auto& span : spans) {
        if (span.end <= at) continue;
        // One mark for what overlaps or touches.
        if (first || span.begin > at) kept.append(line.substr(at, span.begin - at)) += kRedacted;
        at = span.end;
        first = false;
    }
    return kept.append(line.substr(at));
}

void add_texts(const Json& json, std::vector<std::string>& texts) {
    if (json.is_string()) texts.push_back(json.get<std::string>());
    if (json.is_structured())
        for (const auto& part : json) add_texts(part, texts);
}

std::string json_escaped(std::string_view text) {
    const auto quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

}  // namespace

Redactor::~Redactor() {
    for (auto& needle : needles_) OPENSSL_cleanse(needle.data(), needle.size());
}

void Redactor::add(const Secret& secret) {
    const std::unique_lock lock(mutex_);
    const auto value = trim(secret.reveal());
    add_value(value);
    if (value.find('\n') != std::string_view::npos) add_lines(value);
    if (const auto document = parse_json(value); document && document->is_structured()) {
        std::vector<std::string> texts;
        add_texts(*document, texts);
        for (const auto& text : texts)
            if (text.size() >= kShortestSecretLine) add_value(text);
    }
}

void Redactor::add_lines(std::string_view value) {
    constexpr std::size_t kLongWord = 20;  // "client-key-data: LS0t...": the value, without its name
    for (const auto raw : split(value, '\n')) {
        const auto line = trim(raw);
        if (line.size() >= kShortestSecretLine) add_needle(line);
        const auto word = line.substr(line.rfind(' ') + 1);
        if (word.size() >= kLongWord && word.find("://") == std::string_view::npos) add_value(word);
    }
}

void Redactor::add_value(std::string_view value) {
    if (value.size() < kShortestSecret) return;
    const auto escaped = json_escaped(value);
    const auto percent = percent_encode(value);
    add_needle(value);
    add_needle(escaped);
    add_needle(json_escaped(escaped));
    // Go's encoder writes these three so.
    add_needle(replace_all(replace_all(replace_all(escaped, "&", "\\u0026"), "<", "\\u003c"), ">", "\\u003e"));
    add_needle(percent);
    add_needle(replace_all(percent, "%20", "+"));
    add_base64(value);
}

void Redactor::add_base64(std::string_view value) {
    // A value that begins one or two bytes into a group of three looks different each time; characters that also hold
    // bits of a neighbour are left out.
    for (std::size_t before = 0; before < 3; ++before) {
        const auto padded = std::string(before, '\0').append(value);
        const auto begin = (before * 8 + 5) / 6, end = padded.size() * 8 / 6;
        add_needle(base64(padded).substr(begin, end - begin));
        add_needle(base64url(padded).substr(begin, end - begin));
    }
    const auto whole = base64(value);
    for (const std::size_t columns : {64U, 76U})  // PEM; MIME and base64(1)
        for (std::size_t at = 0; whole.size() > columns && at < whole.size(); at += columns)
            if (const auto piece = whole.substr(at, columns); piece.size() >= kShortestSecretLine) add_needle(piece);
}

void Redactor::add_needle(std::string_view needle) {
    const auto four = first_four(needle);
    const auto [first, last] = by_prefix_.equal_range(four);
    if (std::any_of(first, last, [&](const auto& known) { return needles_[known.second] == needle; })) return;
    by_prefix_.emplace(four, needles_.size());
    maybe_[slot(four)] = true;
    needles_.emplace_back(needle);
}

void Redactor::find_needles(std::string_view line, Spans& found) const {
    const std::shared_lock lock(mutex_);
    for (std::size_t at = 0; at + kShortestSecret <= line.size(); ++at) {
        const auto four = first_four(line.substr(at));
        if (!maybe_[slot(four)]) continue;
        const auto [first, last] = by_prefix_.equal_range(four);
        for (auto candidate = first; candidate != last; ++candidate) {
            const auto& needle = needles_[candidate->second];
            if (line.substr(at).starts_with(needle)) found.push_back({at, at + needle.size()});
        }
    }

    const auto cut = line.rfind(kCutMark);
    if (cut == std::string_view::npos) return;
    const auto kept = line.substr(0, cut);
    for (const auto& needle : needles_) {
        auto length = std::min(needle.size(), kept.size());
        while (length > 0 && !kept.ends_with(std::string_view(needle).substr(0, length))) --length;
        if (length > 0) found.push_back({cut - length, cut});
    }
}

std::string Redactor::redact(std::string_view text) const {
    LineRedactor lines(*this);
    std::vector<std::string> redacted;
    for (const auto line : split(text, '\n')) redacted.push_back(lines.redact_line(line));
    return join(redacted, "\n");
}

std::string LineRedactor::redact_line(std::string_view line) {
    Spans spans;
    std::size_t behind_block = 0;
    if (pem_lines_ > 0) {
        const auto end_line = line.find(kPemEnd);
        if (end_line != std::string_view::npos) {
            behind_block = behind_pem(line, end_line);
            spans.push_back({0, behind_block});
            pem_lines_ = 0;
        } else if (is_pem_body(line) && pem_lines_ < kMaxPemLines) {
            ++pem_lines_;
            return std::string(line.empty() ? std::string_view() : kRedacted);
        } else {
            pem_lines_ = 0;
        }
    }
    for (auto at = line.find(kPemBegin, behind_block); at != std::string_view::npos;) {
        const auto end_line = line.find(kPemEnd, at);
        const bool is_open = end_line == std::string_view::npos;
        if (is_open) pem_lines_ = 1;
        spans.push_back({at, is_open ? line.size() : behind_pem(line, end_line)});
        at = line.find(kPemBegin, spans.back().end);
    }

    redactor_.find_needles(line, spans);
    find_secret_shapes(line, spans);
    return without(line, spans);
}

}  // namespace desk::worker
