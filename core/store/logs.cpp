#include "core/store/logs.hpp"

namespace desk::logs {
namespace {

const pg::Statement kLast{"logs_last_line", R"sql(
    SELECT coalesce(max(line), 0) AS last FROM job_logs WHERE job_id = $1 AND attempt = $2)sql"};
const pg::Statement kAppend{"logs_append", R"sql(
    INSERT INTO job_logs (job_id, attempt, line, step, source, level, text)
    SELECT $1, $2, $3 + n.ordinality - 1, n.step, n.source, n.level, n.text
      FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS n(step, source, level, text))sql"};

const pg::Statement kFindFaults{"logs_find_faults", R"sql(
    SELECT coalesce((SELECT l.line FROM job_logs l
                      WHERE l.job_id = $1 AND l.attempt = $2 AND l.level IN ('WARNING', 'ERROR') AND l.text = wanted.text
                      ORDER BY l.source = 'INSTALLER_FILE', l.line DESC LIMIT 1), 0) AS line
      FROM unnest($3::text[]) WITH ORDINALITY AS wanted(text, place) ORDER BY wanted.place)sql"};

}  // namespace

int last_line(pg::Transaction& tx, const JobId& job, int attempt) { return tx.run(kLast, job, attempt)[0]["last"]; }

void append(pg::Transaction& tx, const JobId& job, int attempt, int first, const std::vector<Line>& lines) {
    std::vector<std::string> steps, sources, levels, texts;
    for (const auto& line : lines) {
        steps.push_back(line.step);
        sources.push_back(line.source);
        levels.push_back(line.level);
        texts.push_back(line.text);
    }
    tx.execute(kAppend, job, attempt, first, steps, sources, levels, texts);
}

std::vector<int> find_faults(pg::Transaction& tx, const JobId& job, int attempt,
                             const std::vector<std::string>& texts) {
    return tx.all(
        kFindFaults, [](pg::Row r) { return r["line"].as<int>(); }, job, attempt, texts);
}

void note(pg::Transaction& tx, const JobId& job, int attempt, const std::string& level, const std::string& text) {
    append(tx, job, attempt, last_line(tx, job, attempt) + 1,
           {{.step = "", .source = "DESK", .level = level, .text = text}});
}

}  // namespace desk::logs
