#include "cgi/views/parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/errors.tpl.hpp"
#include "keys/parts/field.tpl.hpp"
#include "keys/parts/moment.tpl.hpp"
#include "keys/parts/state.tpl.hpp"
#include "keys/parts/step_list.tpl.hpp"

namespace desk::views {

const Tone& tone_of(std::string_view name) {
    static constexpr std::array kTones = {
        Tone{"good", "pf-m-green", "pf-m-success", "check-circle-fill"},
        Tone{"busy", "pf-m-blue", "pf-m-info", "in-progress"},
        Tone{"wait", "pf-m-orange", "pf-m-warning", "hourglass"},
        Tone{"bad", "pf-m-red", "pf-m-danger", "error-fill"},
        Tone{"off", "pf-m-grey", "pf-m-custom", "minus-circle-fill"},
    };
    const auto found = std::find_if(kTones.begin(), kTones.end(), [&](const Tone& tone) { return tone.name == name; });
    return found == kTones.end() ? kTones.back() : *found;
}

void show_if(Dictionary& out, const Key& section, const Key& key, const std::string& text) {
    if (!text.empty()) out.AddSectionDictionary(section)->SetValue(key, text);
}

void fill_facts(Dictionary& out, const Key& section, const Key& label, const Key& value, const Facts& facts) {
    for (const auto& fact : facts) {
        auto* item = out.AddSectionDictionary(section);
        item->SetValue(label, fact.label);
        item->SetValue(value, fact.value);
    }
}

void State::fill(Dictionary& out) const {
    const Tone& tone = tone_of(phrase.tone);
    out.SetValue(ks_COLOUR, tone.label);
    out.SetValue(ks_ICON, tone.icon);
    out.SetValue(ks_WORD, phrase.word);
}

Moment Moment::of(Time time, const Reader& reader) {
    return {.iso = to_rfc3339(time),
            .utc = to_local(time, "Etc/UTC"),
            .local = to_local(time, reader.time_zone),
            .relative = desk::relative(time, reader.now)};
}

Moment Moment::of(const std::optional<Time>& time, const Reader& reader, std::string_view words_if_none) {
    return time ? of(*time, reader) : Moment{.words = std::string(words_if_none)};
}

void Moment::fill(Dictionary& out) const {
    if (iso.empty()) return show_if(out, km_UNKNOWN, km_WORDS, words);
    auto* known = out.AddSectionDictionary(km_KNOWN);
    known->SetValue(km_ISO, iso);
    known->SetValue(km_UTC, utc);
    known->SetValue(km_LOCAL, local);
    known->SetValue(km_RELATIVE, relative);
}

ErrorSummary ErrorSummary::of(const FormErrors& errors, std::string title, const Labels& labels) {
    ErrorSummary summary{.title = std::move(title), .lines = {}};
    const auto root_of = [](const std::string& field) { return field.substr(0, field.find('.')); };
    for (const auto& [root, label] : labels)
        for (const auto& [field, error] : errors)
            if (root_of(field) == root) summary.lines.push_back({.field = root, .text = cat(label, ": ", error)});
    for (const auto& [field, error] : errors)
        if (std::ranges::find(labels, root_of(field), &Labels::value_type::first) == labels.end())
            summary.lines.push_back({.field = "", .text = field.empty() ? error : cat(field, ": ", error)});
    return summary;
}

void ErrorSummary::fill(Dictionary& out) const {
    out.SetValue(ke_TITLE, title);
    for (const auto& line : lines) {
        auto* item = out.AddSectionDictionary(ke_ERROR);
        item->SetValue(ke_TEXT, line.text);
        item->SetValue(ke_FIELD, line.field);
        item->ShowSection(line.field.empty() ? ke_PLAIN : ke_LINKED);
    }
}

std::string error_of(const FormErrors& errors, std::string_view field) {
    std::string found;
    for (const auto& fault : errors) {
        const bool is_part = fault.field.starts_with(field) && fault.field[field.size()] == '.';
        if (fault.field != field && !is_part) continue;
        if (!found.empty()) found += ' ';
        found += is_part ? cat(fault.field.substr(field.size() + 1), ": ", fault.error) : fault.error;
    }
    return found;
}

void Field::fill(Dictionary& out) const {
    out.SetValue(kf_ID, name);
    out.SetValue(kf_LABEL, label);
    out.SetValue(kf_VALUE, value);
    if (kind != Kind::checkbox) out.ShowSection(kf_LABELLED);
    if (optional) out.ShowSection(kf_OPTIONAL);
    if (required) out.ShowSection(kf_REQUIRED);
    show_if(out, kf_HINT, kf_TEXT, hint);
    if (!error.empty()) {
        out.ShowSection(kf_WRONG);
        show_if(out, kf_SAID, kf_TEXT, error);
    }

    std::string described_by = hint.empty() ? "" : name + "-hint";
    if (!error.empty()) described_by += (hint.empty() ? "" : " ") + name + "-error";
    show_if(out, kf_DESCRIBED, kf_BY, described_by);

    switch (kind) {
        case Kind::input:
            out.SetValue(kf_TYPE, type);
            out.ShowSection(kf_INPUT);
            show_if(out, kf_AUTOCOMPLETE, kf_WORD, autocomplete);
            if (minimum) show_if(out, kf_MINIMUM, kf_NUMBER, std::to_string(*minimum));
            if (maximum) show_if(out, kf_MAXIMUM, kf_NUMBER, std::to_string(*maximum));
            break;
        case Kind::code_area:
            out.ShowSection(kf_CODE);
            [[fallthrough]];
        case Kind::area:
            out.ShowSection(kf_AREA);
            break;
        case Kind::checkbox:
            out.ShowSection(kf_CHECKBOX);
            if (value == "yes") out.ShowSection(kf_CHECKED);
            break;
        case Kind::select:
            out.ShowSection(kf_SELECT);
            for (const auto& option : options) {
                auto* item = out.AddSectionDictionary(kf_OPTION);
                item->SetValue(kf_VALUE, option.value);
                item->SetValue(kf_TEXT, option.text);
                if (option.value == value) item->ShowSection(kf_SELECTED);
            }
            break;
    }
}

void Steps::fill(Dictionary& out) const {
    struct Look {
        std::string_view tone;
        const char* classes;
        const char* icon;
    };
    static constexpr std::array kLooks = {
        Look{"next", "pf-m-pending", "not-started-fill"},
        Look{"done", "pf-m-success", "check-circle-fill"},
        Look{"now", "pf-m-info pf-m-current", "in-progress"},
        Look{"wait", "pf-m-warning", "hourglass"},
        Look{"bad", "pf-m-danger", "error-fill"},
    };
    for (const auto& step : steps) {
        auto* item = out.AddSectionDictionary(ksl_STEP);
        const auto* look =
            std::find_if(kLooks.begin(), kLooks.end(), [&](const Look& known) { return known.tone == step.tone; });
        if (look == kLooks.end()) look = kLooks.begin();
        item->SetValue(ksl_TONE, look->classes);
        item->SetValue(ksl_ICON, look->icon);
        item->SetValue(ksl_NAME, step.name);
        item->SetValue(ksl_WORD, step.word);
        item->SetValue(ksl_DURATION, step.duration);
        show_if(*item, ksl_DETAIL, ksl_TEXT, step.detail);
    }
}

std::string pace_sentence(Pace pace) {
    if (pace.seconds_per_hour == 3600) return "";
    return cat("Time runs fast here: an hour of this demo lasts ", to_words(seconds(pace.seconds_per_hour)),
               ". Lifetimes, warnings, prices and the installer all run at that pace, and no real cloud is touched.");
}

std::string amount(Money money) {
    const auto micros = std::abs(money.micros);
    if (micros == 0 || micros >= 10'000) return money.str();
    return micros < 100 ? "under $0.0001"
                        : cat(money.micros < 0 ? "-$0.00" : "$0.00", micros / 1000, micros % 1000 / 100);
}

std::string size_words(std::int64_t bytes) {
    static constexpr std::array<std::string_view, 4> kUnits = {"bytes", "kB", "MB", "GB"};
    std::int64_t unit = 1;
    std::size_t index = 0;
    while (bytes / unit >= 1000 && index + 1 < kUnits.size()) unit *= 1000, ++index;
    if (index == 0) return cat(bytes, ' ', bytes == 1 ? "byte" : "bytes");
    const auto tenths = (bytes * 10 + unit / 2) / unit;
    return cat(tenths / 10, '.', tenths % 10, ' ', kUnits[index]);
}

void include_with(Dictionary& page, const Key& key, const char* file, const void* part,
                  void (*fill)(const void*, Dictionary&)) {
    auto* place = page.AddIncludeDictionary(key);
    place->SetFilename(file);
    fill(part, *place);
}

}  // namespace desk::views
