// GET /clusters/{cluster}/outputs; links, their end, and the password are POSTs: whatever opens a page in advance makes
// none. What is shown once is answered directly, since a redirect would have to keep it somewhere.
#include "cgi/views/outputs.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/within_reach.hpp"
#include "core/store/secrets.hpp"

namespace desk::pages {
namespace {

/// Throws Error{conflict} when there is nothing to give out (any more).
outputs::Outputs get_outputs(pg::Transaction& tx, const clusters::Cluster& cluster) {
    auto found = outputs::find(tx, cluster.id);
    if (!found || is_ending(cluster.status) || is_final(cluster.status))
        throw Error(Code::conflict, "This cluster has no outputs now.");
    return *std::move(found);
}

/// An ignition file of this cluster, by its id. Throws Error{not_found} for anything else.
ArtifactId get_file(pg::Transaction& tx, const clusters::Cluster& cluster, const std::string& id) {
    for (const auto& artifact : artifacts::of_cluster(tx, cluster.id))
        if (artifact.type == ArtifactType::IGNITION && artifact.id.str() == id) return artifact.id;
    throw Error(Code::not_found, "There is no such file.", id);
}

seconds link_life(const App& app) { return std::chrono::minutes(app.config.store.link_minutes); }

views::OutputsPage load(pg::Transaction& tx, const Request& request, const App& app, const clusters::Cluster& cluster) {
    return views::OutputsPage::of({.cluster = cluster,
                                   .principal = request.principal(),
                                   .outputs = outputs::find(tx, cluster.id),
                                   .links = downloads::of_cluster(tx, cluster.id),
                                   .artifacts = artifacts::of_cluster(tx, cluster.id),
                                   .link_life = link_life(app)},
                                  views::Reader::of(request));
}

Response show(const Request& request, App& app, const clusters::Cluster& cluster, const views::OutputsPage& view) {
    const int refresh = view.waiting_title.empty() || is_final(cluster.status) ? 0 : 3;
    return render(app, request,
                  {.file = "outputs.tpl", .title = cluster.name + ": outputs", .refresh_seconds = refresh}, view);
}

}  // namespace

Response outputs_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, request);

    return show(request, app, cluster, load(tx, request, app, cluster));
}

Response outputs_link(const Request& request, App& app) {
    const Form& form = request.form();
    const std::string file(form["file"]);  // "" = the kubeconfig
    const bool to_download = form["what"] == "download" || !file.empty();

    auto tx = app.db.begin();
    const auto cluster = get_cluster(tx, request);
    const auto outputs = get_outputs(tx, cluster);
    const auto link = downloads::create(tx, app.keys, file.empty() ? outputs.kubeconfig : get_file(tx, cluster, file),
                                        request.principal().user, link_life(app), to_download, request.actor());
    tx.commit();
    if (to_download) return see_other(link.path);

    auto after = app.db.begin(pg::Mode::read_only);
    auto view = load(after, request, app, cluster);
    view.new_link =
        views::OutputsPage::NewLink{.url = app.config.web.public_url + link.path,
                                    .until = views::Moment::of(link.expires_at, views::Reader::of(request))};
    return show(request, app, cluster, view);
}

Response outputs_reveal(const Request& request, App& app) {
    const auto vault = open_secret_vault(app.config);
    auto tx = app.db.begin();
    const auto cluster = get_cluster(tx, request);
    const auto outputs = get_outputs(tx, cluster);
    const Secret password = SealedSecrets(tx, app.keys, vault.get()).get(outputs.kubeadmin_password);
    auto view = load(tx, request, app, cluster);
    audit(tx, request.actor(), {.action = "outputs.reveal", .target = cluster.id.str(), .team = cluster.team});
    tx.commit();

    view.password = &password;
    return show(request, app, cluster, view);
}

Response link_revoke(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = get_cluster(tx, request).id;
    downloads::revoke(tx, cluster, request.path_id<DownloadId>("download"), request.actor());
    tx.commit();

    return see_other(app, "/clusters/" + cluster.str() + "/outputs", Notice::LINK_REVOKED);
}

}  // namespace desk::pages
