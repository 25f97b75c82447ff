#include "worker/demo/log.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "worker/demo/clock.hpp"

namespace desk::demo {
namespace {

/// Bytes of the UTF-8 character at the start of `text`; 0 when it is not one.
std::size_t utf8_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    return length != 0 && length <= text.size() && is_utf8(text.substr(0, length)) ? length : 0;
}

/// Go's %q.
std::string go_quote(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const char c = text[0];
        const std::size_t length = utf8_length(text);
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\r') {
            out += "\\r";
        } else if (length == 0 || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            out += "\\x" + hex(text.substr(0, 1));
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out + '"';
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._/@^+").find(c) != std::string_view::npos;
}

std::string_view terminal_colour(Level level) {
    switch (level) {
        case Level::debug:
        case Level::trace:
            return "37";
        case Level::warning:
            return "33";
        case Level::info:
            return "36";
        default:
            return "31";
    }
}

std::string terminal_line(Level level, std::string_view message) {
    std::string word(text(level).substr(0, 4));
    for (char& c : word) c = static_cast<char>(c - 'a' + 'A');
    const std::string padding(message.size() < 44 ? 44 - message.size() : 0, ' ');
    return cat("\x1b[", terminal_colour(level), "m", word, "\x1b[0m ", message, padding);
}

}  // namespace

std::string logfmt_value(std::string_view value) {
    return std::all_of(value.begin(), value.end(), is_plain) ? std::string(value) : go_quote(value);
}

Log::Log(const fs::path& dir, Level threshold) : threshold_(threshold), terminal_(::isatty(STDERR_FILENO) == 1) {
    fs::create_directories(dir);
    const fs::path path = dir / ".openshift_install.log";
    file_.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (!file_) throw_errno("open " + path.string());
}

void Log::write(Level level, std::string_view message, const Fields& fields) {
    std::string in_file = cat("time=", go_quote(rfc3339_now()), " level=", text(level), " msg=", logfmt_value(message));
    std::string plain;
    for (const auto& [key, value] : fields) {
        plain += cat(" ", key, "=", value);
        in_file += cat(" ", key, "=", logfmt_value(value));
    }
    write_all(file_.get(), in_file + "\n");

    if (level > threshold_) return;
    std::string on_stderr;
    for (const auto line : split(message, '\n')) {
        on_stderr += terminal_ ? terminal_line(level, line) : cat("level=", text(level), " msg=", line);
        on_stderr += plain + "\n";
    }
    raw_stderr(on_stderr);
}

void Log::raw_stderr(std::string_view bytes) { write_all(STDERR_FILENO, bytes); }

void write_unconfigured_fatal(std::string_view message) {
    write_all(STDERR_FILENO, cat("time=", go_quote(rfc3339_now()), " level=fatal msg=", logfmt_value(message), "\n"));
}

void write_plain_fatal(std::string_view message) { write_all(STDERR_FILENO, cat("level=fatal msg=", message, "\n")); }

}  // namespace desk::demo
