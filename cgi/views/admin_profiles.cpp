#include "cgi/views/admin_profiles.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/admin_profiles.tpl.hpp"

namespace desk::views {

AdminProfiles AdminProfiles::of(const Catalog& catalog, std::string directory) {
    constexpr Phrase kOpen{"good", "In the catalog"}, kClosed{"off", "Not available"};
    AdminProfiles page{.directory = std::move(directory)};
    for (const auto& [file, faults] : catalog.faults()) {
        File shown{.name = file, .faults = {}};
        for (const auto& fault : faults)
            shown.faults.push_back({fault.line > 0 ? cat(file, ':', fault.line) : file,
                                    fault.where.empty() ? fault.message : cat(fault.where, ": ", fault.message)});
        page.files.push_back(std::move(shown));
    }
    for (const auto& [name, profile] : catalog.profiles()) {
        const auto& why = profile.unavailable_reason();
        page.rows.push_back({.name = name,
                             .why = why.value_or(""),
                             .platform = std::string(title(profile.platform)),
                             .nodes = nodes_words(profile),
                             .lifetime = lifetime_words(profile),
                             .price = amount(profile.rates().running),
                             .approval = approval_words(profile),
                             .file = profile.file,
                             .state = {why ? kClosed : kOpen}});
    }
    return page;
}

void AdminProfiles::fill(Dictionary& out) const {
    out.SetValue(kap_DIRECTORY, directory);
    if (!files.empty()) {
        auto* section = out.AddSectionDictionary(kap_HAVE_FAULTS);
        for (const auto& file : files) {
            auto* item = section->AddSectionDictionary(kap_FILE);
            item->SetValue(kap_NAME, file.name);
            fill_facts(*item, kap_FAULT, kap_WHERE, kap_TEXT, file.faults);
        }
    }
    for (const auto& row : rows) {
        auto* item = out.AddSectionDictionary(kap_PROFILE);
        item->SetValue(kap_NAME, row.name);
        item->SetValue(kap_PLATFORM, row.platform);
        item->SetValue(kap_NODES, row.nodes);
        item->SetValue(kap_LIFETIME, row.lifetime);
        item->SetValue(kap_PRICE, row.price);
        item->SetValue(kap_APPROVAL, row.approval);
        item->SetValue(kap_FILE_NAME, row.file);
        include(*item, kap_STATE, row.state);
        show_if(*item, kap_WHY, kap_TEXT, row.why);
    }
    if (rows.empty()) out.ShowSection(kap_NONE);
}

}  // namespace desk::views
