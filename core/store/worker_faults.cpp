#include "core/store/worker_faults.hpp"

namespace desk::worker_faults {
namespace {

const pg::Statement kReport{"worker_faults_report", "UPDATE workers SET faults = $2 WHERE host = $1 AND faults <> $2"};
const pg::Statement kAll{"worker_faults_all", "SELECT host, faults FROM workers WHERE faults <> '{}' ORDER BY host"};

}  // namespace

void report(pg::Transaction& tx, const std::string& host, const std::vector<std::string>& faults) {
    tx.execute(kReport, host, faults);
}

std::map<std::string, std::vector<std::string>> all(pg::Transaction& tx) {
    std::map<std::string, std::vector<std::string>> faults;
    for (const pg::Row r : tx.run(kAll)) faults[r["host"]] = r["faults"].as<std::vector<std::string>>();
    return faults;
}

}  // namespace desk::worker_faults
