// Download links: every one has a row that says who made it, until when it holds, and what became of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/keyring.hpp"
#include "core/base/result.hpp"
#include "core/model/access.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"

namespace desk::downloads {

/// Links live at most this long.
inline constexpr seconds kLongestLife = std::chrono::hours(7 * 24);

struct Link {
    DownloadId id = {};
    std::string path = {};  ///< "/d/...": a secret of its kind, shown once and never stored or logged
    Time expires_at = {};
    bool one_time = false;
};

/// Makes a link to a public artifact, with its audit row (call it last before commit). `creator` is the person it is
/// made for. Throws Error{not_found} when the artifact is not there any more or is not public, and Error{invalid} for a
/// life of less than a second or more than kLongestLife.
Link create(pg::Transaction& tx, const Keyring& keys, const ArtifactId& artifact, const UserId& creator, seconds life,
            bool one_time, const Actor& actor);

struct Download {
    DownloadId id = {};
    ArtifactId artifact_id = {};
    ClusterId cluster_id = {};
    std::string file_name = {}, created_by_name = {};
    Time created_at = {}, expires_at = {};
    bool one_time = false;
    std::optional<Time> used_at = {};  ///< the first time
    int use_count = 0;
    std::optional<Time> revoked_at = {};
    std::optional<std::string> revoked_by_name = {};
    bool is_live = false;  ///< the link would work now
};
inline constexpr int kMostLive = 1000, kMostEnded = 20;
/// First those that would work now, kMostLive at most, so that each of them can be revoked; then the last kMostEnded
/// of the others. Each newest first.
std::vector<Download> of_cluster(pg::Transaction& tx, const ClusterId& cluster);

/// Ends a link of `cluster`, with its audit row. Throws Error{not_found} when it has none of this id; a link that is
/// revoked already stays as it is.
void revoke(pg::Transaction& tx, const ClusterId& cluster, const DownloadId& id, const Actor& actor);

/// Why a link does not work. Nothing is told about one that was not signed by us: it is `unknown`.
enum class Refusal { unknown, expired, revoked, used, gone };

/// What a link leads to.
struct Object {
    ClusterId cluster_id = {};
    std::string object_key = {}, file_name = {};
};

/// Looks at a link ("<id>.<expiry>.<signature>") and changes nothing: for HEAD.
Result<Object, Refusal> look(pg::Transaction& tx, const Keyring& keys, std::string_view token);

/// Uses it: one statement checks that it still holds and counts the use, so that a one-time link serves one of two
/// calls at the same time. With its audit row; `address` is who came.
Result<Object, Refusal> redeem(pg::Transaction& tx, const Keyring& keys, std::string_view token,
                               const std::string& address);

}  // namespace desk::downloads
