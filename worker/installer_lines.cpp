// What the lines of openshift-install say.
#include "worker/installer_lines.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/base/text.hpp"

namespace desk::worker {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array kLevels = {
    std::pair{std::string_view("trace"), LogLevel::DEBUG},  std::pair{std::string_view("debug"), LogLevel::DEBUG},
    std::pair{std::string_view("info"), LogLevel::INFO},    std::pair{std::string_view("warning"), LogLevel::WARNING},
    std::pair{std::string_view("warn"), LogLevel::WARNING}, std::pair{std::string_view("error"), LogLevel::ERROR},
    std::pair{std::string_view("fatal"), LogLevel::ERROR},  std::pair{std::string_view("panic"), LogLevel::ERROR},
};

/// Takes `prefix` off the front of `text`, if it stands there.
bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// Without ESC [ ... letter: programs colour their lines when they think a person is there.
std::string without_colours(std::string_view raw) {
    std::string plain;
    for (std::size_t at = 0; at < raw.size();) {
        if (raw.substr(at, 2) != "\x1b[") {
            plain += raw[at++];
            continue;
        }
        at += 2;
        while (at < raw.size() && std::isalpha(static_cast<unsigned char>(raw[at])) == 0) ++at;
        at = std::min(at + 1, raw.size());
    }
    return plain;
}

/// Takes a value of logfmt off the front: a word, or a text in Go's quotes, which comes out as it was meant. Escapes of
/// bytes (\x, \u) stay as they are: they stand for what nobody can read anyway.
std::string take_value(std::string_view& rest) {
    if (!take(rest, "\"")) {
        const auto word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(word.size());
        return std::string(word);
    }
    std::string value;
    while (!rest.empty() && rest.front() != '"') {
        const bool is_escape = rest.front() == '\\' && rest.size() > 1;
        const char c = is_escape ? rest[1] : rest.front();
        rest.remove_prefix(is_escape ? 2 : 1);
        if (!is_escape || c == '"' || c == '\\') {
            value += c;
        } else if (c == 'n' || c == 't') {
            value += c == 'n' ? '\n' : '\t';
        } else {
            (value += '\\') += c;
        }
    }
    take(rest, "\"");
    return value;
}

std::optional<ParsedLine> parse_logrus(std::string_view line) {
    const bool is_quoted = take(line, "time=");  // the form of the file; stderr has neither times nor quotes
    if (is_quoted) take_value(line);
    line = is_quoted ? trim(line) : line;
    if (!take(line, "level=")) return std::nullopt;
    const auto name = take_value(line);
    const auto* const level = std::ranges::find(kLevels, name, [](const auto& row) { return row.first; });
    if (level == kLevels.end() || !take(line, " msg=")) return std::nullopt;
    auto text = is_quoted ? take_value(line) : std::string(line);
    if (is_quoted) text += line;  // fields: ` id=vpc-1 resourceType=vpc`
    return ParsedLine{.level = level->second, .text = std::move(text), .has_level = true};
}

/// E1121 14:37:46.543646 1434068 controller.go:329] "Reconciler error"
std::optional<ParsedLine> parse_klog(std::string_view line) {
    constexpr std::string_view kShape = "?dddd dd:dd:dd.";
    if (line.size() < kShape.size()) return std::nullopt;
    for (std::size_t i = 1; i < kShape.size(); ++i)
        if (kShape[i] == 'd' ? !is_digit(line[i]) : line[i] != kShape[i]) return std::nullopt;
    const auto text = line.find_first_not_of("0123456789 ", kShape.size());
    if (text == std::string_view::npos) return std::nullopt;
    const auto parsed = [&](LogLevel level) {
        return ParsedLine{.level = level, .text = std::string(line.substr(text)), .has_level = true};
    };
    switch (line.front()) {
        case 'I':
            return parsed(LogLevel::INFO);
        case 'W':
            return parsed(LogLevel::WARNING);
        case 'E':
        case 'F':
            return parsed(LogLevel::ERROR);
        default:
            return std::nullopt;
    }
}

bool begins_panic(std::string_view line) {
    constexpr std::array<std::string_view, 4> kBeginnings = {"panic: ", "fatal error: ", "goroutine ",
                                                             "runtime error: "};
    return std::ranges::any_of(kBeginnings, [&](auto beginning) { return line.starts_with(beginning); });
}

struct MarkRow {
    std::string_view beginning;
    std::string_view inside;  ///< and somewhere behind it
    Mark mark;
};
/// Texts of 4.12 to 5.0 at level info; "Cluster is initialized" is debug.
constexpr std::array kMarks = {
    MarkRow{"Creating infrastructure resources...", "", Mark::INFRASTRUCTURE},
    MarkRow{"Network infrastructure is ready", "", Mark::NETWORK_READY},
    MarkRow{"Control-plane machines are ready", "", Mark::MACHINES_READY},
    MarkRow{"API v", " up", Mark::API_UP},
    MarkRow{"Destroying the bootstrap resources...", "", Mark::BOOTSTRAP_ENDING},
    MarkRow{"Finished destroying bootstrap resources", "", Mark::BOOTSTRAPPED},
    // Older ones do not say that they finished; this is what comes next.
    MarkRow{"Waiting up to ", " to initialize...", Mark::BOOTSTRAPPED},
    MarkRow{"Cluster is initialized", "", Mark::INITIALIZED},
    MarkRow{"All cluster operators have completed progressing", "", Mark::INITIALIZED},
    MarkRow{"Install complete!", "", Mark::INSTALLED},
    MarkRow{"Uninstallation complete!", "", Mark::UNINSTALLED},
};

}  // namespace

ParsedLine parse_line(std::string_view raw) {
    const auto line = without_colours(raw);
    if (auto parsed = parse_logrus(line)) return *std::move(parsed);
    if (auto parsed = parse_klog(line)) return *std::move(parsed);
    const bool is_panic = begins_panic(line);
    return {.level = is_panic ? LogLevel::ERROR : LogLevel::INFO, .text = line, .is_panic = is_panic};
}

std::optional<Mark> find_mark(std::string_view text) {
    const auto* const row = std::ranges::find_if(kMarks, [&](const MarkRow& mark) {
        return text.starts_with(mark.beginning) &&
               text.find(mark.inside, mark.beginning.size()) != std::string_view::npos;
    });
    if (row == kMarks.end()) return std::nullopt;
    return row->mark;
}

std::optional<int> find_percent(std::string_view text) {
    const auto end = text.find("% complete)");
    if (end == std::string_view::npos) return std::nullopt;
    const auto open = text.rfind('(', end);
    if (open == std::string_view::npos) return std::nullopt;
    const auto percent = parse_int(text.substr(open + 1, end - open - 1));
    if (!percent || *percent < 0 || *percent > 100) return std::nullopt;
    return static_cast<int>(*percent);
}

std::optional<ParsedLine> find_fault(std::string_view raw) {
    auto line = parse_line(raw);
    if (line.level >= LogLevel::WARNING) return line;
    auto inside = parse_klog(line.text);
    if (inside && inside->level == LogLevel::ERROR) return inside;
    return std::nullopt;
}

}  // namespace desk::worker
