// From a program's bytes to lines of text that may be stored and shown.
#include "core/base/lines.hpp"

#include <utility>

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// Bytes of the UTF-8 character that `text` begins with; 0 if it begins with none. RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF.
std::size_t character_length(std::string_view text) {
    struct Form {
        unsigned char first_low, first_high, second_low, second_high;
        std::size_t length;
    };
    static constexpr Form kForms[] = {
        {0x01, 0x7F, 0x00, 0x00, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (const auto& form : kForms) {
        if (byte(0) < form.first_low || byte(0) > form.first_high) continue;
        if (text.size() < form.length) return 0;
        if (form.length > 1 && (byte(1) < form.second_low || byte(1) > form.second_high)) return 0;
        for (std::size_t i = 2; i < form.length; ++i)
            if ((byte(i) & 0xC0U) != 0x80U) return 0;
        return form.length;
    }
    return 0;
}

}  // namespace

std::string repair_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto length = character_length(bytes);
        text += length > 0 ? bytes.substr(0, length) : kReplacement;
        bytes.remove_prefix(length > 0 ? length : 1);
    }
    return text;
}

LineSplitter::LineSplitter(std::size_t max_bytes, Sink sink) : max_bytes_(max_bytes), sink_(std::move(sink)) {}

void LineSplitter::feed(std::string_view bytes) {
    if (after_cr_ && bytes.starts_with('\n')) bytes.remove_prefix(1);
    if (!bytes.empty()) after_cr_ = false;

    while (!bytes.empty()) {
        const auto end = bytes.find_first_of("\r\n");
        append(bytes.substr(0, end));
        if (end == std::string_view::npos) return;
        emit();
        after_cr_ = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        if (after_cr_ && !bytes.empty()) {
            if (bytes.front() == '\n') bytes.remove_prefix(1);
            after_cr_ = false;
        }
    }
}

void LineSplitter::finish() {
    if (!line_.empty() || cut_ > 0) emit();
}

void LineSplitter::append(std::string_view part) {
    const auto kept = part.substr(0, max_bytes_ - line_.size());
    line_ += kept;
    cut_ += part.size() - kept.size();
}

void LineSplitter::emit() {
    // Taken out first: the sink may throw, and a line is given out once.
    auto line = std::exchange(line_, {});
    const auto cut = std::exchange(cut_, 0);
    if (cut > 0) line += cat(kCutMark, cut, " bytes]");
    sink_(is_utf8(line) && line.find('\0') == std::string::npos ? line : repair_utf8(line));
}

}  // namespace desk
