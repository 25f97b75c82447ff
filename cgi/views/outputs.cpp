#include "cgi/views/outputs.hpp"

#include <array>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/outputs.tpl.hpp"

namespace desk::views {
namespace {

constexpr std::array<std::string_view, all_texts<ArtifactType>().size()> kArtifactTitles = {
    "Install directory", "Log", "Credentials bundle", "Metadata", "Kubeconfig", "Ignition file", "Receipt"};

/// What of the installer's metadata people ask for.
struct Metadata {
    std::string_view key, label;
};
constexpr std::array kMetadata = {Metadata{"clusterID", "OpenShift id"}, Metadata{"featureSet", "Feature set"}};

struct Words {
    std::string title, next_step;
};

/// Why there are no outputs to show; empty when there are.
Words why_none(const clusters::Cluster& cluster, bool are_there) {
    if (is_final(cluster.status))
        return {"The cluster is gone.", "So are its URLs and credentials. The receipt tells what was looked for."};
    if (is_ending(cluster.status))
        return {"The cluster is being destroyed.", "Its URLs and credentials no longer work."};
    if (are_there) return {};
    if (cluster.status == ClusterStatus::ADOPTED)
        return {"There are no outputs.",
                "The desk has no credentials for what was adopted. Who used the cluster before may have them."};
    if (cluster.status == ClusterStatus::FAILED)
        return {"There are no outputs.", "The install failed. The page of the cluster says why, and whose turn it is."};
    return {"There are no outputs yet.", "URLs, kubeconfig and password appear here when the install is done."};
}

OutputsPage::Link link_row(const downloads::Download& link, const Reader& reader) {
    constexpr Phrase kLive{"good", "Works"}, kOver{"off", "Ended"};
    OutputsPage::Link row{.id = link.id.str(),
                          .by = link.created_by_name,
                          .used = link.use_count == 0 ? "never" : counted(link.use_count, "time", "times"),
                          .state = {link.is_live ? kLive : kOver},
                          .made = Moment::of(link.created_at, reader),
                          .is_live = link.is_live};
    if (link.revoked_at)
        row.detail = cat("revoked by ", link.revoked_by_name.value_or("somebody"));
    else if (link.one_time && link.use_count > 0)
        row.detail = "worked once";
    else
        row.detail = cat(link.is_live ? "until " : "expired ", to_local(link.expires_at, reader.time_zone));
    return row;
}

}  // namespace

OutputsPage OutputsPage::of(const Source& in, const Reader& reader) {
    const auto none = why_none(in.cluster, in.outputs.has_value());
    OutputsPage page{.head = ClusterHead::of(in.cluster, in.principal, "/outputs"),
                     .waiting_title = none.title,
                     .waiting_step = none.next_step};
    if (!none.title.empty()) return page;

    const auto& outputs = *in.outputs;
    page.api_url = outputs.api_url;
    page.console_url = outputs.console_url;
    page.login = cat("oc login ", outputs.api_url, " -u kubeadmin");
    page.life = to_words(in.link_life);
    page.is_handed_over = in.cluster.platform == Platform::none;
    page.facts = {
        {"Infra id", outputs.infra_id}, {"OpenShift", in.cluster.version}, {"Cluster id", in.cluster.id.str()}};
    for (const auto& known : kMetadata)
        if (const auto value = outputs.metadata.find(known.key);
            value != outputs.metadata.end() && value->is_string() && *value != "")
            page.facts.push_back({std::string(known.label), value->get<std::string>()});
    for (const auto& link : in.links) page.links.push_back(link_row(link, reader));
    for (const auto& artifact : in.artifacts)
        page.artifacts.push_back(
            {.name = std::string(kArtifactTitles[static_cast<std::size_t>(artifact.type)]),
             .detail = cat(artifact.file_name, ", ", size_words(artifact.bytes), artifact.is_public ? "" : ", sealed"),
             .sha256 = artifact.sha256,
             .download = artifact.type == ArtifactType::IGNITION ? artifact.id.str() : ""});
    return page;
}

void OutputsPage::fill(Dictionary& out) const {
    include(out, ko_HEAD, head);
    out.SetValue(ko_ID, head.id);
    if (!waiting_title.empty()) {
        auto* waiting = out.AddSectionDictionary(ko_WAITING);
        waiting->SetValue(ko_TITLE, waiting_title);
        waiting->SetValue(ko_NEXT_STEP, waiting_step);
        return;
    }
    auto* there = out.AddSectionDictionary(ko_THERE);
    there->SetValue(ko_API_URL, api_url);
    there->SetValue(ko_CONSOLE_URL, console_url);
    there->SetValue(ko_LOGIN, login);
    there->SetValue(ko_LIFE, life);
    if (is_handed_over) there->ShowSection(ko_HANDED_OVER);
    fill_facts(*there, ko_FACT, ko_LABEL, ko_VALUE, facts);
    if (new_link) {
        auto* made = there->AddSectionDictionary(ko_NEW_LINK);
        made->SetValue(ko_URL, new_link->url);
        include(*made, ko_UNTIL, new_link->until);
    }
    if (links.empty()) there->ShowSection(ko_NO_LINKS);
    auto* table = links.empty() ? nullptr : there->AddSectionDictionary(ko_HAVE_LINKS);
    for (const auto& link : links) {
        auto* item = table->AddSectionDictionary(ko_LINK);
        item->SetValue(ko_BY, link.by);
        item->SetValue(ko_DETAIL, link.detail);
        item->SetValue(ko_USED, link.used);
        include(*item, ko_STATE, link.state);
        include(*item, ko_MADE, link.made);
        if (!link.is_live) continue;
        auto* live = item->AddSectionDictionary(ko_LIVE);
        live->SetValue(ko_CLUSTER, head.id);
        live->SetValue(ko_ID, link.id);
    }
    if (password)
        there->AddSectionDictionary(ko_PASSWORD)->SetValue(ko_TEXT, password->reveal());
    else
        there->ShowSection(ko_HIDDEN);
    for (const auto& artifact : artifacts) {
        auto* item = there->AddSectionDictionary(ko_ARTIFACT);
        item->SetValue(ko_NAME, artifact.name);
        item->SetValue(ko_DETAIL, artifact.detail);
        item->SetValue(ko_SHA256, artifact.sha256);
        if (artifact.download.empty()) continue;
        auto* button = item->AddSectionDictionary(ko_DOWNLOAD);
        button->SetValue(ko_CLUSTER, head.id);
        button->SetValue(ko_ID, artifact.download);
        button->SetValue(ko_NAME, artifact.detail);
    }
}

}  // namespace desk::views
