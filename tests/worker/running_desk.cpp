#include "tests/worker/running_desk.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "core/base/keyring.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "core/model/policy.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/store/jobs.hpp"
#include "core/store/requests.hpp"
#include "worker/strays.hpp"

namespace desk {
namespace {

constexpr auto kLook = std::chrono::milliseconds(20);

void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the profile has no " + from);
    text.replace(at, from.size(), to);
}

std::string text_of(const std::map<std::string, std::string>& section) {
    std::string text;
    for (const auto& [key, value] : section) text += "  " + key + ": " + value + "\n";
    return text;
}

std::string quoted(const std::string& value) { return Json(value).dump(); }

}  // namespace

bool comes_true(const std::function<bool()>& holds, seconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(kLook);
    }
    return true;
}

RunningDesk::RunningDesk() : people(given::people(db)) {
    // Programs refuse a database whose clock a test could move; here the hours are short instead.
    db.owner().execute(
        "CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()'");
    replace_file(dir / "keys", Keyring::new_line("k1").reveal());
    make_dir(dir / "cloud");
    config.worker.host = "host-1";
    config.worker.slots = 4;
    config.worker.lease_seconds = 10;
    config.worker.starve_seconds = 6;
    config.worker.heartbeat_seconds = 1;
    config.worker.kill_seconds = 3;
    config.worker.verify_seconds = 1;
    config.worker.destroy_backoff_seconds = 1;
    config.worker.tick_seconds = 3600;
}

RunningDesk::~RunningDesk() {
    for (const pid_t tick : ticks_) {
        ::kill(tick, SIGKILL);
        ::waitpid(tick, nullptr, 0);
    }
    worker::end_processes([this] { return processes(); }, std::chrono::milliseconds(0));
}

std::vector<pid_t> RunningDesk::processes() const { return worker::strays_under(dir.path()); }

void RunningDesk::write_config() {
    const auto& worker = config.worker;
    const std::string text = "database:\n" +
                             text_of({{"url", quoted(db.url())}, {"owner_url", quoted(db.owner_url())}}) + "worker:\n" +
                             text_of({{"work_dir", quoted((dir / "work").string())},
                                      {"host", worker.host},
                                      {"slots", std::to_string(worker.slots)},
                                      {"tick_seconds", std::to_string(worker.tick_seconds)},
                                      {"lease_seconds", std::to_string(worker.lease_seconds)},
                                      {"heartbeat_seconds", std::to_string(worker.heartbeat_seconds)},
                                      {"starve_seconds", std::to_string(worker.starve_seconds)},
                                      {"kill_seconds", std::to_string(worker.kill_seconds)},
                                      {"verify_seconds", std::to_string(worker.verify_seconds)},
                                      {"destroy_backoff_seconds", std::to_string(worker.destroy_backoff_seconds)}}) +
                             "store:\n" + text_of({{"root", quoted((dir / "store").string())}}) + "secrets:\n" +
                             text_of({{"key_file", quoted((dir / "keys").string())}}) + "profiles:\n" +
                             text_of({{"dir", quoted(DESK_SOURCE_DIR "/conf/profiles")}}) + "demo:\n" +
                             text_of({{"installer", quoted(DESK_BINARY_DIR "/demo-install")},
                                      {"cloud_dir", quoted((dir / "cloud").string())}});
    replace_file(dir / "desk.yaml", text);
    is_configured_ = true;
}

ClusterId RunningDesk::order(const OrderSpec& spec) {
    std::string text = read_file(DESK_SOURCE_DIR "/conf/profiles/demo-minimal.yaml");
    replace(text, "secondsPerHour: 10", "secondsPerHour: " + std::to_string(seconds_per_hour));
    replace(text, "install: 2m", "install: " + install_deadline);
    replace(text, "destroy: 2m", "destroy: " + destroy_deadline);
    const auto catalog = Catalog::of({{"demo-minimal.yaml", text}}, {Platform::demo});
    const Profile* profile = catalog.find("demo-minimal");
    if (profile == nullptr) throw std::runtime_error("the profile of the tests has faults");

    auto tx = db.begin();
    const auto principal = given::principal(db, people.requester);
    auto order = Order::defaults_of(*profile);
    order.name = spec.name;
    order.team = "demo";
    order.cost_center = "cc-1";
    order.ttl_hours = spec.ttl_hours;
    order.failure = spec.failure;
    const auto quota = requests::quota_state(tx, "demo", people.requester, true);
    const auto evaluation = evaluate(order, profile, quota, {.username = principal.username, .teams = {"demo"}});
    for (const auto& error : evaluation.errors) throw std::runtime_error(error.field + ": " + error.error);
    const auto submitted = requests::submit(tx, principal, order, evaluation, given::actor(db, people.requester));
    tx.commit();
    return submitted.cluster;
}

