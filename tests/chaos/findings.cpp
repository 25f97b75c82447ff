#include "tests/chaos/findings.hpp"

#include <map>
#include <set>

#include "core/base/archive.hpp"
#include "core/base/keyring.hpp"
#include "core/base/text.hpp"
#include "core/cloud/object_store.hpp"
#include "core/cloud/sealed_object.hpp"
#include "core/store/artifacts.hpp"
#include "tests/support/living_files.hpp"

namespace desk::chaos {
namespace {

/// One line for each row; `sql` gives one column.
std::vector<std::string> rows(RunningDesk& desk, const std::string& sql) {
    std::vector<std::string> lines;
    for (const pg::Row row : desk.db.owner().execute("SELECT line FROM (" + sql + ") AS found(line) ORDER BY 1"))
        lines.push_back(row["line"].value_or(std::string()));
    return lines;
}

void add(std::vector<std::string>& to, std::vector<std::string> lines) {
    to.insert(to.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
}

/// The demo cloud writes down every effect with the lease it was made under. Once another lease has had an effect on
/// an infraID, the earlier one may have none any more.
std::vector<std::string> overlaps(const fs::path& journal) {
    std::vector<std::string> found;
    std::map<std::string, std::string> acting;           // infraID -> the lease that acted last
    std::map<std::string, std::set<std::string>> ended;  // infraID -> leases whose time is over
    const std::string text = read_file(journal);
    for (const auto line : split(text, '\n')) {
        const auto words = split(line, ' ');
        if (words.size() < 4) continue;
        const std::string lease(words[0]), infra_id(words[1]);
        if (ended[infra_id].contains(lease)) found.push_back(cat("after its time: ", line));
        if (auto& now = acting[infra_id]; now != lease) {
            if (!now.empty()) ended[infra_id].insert(now);
            now = lease;
        }
    }
    return found;
}

/// Every password and private key that an installer of this run made: from the sealed snapshots, where they belong.
std::set<std::string> secrets_of(RunningDesk& desk) {
    const auto keys = Keyring::load(desk.dir / "keys");
    const FileStore objects((desk.dir / "store").string());
    std::set<std::string> secrets;
    int number = 0;
    const auto snapshots = rows(desk, "SELECT object_key FROM cluster_artifacts WHERE type = 'INSTALL_DIR_SNAPSHOT'");
    for (const auto& key : snapshots) {
        const auto dir = desk.dir / cat("snapshot-", number++);
        unpack_directory(get_sealed(objects, keys, key).reveal(), dir);
        secrets.insert(std::string(trim(read_file(dir / "auth" / "kubeadmin-password"))));
        const std::string kubeconfig = read_file(dir / "auth" / "kubeconfig");
        for (const auto line : split(kubeconfig, '\n'))
            if (const auto at = line.find("client-key-data: "); at != std::string_view::npos)
                secrets.insert(std::string(trim(line.substr(at + 17))));
        fs::remove_all(dir);
    }
    secrets.erase("");
    return secrets;
}

bool holds_a_secret(std::string_view text, const std::set<std::string>& secrets) {
    for (const auto& secret : secrets)
        if (text.find(secret) != std::string_view::npos) return true;
    return false;
}

std::vector<std::string> secrets_outside(RunningDesk& desk) {
    const auto secrets = secrets_of(desk);
    std::vector<std::string> found;
    for (const pg::Row row : desk.db.owner().execute(
             "SELECT job_id || ' line ' || line AS place, text FROM job_logs UNION ALL "
             "SELECT 'step ' || job_id || ' ' || step, detail FROM job_steps UNION ALL "
             "SELECT concat_ws(' ', 'attempt', job_id, attempt), concat_ws(' ', error_message, evidence) FROM "
             "job_attempts UNION ALL "
             "SELECT 'job ' || id, concat_ws(' ', error_message, error_hint, params) FROM jobs UNION ALL "
             "SELECT 'audit ' || id, concat_ws(' ', before, after) FROM audit_events UNION ALL "
             "SELECT 'receipt ' || id, body::text FROM receipts UNION ALL "
             "SELECT 'outbox ' || id, payload::text FROM outbox"))
        if (holds_a_secret(row["text"].view(), secrets)) found.push_back(row["place"].as<std::string>());

    const std::set<std::string> kubeconfigs = [&] {
        const auto keys = rows(desk, "SELECT object_key FROM cluster_artifacts WHERE type = 'KUBECONFIG'");
        return std::set<std::string>(keys.begin(), keys.end());
    }();
    // The kubeconfig is what people come for; everything else that can be read must be free of what is in it.
    for (const auto& file : files_below(desk.dir.path())) {
        const std::string name = file.lexically_relative(desk.dir.path());
        const bool is_read = name.ends_with(".log") || name.starts_with("store/public/") || name.starts_with("cloud/");
        const bool is_kubeconfig = file.filename().string().starts_with("kubeconfig-");
        if (is_read && !is_kubeconfig && holds_a_secret(content_of(file), secrets)) found.push_back(name);
    }
    if (secrets.empty()) found.emplace_back("no secret is known: this check would find nothing");
    return found;
}

}  // namespace

bool Findings::is_clean() const {
    return leaked.empty() && duplicate_effects.empty() && lost_jobs.empty() && stuck.empty() && secrets_found.empty() &&
           broken_audit.empty();
}

Findings look(RunningDesk& desk) {
    Findings found;
    found.leaked = desk.leftovers();

    found.duplicate_effects = overlaps(desk.dir / "cloud" / "journal");
    add(found.duplicate_effects,
        rows(desk,
             "SELECT 'two ends of ' || job_id FROM job_attempts WHERE outcome = 'SUCCEEDED' GROUP BY job_id "
             "HAVING count(*) > 1"));
    add(found.duplicate_effects,
        rows(desk,
             "SELECT concat_ws(' ', 'twice', type, 'of', cluster_id) FROM jobs WHERE status = 'SUCCEEDED' "
             "GROUP BY cluster_id, CASE WHEN type LIKE '%DESTROY' THEN 'DESTROY' ELSE type END, type "
             "HAVING count(*) > 1"));
    add(found.duplicate_effects,
        rows(desk, "SELECT 'two receipts of ' || cluster_id FROM receipts GROUP BY cluster_id HAVING count(*) > 1"));

    found.stuck = rows(desk,
                       "SELECT concat_ws(' ', name, status) FROM clusters WHERE status NOT IN ('DESTROYED', "
                       "'CANCELLED', 'WITHDRAWN')");
    add(found.stuck, rows(desk, "SELECT 'lease of ' || job_id FROM job_locks"));
    add(found.stuck, rows(desk,
                          "SELECT 'no receipt for ' || name FROM clusters c WHERE status = 'DESTROYED' AND NOT "
                          "EXISTS (SELECT 1 FROM receipts r WHERE r.id = c.receipt_id)"));
    add(found.stuck, rows(desk,
                          "SELECT concat_ws(' ', 'not proven gone:', job_id, attempt) FROM job_attempts WHERE "
                          "infra_id IS NOT NULL AND clean_at IS NULL"));

    found.lost_jobs = rows(desk,
                           "SELECT concat_ws(' ', id, type, status) FROM jobs WHERE status NOT IN ('SUCCEEDED', "
                           "'FAILED', 'CANCELLED')");
    add(found.lost_jobs, rows(desk,
                              "SELECT 'no job of ' || name FROM clusters c WHERE NOT EXISTS (SELECT 1 FROM jobs j "
                              "WHERE j.cluster_id = c.id)"));
    add(found.lost_jobs, rows(desk,
                              "SELECT concat_ws(' ', 'attempt without an end:', job_id, attempt) FROM job_attempts "
                              "WHERE ended_at IS NULL"));
    add(found.lost_jobs,
        rows(desk,
             "SELECT concat_ws(' ', 'attempt without its log:', a.job_id, a.attempt) FROM job_attempts a LEFT JOIN "
             "job_logs l USING (job_id, attempt) WHERE a.outcome <> 'CANCELLED' GROUP BY a.job_id, a.attempt "
             "HAVING count(l.id) = 0 OR max(l.line) <> count(l.id)"));

    found.secrets_found = secrets_outside(desk);

    if (desk.run({"audit-verify"}) != 0) found.broken_audit.emplace_back("the chain does not verify");
    add(found.broken_audit,
        rows(desk,
             "SELECT concat_ws(' ', 'no audit row:', c.name, c.status) FROM clusters c WHERE status = 'DESTROYED' "
             "AND (SELECT count(*) FROM audit_events e WHERE e.target = c.id AND e.action = 'cluster.gone') <> 1"));
    return found;
}

}  // namespace desk::chaos
