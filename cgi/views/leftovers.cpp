#include "cgi/views/leftovers.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/leftovers.tpl.hpp"

namespace desk::views {
namespace {

Leftovers::Row row(Platform platform, const CloudResource& resource, Time since, const Reader& reader) {
    return {.type = type_words(resource),
            .name = resource.name,
            .id = resource.id == resource.name ? "" : resource.id,
            .region = resource.region,
            .since = Moment::of(since, reader),
            .console = ConsoleWords::of(platform, resource)};
}

}  // namespace

std::string type_words(const CloudResource& resource) {
    return resource.type == kUnknownResources ? "everything tagged with the infraID:" : resource.type;
}

ConsoleWords ConsoleWords::of(Platform platform, const CloudResource& resource) {
    if (const auto link = console_link(platform, resource))
        return {.href = link->url, .text = link->is_exact ? "Console page" : "Search in the console"};
    return {.why_none = platform == Platform::demo ? "no console: the demo cloud is a directory"
                                                   : "no console that the desk knows"};
}

Leftovers Leftovers::of(const blocked::Deletion& deletion, const Reader& reader) {
    if (!deletion.last_look)
        return {.if_none = "No sweep has come so far: what exists is not known. It is looked for after each try."};
    const auto& look = *deletion.last_look;
    if (look.left.empty())
        return {.if_none = cat("The last look, ", relative(look.at, reader.now),
                               ", found nothing. It counts as gone when two looks of one try find nothing.")};
    Leftovers list{.caption = cat("As the cloud itself answered ", relative(look.at, reader.now), " (",
                                  to_local(look.at, reader.time_zone), ')')};
    for (const auto& one : look.left)
        list.rows.push_back(row(deletion.platform, one.resource, one.first_seen_at, reader));
    return list;
}

Leftovers Leftovers::of(const std::vector<orphans::Orphan>& orphans, const Reader& reader) {
    if (orphans.empty()) return {.if_none = "The desk never created anything for this cluster."};
    Leftovers list{.caption = "What the receipt names, and what became of it"};
    for (const auto& orphan : orphans) {
        auto shown = row(orphan.provider, orphan.resource, orphan.first_seen_at, reader);
        if (orphan.state == OrphanState::CLOSED) {
            shown.closed_by = orphan.closed_by;
            shown.note = orphan.note;
        }
        list.rows.push_back(std::move(shown));
    }
    return list;
}

void Leftovers::fill(Dictionary& out) const {
    if (rows.empty()) return show_if(out, kl_NOTHING, kl_WORDS, if_none);
    auto* table = out.AddSectionDictionary(kl_HAVE_SOME);
    table->SetValue(kl_CAPTION, caption);
    for (const auto& row : rows) {
        auto* item = table->AddSectionDictionary(kl_LEFT);
        item->SetValue(kl_TYPE, row.type);
        item->SetValue(kl_NAME, row.name);
        item->SetValue(kl_ID, row.id);
        item->SetValue(kl_REGION, row.region);
        include(*item, kl_SINCE, row.since);
        if (row.console.href.empty()) {
            show_if(*item, kl_NO_LINK, kl_WHY, row.console.why_none);
        } else {
            auto* link = item->AddSectionDictionary(kl_LINK);
            link->SetValue(kl_HREF, row.console.href);
            link->SetValue(kl_TEXT, row.console.text);
        }
        if (row.closed_by.empty()) continue;
        auto* closed = item->AddSectionDictionary(kl_CLOSED);
        closed->SetValue(kl_BY, row.closed_by);
        closed->SetValue(kl_NOTE, row.note);
    }
}

}  // namespace desk::views
