#include "core/pg/types.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace desk::pg {

void bad_text(std::string_view type, std::string_view text) {
    throw Error(Code::internal, "The desk read something unexpected from its database.",
                cat("not a ", type, ": ", text.substr(0, 40)));
}

std::string Type<double>::to_text(double value) {
    std::array<char, 32> out{};
    const auto end = std::to_chars(out.data(), out.data() + out.size(), value).ptr;
    return {out.data(), end};
}

double Type<double>::from_text(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) bad_text("number", text);
    return value;
}

std::string Type<Time>::to_text(Time value) {
    const auto whole = std::chrono::floor<seconds>(value);
    const auto micros = (value - whole).count();
    std::array<char, 16> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%06ld+00", static_cast<long>(micros));
    std::string out = to_rfc3339(whole);
    out.pop_back();
    return out + fraction.data();
}

Time Type<Time>::from_text(std::string_view text) {
    const auto value = parse_time(text);
    if (!value) bad_text("time", text);
    return *value;
}

std::string Type<Json>::to_text(const Json& value) { return value.dump(); }

Json Type<Json>::from_text(std::string_view text) { return Json::parse(text); }

Bytes Type<Bytes>::from_text(std::string_view text) {
    auto value = text.starts_with("\\x") ? unhex(text.substr(2)) : std::nullopt;
    if (!value) bad_text("bytea", text);
    return {std::move(*value)};
}

std::string array_text(const std::vector<std::string>& items) {
    std::string out = "{";
    for (const auto& item : items) {
        if (out.size() > 1) out += ',';
        out += '"';
        for (char c : item) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out + "}";
}

std::vector<std::string> array_items(std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') bad_text("array", text);
    text = text.substr(1, text.size() - 2);
    std::vector<std::string> items;
    while (!text.empty()) {
        std::string item;
        if (text.front() == '"') {
            text.remove_prefix(1);
            while (!text.empty() && text.front() != '"') {
                if (text.front() == '\\') text.remove_prefix(1);
                if (text.empty()) bad_text("array", text);
                item += text.front();
                text.remove_prefix(1);
            }
            if (text.empty()) bad_text("array", text);
            text.remove_prefix(1);
        } else {
            const auto end = text.find(',');
            item = text.substr(0, end);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end);
        }
        items.push_back(std::move(item));
        if (!text.empty()) text.remove_prefix(1);  // the comma
    }
    return items;
}

}  // namespace desk::pg
