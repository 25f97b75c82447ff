// What an operator means by CLUSTER: a cluster of the database, or a cluster.yaml, beside which `.work` keeps what is
// made of it.
#pragma once

#include <optional>

#include "core/store/clusters.hpp"
#include "worker/verbs/arguments.hpp"

namespace desk::worker::verbs {

struct Target {
    fs::path file = {};                     ///< absolute; "" = it was named by its id
    fs::path work = {};                     ///< absolute, where results go; "" = nowhere
    std::optional<ClusterId> cluster = {};  ///< nothing: the file was not ordered yet

    /// Nothing when `word` is neither the id of a cluster, nor a file, nor the name in clusters/<name>/cluster.yaml.
    static std::optional<Target> find(const std::string& word, const Arguments& arguments);
    /// Of the one word of a verb. Throws Usage.
    static Target of(const Arguments& arguments);

    /// Throws Error{not_found}, also when the file was not ordered yet.
    ClusterId get_cluster() const;
    /// The file is this cluster's from now on.
    void remember(const ClusterId& id);
    /// It may be ordered anew.
    void forget() const;
    /// Puts a result in its place, private to its owner (0600). Nothing happens where results go nowhere.
    void keep(std::string_view name, std::string_view text) const;
};

clusters::Cluster get_cluster(pg::Transaction& tx, const ClusterId& id);

}  // namespace desk::worker::verbs
