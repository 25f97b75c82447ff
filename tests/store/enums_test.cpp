// Enums in code and CHECK constraints in SQL are the same lists.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "core/model/access.hpp"
#include "core/model/artifact.hpp"
#include "core/model/brake.hpp"
#include "core/model/check.hpp"
#include "core/model/cluster.hpp"
#include "core/model/job.hpp"
#include "core/model/notice_kind.hpp"
#include "core/model/orphan.hpp"
#include "core/model/request.hpp"
#include "core/model/theme.hpp"
#include "core/store/leases.hpp"
#include "core/store/tokens.hpp"
#include "tests/support/test_db.hpp"
#include "worker/log_pipe.hpp"

namespace desk {
namespace {

using Words = std::set<std::string>;

struct StoredEnum {
    std::string column;  ///< "table.column"
    Words words;
};

template <class E>
StoredEnum stored(const std::string& column) {
    const auto texts = all_texts<E>();
    return {column, {texts.begin(), texts.end()}};
}

Words roles(bool of_team) {
    Words words;
    for (const auto word : all_texts<Role>())
        if (is_team_role(*parse_enum<Role>(word)) == of_team) words.emplace(word);
    return words;
}

const std::vector<StoredEnum>& all_stored() {
    static const std::vector<StoredEnum> all = {
        {"user_roles.role", roles(false)},
        {"team_members.role", roles(true)},
        stored<Theme>("users.theme"),
        stored<TokenScope>("api_tokens.scope"),
        stored<Platform>("clusters.platform"),
        stored<ClusterStatus>("clusters.status"),
        stored<ClusterOutcome>("clusters.outcome"),
        {"clusters.desired_power", {"ON", "OFF"}},
        {"clusters.observed_power", {"ON", "OFF"}},
        stored<RequestKind>("requests.kind"),
        stored<RequestState>("requests.state"),
        stored<Decision>("approvals.verdict"),
        stored<CommentKind>("request_comments.kind"),
        stored<JobType>("jobs.type"),
        stored<JobStatus>("jobs.status"),
        stored<FailureClass>("jobs.error_class"),
        stored<Turn>("jobs.error_turn"),
        stored<AttemptOutcome>("job_attempts.outcome"),
        stored<Phase>("job_attempts.phase"),
        stored<FailureClass>("job_attempts.error_class"),
        stored<Turn>("job_attempts.error_turn"),
        stored<StepOutcome>("job_steps.outcome"),
        stored<CheckLevel>("job_checks.level"),
        stored<worker::LogSource>("job_logs.source"),
        stored<worker::LogLevel>("job_logs.level"),
        stored<leases::Writer>("job_writes.writer"),
        stored<Brake>("brakes.name"),
        stored<ArtifactType>("cluster_artifacts.type"),
        stored<Platform>("orphans.provider"),
        stored<OrphanState>("orphans.state"),
        stored<ReceiptKind>("receipts.kind"),
        stored<NoticeKind>("notices.kind"),
    };
    return all;
}

/// The quoted words of a constraint's definition: CHECK ((status = ANY (ARRAY['A'::text, 'B'::text]))).
Words words_of(const std::string& definition) {
    Words words;
    const auto parts = split(definition, '\'');
    for (std::size_t i = 1; i < parts.size(); i += 2) words.emplace(parts[i]);
    return words;
}

/// "table.column" -> words, for every CHECK that lists the values of one text column.
std::map<std::string, Words> listed_in_sql(TestDb& db) {
    std::map<std::string, Words> found;
    for (const pg::Row row : db.owner().execute(R"sql(
             SELECT c.conrelid::regclass || '.' || a.attname AS column, pg_get_constraintdef(c.oid) AS definition
               FROM pg_constraint c
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
              WHERE c.contype = 'c' AND cardinality(c.conkey) = 1 AND c.connamespace = 'public'::regnamespace
                AND a.atttypid = 'text'::regtype AND pg_get_constraintdef(c.oid) LIKE '%= ANY (ARRAY[%')sql"))
        found[row["column"]] = words_of(row["definition"]);
    return found;
}

TEST(Enums, AreTheListsOfTheSchema) {
    TestDb db;
    const auto in_sql = listed_in_sql(db);

    for (const auto& [column, words] : all_stored()) {
        ASSERT_TRUE(in_sql.contains(column)) << column << " has no CHECK";
        EXPECT_EQ(in_sql.at(column), words) << column;
    }
}

TEST(Enums, OfTheSchemaAreAllKnownToTheCode) {
    TestDb db;

    for (const auto& [column, words] : listed_in_sql(db))
        EXPECT_TRUE(std::any_of(all_stored().begin(), all_stored().end(),
                                [&, name = column](const StoredEnum& one) { return one.column == name; }))
            << column << " is compared with no enum";
}

TEST(Enums, TheOpenStatesAreTheOnesThatHoldAName) {
    TestDb db;
    const auto excluded = words_of(db.value("SELECT pg_get_indexdef('clusters_name_taken'::regclass)"));

    for (const auto word : all_texts<ClusterStatus>())
        EXPECT_EQ(excluded.contains(std::string(word)), is_final(*parse_enum<ClusterStatus>(word))) << word;
}

TEST(Enums, TheOpenStatesOfAJobAreTheOnesThatHoldItsSubject) {
    TestDb db;
    const auto included = words_of(db.value("SELECT pg_get_indexdef('jobs_one_open'::regclass)"));

    for (const auto word : all_texts<JobStatus>())
        EXPECT_EQ(included.contains(std::string(word)), is_open(*parse_enum<JobStatus>(word))) << word;
}

}  // namespace
}  // namespace desk
