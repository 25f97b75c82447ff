#include "cgi/views/admin_blocked.hpp"

#include "cgi/dictionary.hpp"
#include "keys/admin_blocked.tpl.hpp"

namespace desk::views {

AdminBlocked AdminBlocked::of(const std::vector<blocked::Deletion>& deletions, int limit, const Principal& principal,
                              const Reader& reader) {
    AdminBlocked page{.only = static_cast<int>(deletions.size()) == limit ? limit : 0};
    for (const auto& deletion : deletions) {
        page.deletions.push_back(BlockedPanel::of(deletion, principal, reader));
        page.deletions.back().is_listed = true;
    }
    return page;
}

void AdminBlocked::fill(Dictionary& out) const {
    for (const auto& deletion : deletions) include(*out.AddSectionDictionary(kab_DELETION), kab_PANEL, deletion);
    if (deletions.empty()) out.ShowSection(kab_NONE);
    if (only > 0) out.AddSectionDictionary(kab_MORE)->SetIntValue(kab_NUMBER, only);
}

}  // namespace desk::views
