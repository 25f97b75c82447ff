#include "core/store/downloads.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/presign.hpp"

namespace desk::downloads {
namespace {

// Whole seconds, because the link carries its expiry in seconds.
const pg::Statement kCreate{"downloads_create", R"sql(
    INSERT INTO downloads (id, artifact_id, cluster_id, created_by, expires_at, one_time)
    SELECT $1, a.id, a.cluster_id, $3, date_trunc('second', clock_timestamp() + make_interval(secs => $4)), $5::boolean
      FROM cluster_artifacts a
     WHERE a.id = $2 AND a.is_public AND a.deleted_at IS NULL
    RETURNING expires_at, cluster_id)sql"};
const pg::Statement kArtifact{"downloads_artifact", R"sql(
    SELECT a.object_key, a.file_name, c.team
      FROM cluster_artifacts a JOIN clusters c ON c.id = a.cluster_id
     WHERE a.id = $1)sql"};

const pg::Statement kOfCluster{"downloads_of_cluster", R"sql(
    WITH links AS (
        SELECT d.id, d.created_at, d.revoked_at IS NULL AND d.expires_at > clock_timestamp() AND a.deleted_at IS NULL
               AND NOT (d.one_time AND d.used_at IS NOT NULL) AS is_live
          FROM downloads d JOIN cluster_artifacts a ON a.id = d.artifact_id
         WHERE d.cluster_id = $1),
    placed AS (
        SELECT id, is_live, row_number() OVER (PARTITION BY is_live ORDER BY created_at DESC, id DESC) AS place
          FROM links)
    SELECT d.id, d.artifact_id, d.cluster_id, a.file_name, maker.username AS created_by_name, d.created_at, d.expires_at,
           d.one_time, d.used_at, d.use_count, d.revoked_at, revoker.username AS revoked_by_name, p.is_live
      FROM placed p
      JOIN downloads d ON d.id = p.id
      JOIN cluster_artifacts a ON a.id = d.artifact_id
      JOIN users maker ON maker.id = d.created_by
      LEFT JOIN users revoker ON revoker.id = d.revoked_by
     WHERE p.place <= CASE WHEN p.is_live THEN $2::integer ELSE $3::integer END
     ORDER BY p.is_live DESC, p.place)sql"};

const pg::Statement kLockForRevoke{"downloads_lock", R"sql(
    SELECT d.revoked_at, a.file_name, c.team
      FROM downloads d
      JOIN cluster_artifacts a ON a.id = d.artifact_id
      JOIN clusters c ON c.id = d.cluster_id
     WHERE d.id = $1 AND d.cluster_id = $2
       FOR UPDATE OF d)sql"};
const pg::Statement kRevoke{"downloads_revoke",
                            "UPDATE downloads SET revoked_at = clock_timestamp(), revoked_by = $2 WHERE id = $1"};

const pg::Statement kLook{"downloads_look", R"sql(
    SELECT d.cluster_id, c.team, a.object_key, a.file_name, d.expires_at <= clock_timestamp() AS is_expired,
           d.revoked_at IS NOT NULL AS is_revoked, d.one_time AND d.used_at IS NOT NULL AS is_used,
           a.deleted_at IS NOT NULL OR NOT a.is_public AS is_gone
      FROM downloads d
      JOIN cluster_artifacts a ON a.id = d.artifact_id
      JOIN clusters c ON c.id = d.cluster_id
     WHERE d.id = $1)sql"};
const pg::Statement kRedeem{"downloads_redeem", R"sql(
    UPDATE downloads d
       SET used_at = coalesce(d.used_at, clock_timestamp()), use_count = d.use_count + 1
      FROM cluster_artifacts a
     WHERE d.id = $1 AND a.id = d.artifact_id AND a.is_public AND a.deleted_at IS NULL
       AND d.revoked_at IS NULL AND d.expires_at > clock_timestamp() AND (NOT d.one_time OR d.used_at IS NULL)
    RETURNING d.use_count)sql"};

struct Found {
    Object object;
    std::string team;
    std::optional<Refusal> refusal;
};

/// The one place where a token is believed. `unknown` covers everything that we did not sign.
Result<Found, Refusal> find_signed(pg::Transaction& tx, const Keyring& keys, std::string_view text) {
    const auto token = LinkToken::parse(text);
    if (!token) return Failure{Refusal::unknown};
    const pg::Rows rows = tx.run(kLook, token->id);
    if (rows.empty()) return Failure{Refusal::unknown};
    const pg::Row r = rows[0];
    Found found{.object = {r["cluster_id"], r["object_key"], r["file_name"]}, .team = r["team"], .refusal = {}};
    if (!is_signed(keys, *token, found.object.object_key, found.object.file_name)) return Failure{Refusal::unknown};
    if (r["is_revoked"])
        found.refusal = Refusal::revoked;
    else if (r["is_used"])
        found.refusal = Refusal::used;
    else if (r["is_expired"])
        found.refusal = Refusal::expired;
    else if (r["is_gone"])
        found.refusal = Refusal::gone;
    return found;
}

}  // namespace

Link create(pg::Transaction& tx, const Keyring& keys, const ArtifactId& artifact, const UserId& creator, seconds life,
            bool one_time, const Actor& actor) {
    if (life < 1s || life > kLongestLife) throw Error(Code::invalid, "A link lives for 1 second to 7 days.");
    const auto id = DownloadId::make();
    const pg::Rows made = tx.run(kCreate, id, artifact, creator, life, one_time);
    if (made.empty()) throw Error(Code::not_found, "This file is not there any more.", artifact.str());
    const pg::Rows what = tx.run(kArtifact, artifact);

    const Time expires_at = made[0]["expires_at"];
    const std::string file_name = what[0]["file_name"];
    const std::string path =
        "/d/" +
        sign_link(keys,
                  {.id = id, .object_key = what[0]["object_key"], .expires_at = expires_at, .file_name = file_name});
    audit(tx, actor,
          {.action = "link.create",
           .target = made[0]["cluster_id"],
           .team = std::string(what[0]["team"]),
           .before = nullptr,
           .after = {{"download", id.str()},
                     {"file", file_name},
                     {"expiresAt", to_rfc3339(expires_at)},
                     {"oneTime", one_time}}});
    return {.id = id, .path = path, .expires_at = expires_at, .one_time = one_time};
}

std::vector<Download> of_cluster(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.all(
        kOfCluster,
        [](pg::Row r) {
            return Download{.id = r["id"],
                            .artifact_id = r["artifact_id"],
                            .cluster_id = r["cluster_id"],
                            .file_name = r["file_name"],
                            .created_by_name = r["created_by_name"],
                            .created_at = r["created_at"],
                            .expires_at = r["expires_at"],
                            .one_time = r["one_time"],
                            .used_at = r["used_at"].or_null(),
                            .use_count = r["use_count"],
                            .revoked_at = r["revoked_at"].or_null(),
                            .revoked_by_name = r["revoked_by_name"].or_null(),
                            .is_live = r["is_live"]};
        },
        cluster, kMostLive, kMostEnded);
}

void revoke(pg::Transaction& tx, const ClusterId& cluster, const DownloadId& id, const Actor& actor) {
    const pg::Rows rows = tx.run(kLockForRevoke, id, cluster);
    if (rows.empty()) throw Error(Code::not_found, "There is no such link.");
    const pg::Row link = rows[0];
    if (!link["revoked_at"].is_null()) return;
    tx.execute(kRevoke, id, actor.id);
    audit(tx, actor,
          {.action = "link.revoke",
           .target = cluster.str(),
           .team = std::string(link["team"]),
           .before = nullptr,
           .after = {{"download", id.str()}, {"file", std::string(link["file_name"])}}});
}

Result<Object, Refusal> look(pg::Transaction& tx, const Keyring& keys, std::string_view token) {
    auto found = find_signed(tx, keys, token);
    if (!found) return Failure{found.error()};
    if (found->refusal) return Failure{*found->refusal};
    return found->object;
}

Result<Object, Refusal> redeem(pg::Transaction& tx, const Keyring& keys, std::string_view token,
                               const std::string& address) {
    auto found = find_signed(tx, keys, token);
    if (!found) return Failure{found.error()};
    const auto id = LinkToken::parse(token)->id;
    const pg::Rows used = tx.run(kRedeem, id);
    if (used.empty()) {
        // What stopped it may be newer than what was seen above: another call that was faster, or a revocation.
        const auto now = find_signed(tx, keys, token);
        return Failure{now.ok() ? now->refusal.value_or(Refusal::gone) : now.error()};
    }
    audit(tx, {.id = "link", .name = "link", .address = address, .correlation_id = {}},
          {.action = "link.use",
           .target = found->object.cluster_id.str(),
           .team = found->team,
           .before = nullptr,
           .after = {{"download", id.str()}, {"file", found->object.file_name}, {"use", int{used[0]["use_count"]}}}});
    return found->object;
}

}  // namespace desk::downloads
