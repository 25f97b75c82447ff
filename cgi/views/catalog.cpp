#include "cgi/views/catalog.hpp"

#include <algorithm>
#include <functional>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/catalog.tpl.hpp"

namespace desk::views {

CatalogPage CatalogPage::of(const Catalog& catalog, const std::map<std::string, history::Profile>& history,
                            const Principal& principal) {
    CatalogPage page{.may_order = principal.may(Permission::request_create)};
    for (const auto& [name, profile] : catalog.profiles()) {
        const auto title = profile.display_name.empty() ? name : profile.display_name;
        if (const auto& why = profile.unavailable_reason()) {
            page.closed.push_back({.name = name, .title = title, .why = *why});
            continue;
        }
        const auto known = history.find(name);
        const auto past = known == history.end() ? history::Profile{} : known->second;
        page.cards.push_back({.name = name,
                              .title = title,
                              .description = profile.description,
                              .platform = std::string(views::title(profile.platform)),
                              .nodes = nodes_words(profile),
                              .lifetime = lifetime_words(profile),
                              .price = profile.rates().running.str(),
                              .install_time = install_time_words(past.install_time, profile),
                              .approval = approval_words(profile),
                              .results = Results::of(past.last_results),
                              .lately = past.lately});
    }
    std::ranges::stable_sort(page.cards, std::greater{}, &Card::lately);  // of equals, by name
    page.empty_because =
        catalog.profiles().empty()
            ? "The desk has no profiles. A platform administrator puts them into the profiles directory."
            : "Every profile is switched off or lacks something; the reasons are below.";
    return page;
}

void CatalogPage::fill(Dictionary& out) const {
    for (const auto& card : cards) {
        auto* item = out.AddSectionDictionary(kc_PROFILE);
        item->SetValue(kc_NAME, card.name);
        item->SetValue(kc_TITLE, card.title);
        item->SetValue(kc_DESCRIPTION, card.description);
        item->SetValue(kc_PLATFORM, card.platform);
        item->SetValue(kc_NODES, card.nodes);
        item->SetValue(kc_LIFETIME, card.lifetime);
        item->SetValue(kc_PRICE, card.price);
        item->SetValue(kc_INSTALL_TIME, card.install_time);
        item->SetValue(kc_APPROVAL, card.approval);
        if (!card.results.marks.empty())
            include(*item->AddSectionDictionary(kc_HAVE_RESULTS), kc_RESULTS, card.results);
        if (may_order) item->ShowSection(kc_MAY_ORDER);
    }
    if (may_order) out.ShowSection(kc_MAY_IMPORT);
    if (cards.empty()) show_if(out, kc_EMPTY, kc_WHY, empty_because);
    if (closed.empty()) return;
    auto* section = out.AddSectionDictionary(kc_CLOSED);
    section->SetIntValue(kc_COUNT, static_cast<long>(closed.size()));
    for (const auto& profile : closed) {
        auto* item = section->AddSectionDictionary(kc_CLOSED_PROFILE);
        item->SetValue(kc_NAME, profile.name);
        item->SetValue(kc_TITLE, profile.title);
        item->SetValue(kc_WHY, profile.why);
    }
}

}  // namespace desk::views
