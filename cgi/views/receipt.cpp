#include "cgi/views/receipt.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/receipt.tpl.hpp"

namespace desk::views {
namespace {

const Json kNothing = Json::array();

const Json& list_in(const Json& document, const char* key) {
    const auto found = document.find(key);
    return found != document.end() && found->is_array() ? *found : kNothing;
}

std::string text_in(const Json& document, const char* key) {
    const auto found = document.find(key);
    if (found == document.end()) return "";
    return found->is_string() ? found->get<std::string>() : found->dump();
}

void add_once(std::vector<std::string>& list, std::string text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

ReceiptPage::Sweep sweep_row(const Json& sweep, const Reader& reader) {
    const auto found = list_in(sweep, "found").size();
    return {.text = cat("Sweep ", text_in(sweep, "sweep"), ": ",
                        found == 0 ? "found nothing"
                                   : cat("found ", counted(static_cast<long long>(found), "resource", "resources"))),
            .at = Moment::of(parse_time(text_in(sweep, "at")), reader, "")};
}

std::string why_none(const clusters::Cluster& cluster) {
    if (is_ending(cluster.status))
        return "The cluster is being destroyed. The receipt is written when two sweeps have found nothing.";
    if (is_final(cluster.status)) return "Nothing was ever created for this cluster, so there is nothing to prove.";
    return "The receipt is written when the cluster was destroyed and two sweeps have found nothing of it.";
}

}  // namespace

ReceiptPage ReceiptPage::of(const clusters::Cluster& cluster, const std::optional<receipts::Receipt>& receipt,
                            Money cost, const Principal& principal, const Reader& reader) {
    ReceiptPage page{.head = ClusterHead::of(cluster, principal, "/receipt")};
    if (!receipt) {
        page.none_title = "There is no receipt.";
        page.none_step = why_none(cluster);
        return page;
    }
    const Json& body = receipt->body;
    page.id = receipt->id.str();
    page.summary = text_in(body, "statement");
    page.sha256 = receipt->sha256;
    if (receipt->clean_at) page.clean_at = Moment::of(*receipt->clean_at, reader);
    page.facts = {{"Cluster", cat(cluster.name, '.', cluster.base_domain)},
                  {"Cluster id", cluster.id.str()},
                  {"Platform", cat(title(cluster.platform), ", ", cluster.region)},
                  {"Ordered", to_local(cluster.created_at, reader.time_zone)},
                  {"Owner", cat(cluster.owner_name, ", team ", cluster.team)},
                  {"Cost centre", cluster.cost_center},
                  {receipt->clean_at ? "Cost in all" : "Cost until it was given up", amount(cost)}};
    if (receipt->kind == ReceiptKind::GIVEN_UP) {
        page.facts.push_back({"Given up by", text_in(body, "givenUpBy")});
        page.facts.push_back({"Reason", text_in(body, "reason")});
        page.facts.push_back({"Failed tries", text_in(body, "tries")});
        page.facts.push_back({"Last failure", text_in(body, "lastFailure")});
    }
    for (const auto& attempt : list_in(body, "attempts"))
        page.facts.push_back({"Attempt", cat("attempt ", text_in(attempt, "attempt"), " in ",
                                             text_in(attempt, "region"), ", infra id ", text_in(attempt, "infraId"))});
    for (const auto& sweep : list_in(body, "sweeps")) {
        page.sweeps.push_back(sweep_row(sweep, reader));
        if (const auto scope = sweep.find("scope"); scope != sweep.end())
            for (const auto& query : list_in(*scope, "queries"))
                add_once(page.scope, query.is_string() ? query.get<std::string>() : query.dump());
        for (const auto& left : list_in(sweep, "found"))
            add_once(page.left, cat(text_in(left, "type"), ' ', text_in(left, "name")));
    }
    for (const auto& left : list_in(body, "left")) {
        const auto seen = parse_time(text_in(left, "lastSeenAt"));
        add_once(page.left, cat(text_in(left, "type"), ' ', text_in(left, "id"), " (", text_in(left, "name"), "), in ",
                                text_in(left, "region"),
                                seen ? cat(", seen last ", to_local(*seen, reader.time_zone)) : std::string()));
    }
    if (page.clean_at && page.scope.empty())
        page.scope.push_back("No attempt came so far that anything was created: there was nothing to look for.");
    return page;
}

void ReceiptPage::fill(Dictionary& out) const {
    include(out, kr_HEAD, head);
    if (!none_title.empty()) {
        auto* none = out.AddSectionDictionary(kr_NONE);
        none->SetValue(kr_TITLE, none_title);
        none->SetValue(kr_NEXT_STEP, none_step);
        return;
    }
    auto* receipt = out.AddSectionDictionary(kr_RECEIPT);
    receipt->SetValue(kr_ID, id);
    receipt->SetValue(kr_NAME, head.name);
    receipt->SetValue(kr_SUMMARY, summary);
    receipt->SetValue(kr_SHA256, sha256);
    fill_facts(*receipt, kr_FACT, kr_LABEL, kr_VALUE, facts);
    receipt->SetValue(kr_ENDED, clean_at ? "is gone" : "was given up");
    if (clean_at) {
        include(*receipt->AddSectionDictionary(kr_PROVEN), kr_CLEAN_AT, *clean_at);
        auto* looked = receipt->AddSectionDictionary(kr_LOOKED);
        for (const auto& query : scope) show_if(*looked, kr_SCOPE, kr_TEXT, query);
        for (const auto& sweep : sweeps) {
            auto* item = looked->AddSectionDictionary(kr_SWEEP);
            item->SetValue(kr_TEXT, sweep.text);
            include(*item, kr_AT, sweep.at);
        }
    } else {
        receipt->ShowSection(kr_GIVEN_UP);
    }
    if (left.empty()) return;
    auto* section = receipt->AddSectionDictionary(kr_LEFT);
    for (const auto& one : left) show_if(*section, kr_LEFT_ITEM, kr_TEXT, one);
}

}  // namespace desk::views