void RunningDesk::destroy(const ClusterId& cluster) {
    auto tx = db.begin();
    jobs::want_destroy(tx, clusters::lock(tx, cluster), given::actor(db, people.requester), "no longer needed");
    tx.commit();
}

pid_t RunningDesk::start(const std::vector<std::string>& args, const std::map<std::string, std::string>& extra) {
    if (!is_configured_) write_config();
    Command command{.program = program, .args = args, .dir = dir.path()};
    command.env = environment;
    command.env.insert(extra.begin(), extra.end());
    command.env.insert({{"PATH", "/usr/bin:/bin"}, {"CLUSTERDESK_CONFIG", (dir / "desk.yaml").string()}});
    const UniqueFd log(::open((dir / "tick.log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    const auto started = spawn(command, {.fds = {-1, log.get(), log.get()}});
    if (!started) throw std::runtime_error(started.error());
    return *started;
}

pid_t RunningDesk::start_tick(const std::string& host) {
    std::map<std::string, std::string> extra;
    if (!host.empty())
        extra = {{"CLUSTERDESK_WORKER_HOST", host}, {"CLUSTERDESK_WORKER_WORK_DIR", (dir / ("work-" + host)).string()}};
    ticks_.push_back(start({"tick"}, extra));
    return ticks_.back();
}

void RunningDesk::stop_tick(pid_t pid) {
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
}

int RunningDesk::run(const std::vector<std::string>& args) {
    int status = 0;
    ::waitpid(start(args, {}), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool RunningDesk::comes_true(const std::string& sql, const std::string& wanted, seconds patience) {
    return desk::comes_true([&] { return db.value(sql) == wanted; }, patience);
}

bool RunningDesk::reaches(const ClusterId& cluster, ClusterStatus wanted, seconds patience) {
    return comes_true("SELECT status FROM clusters WHERE id = '" + cluster.str() + "'", std::string(text(wanted)),
                      patience);
}

ClusterStatus RunningDesk::status(const ClusterId& cluster) {
    return *parse_enum<ClusterStatus>(db.value("SELECT status FROM clusters WHERE id = '" + cluster.str() + "'"));
}

std::string RunningDesk::story(const ClusterId& cluster) {
    const auto rows = [&](const std::string& sql) {
        return db.value("SELECT coalesce(string_agg(line, E'\\n'), '') FROM (" + sql + ") AS lines(line)") + "\n";
    };
    const std::string of = " cluster_id = '" + cluster.str() + "' ";
    return "\nstate: " + std::string(text(status(cluster))) + "\njobs:\n" +
           rows(
               "SELECT concat_ws(' ', id, type, status, 'attempts', attempts, 'failures', failures, 'lost', "
               "workers_lost, error_code, error_message) FROM jobs WHERE" +
               of + "ORDER BY created_at") +
           "attempts:\n" +
           rows("SELECT concat_ws(' ', job_id, attempt, outcome, phase, infra_id, clean_at) FROM job_attempts WHERE" +
                of + "ORDER BY started_at") +
           "steps:\n" +
           rows(
               "SELECT concat_ws(' ', s.attempt, s.step, s.outcome, s.detail) FROM job_steps s JOIN jobs j ON j.id = "
               "s.job_id WHERE j." +
               of.substr(1) + "ORDER BY s.started_at") +
           "warnings:\n" +
           rows(
               "SELECT concat_ws(' ', l.attempt, l.step, l.level, l.text) FROM job_logs l JOIN jobs j ON j.id = "
               "l.job_id "
               "WHERE j." +
               of.substr(1) + "AND l.level IN ('WARNING', 'ERROR') ORDER BY l.id") +
           "tick:\n" + read_file(dir / "tick.log");
}

std::vector<std::string> RunningDesk::leftovers() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(dir / "cloud"))
        if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), dir / "cloud"));
    // neither the counts of ordered failures nor what a killed program was about to put in place are resources
    std::erase_if(files,
                  [](const auto& file) { return file.starts_with("failures/") || file.starts_with(".partial/"); });
    return files;
}

int RunningDesk::job_directories() const {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(dir / "work" / "jobs")) count += entry.is_directory() ? 1 : 0;
    return count;
}

}  // namespace desk
