#include "worker/verbs/target.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::worker::verbs {
namespace {

constexpr const char* kCluster = "cluster-id";  ///< in `.work`

std::optional<fs::path> find_file(const std::string& word) {
    for (const auto& candidate : {fs::path(word), fs::path("clusters") / word / "cluster.yaml"})
        if (fs::is_regular_file(candidate)) return fs::absolute(candidate);
    return std::nullopt;
}

}  // namespace

std::optional<Target> Target::find(const std::string& word, const Arguments& arguments) {
    Target target;
    if (arguments.has("--work")) target.work = fs::absolute(arguments.value("--work"));
    if (const auto id = ClusterId::parse(word)) {
        target.cluster = *id;
        return target;
    }
    const auto file = find_file(word);
    if (!file) return std::nullopt;
    target.file = *file;
    if (target.work.empty()) target.work = file->parent_path() / ".work";
    if (const auto known = target.work / kCluster; fs::exists(known))
        target.cluster = ClusterId::parse(trim(read_file(known)));
    return target;
}

Target Target::of(const Arguments& arguments) {
    arguments.want_words(1, "the id of a cluster, a cluster.yaml, or the name in clusters/NAME/cluster.yaml");
    auto target = find(arguments.words()[0], arguments);
    if (!target) throw Usage{cat(arguments.words()[0], " is neither the id of a cluster nor a cluster.yaml")};
    return std::move(*target);
}

ClusterId Target::get_cluster() const {
    if (cluster) return *cluster;
    throw Error(Code::not_found, cat(file.string(), " was not ordered yet: cluster-create does so."));
}

void Target::remember(const ClusterId& id) {
    cluster = id;
    keep(kCluster, cat(id, '\n'));
}

void Target::forget() const {
    if (!work.empty()) fs::remove(work / kCluster);
}

void Target::keep(std::string_view name, std::string_view text) const {
    if (work.empty()) return;
    make_dir((work / name).parent_path());
    replace_file(work / name, text);
}

clusters::Cluster get_cluster(pg::Transaction& tx, const ClusterId& id) {
    auto cluster = clusters::find(tx, id, Reach{.all = true, .teams = {}, .user = {}});
    if (!cluster) throw Error(Code::not_found, cat("There is no cluster ", id, '.'));
    return std::move(*cluster);
}

}  // namespace desk::worker::verbs
