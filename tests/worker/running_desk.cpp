#include "tests/worker/running_desk.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "core/base/keyring.hpp"
#include "core/base/process.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "core/model/policy.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/store/jobs.hpp"
#include "core/store/quota_use.hpp"
#include "core/store/requests.hpp"
#include "tests/support/living_files.hpp"
#include "tests/support/wait.hpp"
#include "worker/strays.hpp"

namespace desk {
namespace {

bool works(const std::vector<std::string>& launcher) {
    Command command{.program = launcher[0], .args = {launcher.begin() + 1, launcher.end()}, .env = {{"PATH", "/bin"}}};
    command.args.emplace_back("true");
    SystemProcessRunner runner;
    return capture(runner, command).exit.ok();
}

/// Root needs no user namespace, and in one would not get to the database's socket any more. Empty = this kernel lets
/// us make none.
const std::vector<std::string>& unshare() {
    static const auto found = [] {
        for (std::vector<std::string> one : {std::vector<std::string>{"/usr/bin/unshare", "--mount"},
                                             {"/usr/bin/unshare", "--user", "--map-root-user", "--mount"}})
            if (works(one)) return one;
        return std::vector<std::string>{};
    }();
    return found;
}

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

std::string in_quotes(const std::string& value) { return Json(value).dump(); }

void write_script(const fs::path& file, const std::string& lines) {
    replace_file(file, "#!/bin/sh\n" + lines + "\n", 0700);
}

constexpr const char* kPath = "/usr/bin:/bin";

/// The arguments of a process, with spaces between them; "" when it is gone.
std::string command_line_of(pid_t pid) {
    try {
        std::string line = read_file(fs::path("/proc") / std::to_string(pid) / "cmdline");
        std::ranges::replace(line, '\0', ' ');
        return line;
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

bool comes_true(const std::function<bool()>& holds, seconds patience) { return eventually(holds, patience); }

bool has_namespaces() { return !unshare().empty(); }

RunningDesk::RunningDesk() : people(given::people(db)) {
    // Programs refuse a database whose clock a test could move; here the hours are short instead.
    db.owner().execute(
        "CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()'");
    replace_file(dir / "keys", Keyring::new_line("k1").reveal());
    make_dir(dir / "cloud");
    config.worker.host = "host-1";
    config.worker.slots = 4;
    config.worker.room_mb = 0;
    config.worker.lease_seconds = 90;
    config.worker.starve_seconds = 60;
    config.worker.heartbeat_seconds = 1;
    config.worker.kill_seconds = 3;
    config.worker.verify_seconds = 1;
    config.worker.destroy_backoff_seconds = 1;
    config.worker.orphan_hours = 0;
    config.worker.tick_seconds = 3600;
    config.demo.installer = DESK_BINARY_DIR "/demo-install";
}

RunningDesk::~RunningDesk() {
    for (const pid_t tick : ticks_) {
        ::kill(tick, SIGKILL);
        ::waitpid(tick, nullptr, 0);
    }
    worker::end_processes([this] { return processes(); }, std::chrono::milliseconds(0));
}

std::vector<pid_t> RunningDesk::processes() const { return worker::strays_under(dir.path()); }

std::vector<pid_t> RunningDesk::processes(const std::string& word) const {
    auto found = processes();
    std::erase_if(found, [&](pid_t pid) { return command_line_of(pid).find(word) == std::string::npos; });
    return found;
}

pid_t RunningDesk::runner_of(const ClusterId& cluster) {
    return std::stoi(
        db.value("SELECT split_part(locked_by, '/', 2) FROM job_locks WHERE subject = '" + cluster.str() + "'"));
}

void RunningDesk::script_installer(const std::string& lines) {
    config.demo.installer = dir / "installer.sh";
    write_script(config.demo.installer, "INSTALLER=" DESK_BINARY_DIR "/demo-install\n" + lines);
}

void RunningDesk::launch_in_namespaces(const std::string& lines) {
    write_script(dir / "launch.sh", "set -e\n" + lines + "\nexec \"$@\"");
    launcher = unshare();
    if (db.url().find("host=/") != std::string::npos)
        launcher.emplace_back("--net");  // a unix socket is reached anyway
    launcher.push_back(dir / "launch.sh");
}

void RunningDesk::launch_on_machines() {
    launch_in_namespaces(cat("boot='", dir.path().string(), "'/boot-\"$CLUSTERDESK_WORKER_HOST\"\n",
                             "[ -e \"$boot\" ] || cat /proc/sys/kernel/random/uuid > \"$boot\"\n",
                             "mount --bind \"$boot\" /proc/sys/kernel/random/boot_id"));
}

void RunningDesk::restart_machine(const std::string& host) { fs::remove(dir / ("boot-" + host)); }

void RunningDesk::write_config() {
    const auto& worker = config.worker;
    const std::string text =
        "database:\n" + text_of({{"url", in_quotes(db.url())}, {"owner_url", in_quotes(db.owner_url())}}) +
        "worker:\n" +
        text_of({{"work_dir", in_quotes((dir / "work").string())},
                 {"host", worker.host},
                 {"slots", std::to_string(worker.slots)},
                 {"tick_seconds", std::to_string(worker.tick_seconds)},
                 {"room_mb", std::to_string(worker.room_mb)},
                 {"lease_seconds", std::to_string(worker.lease_seconds)},
                 {"silence_seconds", std::to_string(worker.silence_seconds)},
                 {"heartbeat_seconds", std::to_string(worker.heartbeat_seconds)},
                 {"starve_seconds", std::to_string(worker.starve_seconds)},
                 {"kill_seconds", std::to_string(worker.kill_seconds)},
                 {"verify_seconds", std::to_string(worker.verify_seconds)},
                 {"destroy_backoff_seconds", std::to_string(worker.destroy_backoff_seconds)},
                 {"orphan_hours", std::to_string(worker.orphan_hours)}}) +
        "terraform:\n" +
        text_of({{"program", in_quotes(config.terraform.program)},
                 {"demo_prereqs", in_quotes(config.terraform.demo_prereqs)}}) +
        "store:\n" + text_of({{"root", in_quotes((dir / "store").string())}}) + "secrets:\n" +
        text_of({{"key_file", in_quotes((dir / "keys").string())}}) + "installers:\n" +
        text_of({{"dir", in_quotes(config.installers.dir)},
                 {"pull_secret_file", in_quotes(config.installers.pull_secret_file)}}) +
        "ibmcloud:\n" +
        text_of({{"api_key_file", in_quotes(config.ibmcloud.api_key_file)},
                 {"iam_url", in_quotes(config.ibmcloud.iam_url)},
                 {"search_url", in_quotes(config.ibmcloud.search_url)}}) +
        "profiles:\n" + text_of({{"dir", in_quotes(DESK_SOURCE_DIR "/conf/profiles")}}) + "demo:\n" +
        text_of({{"installer", in_quotes(config.demo.installer)}, {"cloud_dir", in_quotes((dir / "cloud").string())}});
    replace_file(dir / "desk.yaml", text);
    is_configured_ = true;
}

ClusterId RunningDesk::order(const OrderSpec& spec) {
    std::string text = read_file(DESK_SOURCE_DIR "/conf/profiles/demo-minimal.yaml");
    replace(text, "secondsPerHour: 10", "secondsPerHour: " + std::to_string(seconds_per_hour));
    replace(text, "install: 2m", "install: " + install_deadline);
    replace(text, "destroy: 2m", "destroy: " + destroy_deadline);
    return order(text, spec);
}

ClusterId RunningDesk::order(const std::string& profile_text, const OrderSpec& spec) {
    const auto catalog =
        Catalog::of({{"p.yaml", profile_text}}, {Platform::demo, Platform::aws, Platform::ibmcloud, Platform::none});
    if (catalog.profiles().empty()) throw std::runtime_error("the profile of the test has faults");
    const Profile* profile = &catalog.profiles().begin()->second;

    auto tx = db.begin();
    const auto principal = given::principal(db, people.requester);
    auto order = Order::defaults_of(*profile);
    order.name = spec.name;
    order.team = "demo";
    order.cost_center = "cc-1";
    order.ttl_hours = spec.ttl_hours;
    order.failure = spec.failure;
    const auto quota = quotas::state(tx, "demo", people.requester, true);
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
    if (!launcher.empty()) {
        command.program = launcher.front();
        command.args = {launcher.begin() + 1, launcher.end()};
        command.args.push_back(program);
        command.args.insert(command.args.end(), args.begin(), args.end());
    }
    command.env = environment;
    command.env.insert(extra.begin(), extra.end());
    command.env.insert({{"PATH", kPath}, {"CLUSTERDESK_CONFIG", (dir / "desk.yaml").string()}});
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

bool RunningDesk::has_ended(pid_t tick) {
    if (::waitpid(tick, nullptr, WNOHANG) == 0) return false;
    std::erase(ticks_, tick);
    return true;
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

Captured RunningDesk::ask(std::vector<std::string> args) {
    if (!is_configured_) write_config();
    Command command{
        .program = program, .args = std::move(args), .env = environment, .dir = dir.path(), .timeout = 300s};
    command.env.insert({{"PATH", kPath}, {"CLUSTERDESK_CONFIG", (dir / "desk.yaml").string()}});
    SystemProcessRunner runner;
    return capture(runner, command);
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
    for (const auto& file : files_below(dir / "cloud")) files.push_back(file.lexically_relative(dir / "cloud"));
    // neither the counts of ordered failures nor what a killed program was about to put in place are resources
    std::erase_if(files, [](const auto& file) {
        return file.starts_with("failures/") || file.starts_with(".partial/") || file == "journal";
    });
    return files;
}

int RunningDesk::job_directories() const {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(dir / "work" / "jobs")) count += entry.is_directory() ? 1 : 0;
    return count;
}

}  // namespace desk
