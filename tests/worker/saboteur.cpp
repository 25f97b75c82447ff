#include "tests/worker/saboteur.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <regex>
#include <utility>

#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "worker/program.hpp"

namespace desk {
namespace {

fs::path orders_file(const fs::path& dir, const std::string& subject) { return dir / (subject + ".orders"); }
fs::path points_file(const fs::path& dir, const std::string& subject) { return dir / (subject + ".points"); }
fs::path deeds_file(const fs::path& dir) { return dir / "deeds"; }
fs::path scouting_file(const fs::path& dir) { return dir / "scouting"; }

std::vector<std::string> lines_of(const fs::path& file) {
    std::vector<std::string> lines;
    if (!fs::exists(file)) return lines;
    const std::string text = read_file(file);
    for (const auto line : split(text, '\n'))
        if (!line.empty()) lines.emplace_back(line);
    return lines;
}

std::string line_of(const Sabotage& sabotage) {
    return cat(sabotage.deed == Sabotage::Deed::kill ? "kill " : "freeze ", sabotage.point);
}

Sabotage from_line(std::string_view line) {
    const auto space = line.find(' ');
    return {.deed = line.substr(0, space) == "kill" ? Sabotage::Deed::kill : Sabotage::Deed::freeze,
            .point = std::string(line.substr(space + 1))};
}

void append(const fs::path& file, std::string_view line) {
    const UniqueFd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!fd) throw_errno(cat("open ", file.string()));
    write_all(fd.get(), cat(line, '\n'));
}

/// Names differ from one life to the next: "receipt-plain-7.json" of the cluster plain-7 is "receipt-*.json", and so is
/// its infraID.
std::string without_names(std::string_view point, const std::string& subject) {
    const std::regex name(subject + "(-[a-z0-9]{5}\\b)?");
    return std::regex_replace(std::string(point), name, "*");
}

class Saboteur : public FaultHook {
  public:
    explicit Saboteur(fs::path dir) : dir_(std::move(dir)) {}

    void works_on(std::string_view subject) override {
        const char* host = std::getenv("CLUSTERDESK_WORKER_HOST");
        is_tick_ = subject == "tick";
        subject_ = is_tick_ ? tick_of(host == nullptr ? "" : host) : std::string(subject);
        is_scouting_ = fs::exists(scouting_file(dir_));
        orders_ = orders_left(dir_, subject_);
    }

    void reached(std::string_view reached) override {
        thread_local bool is_busy = false;  // the files that are written here have points too
        if (subject_.empty() || std::exchange(is_busy, true)) return;
        act(without_names(reached, subject_));
        is_busy = false;
    }

  private:
    void act(const std::string& point) {
        const std::lock_guard lock(mutex_);
        if (is_scouting_) append(points_file(dir_, subject_), point);
        const auto found = std::ranges::find(orders_, point, &Sabotage::point);
        if (found == orders_.end()) return;
        const Sabotage deed = *found;
        orders_.erase(found);
        sabotage(dir_, subject_, orders_);
        append(deeds_file(dir_), line_of({.deed = deed.deed, .point = is_tick_ ? kOfTicks + point : point}));
        ::kill(::getpid(), deed.deed == Sabotage::Deed::kill ? SIGKILL : SIGSTOP);
    }

    fs::path dir_;
    std::string subject_;
    bool is_tick_ = false, is_scouting_ = false;
    std::vector<Sabotage> orders_;
    std::mutex mutex_;
};

}  // namespace

int sabotaged_worker_main(int argc, char** argv) {
    const char* dir = std::getenv(kOrdersDir);
    if (dir == nullptr) throw std::runtime_error(cat(kOrdersDir, " is not set"));
    Saboteur saboteur(dir);
    fault_hook = &saboteur;
    return worker::program(argc, argv);
}

void sabotage(const fs::path& dir, const std::string& subject, const std::vector<Sabotage>& orders) {
    std::string text;
    for (const auto& one : orders) text += line_of(one) + '\n';
    replace_file(orders_file(dir, subject), text);
}

void kill_at(const fs::path& dir, const std::string& subject, const std::vector<std::string>& points) {
    std::vector<Sabotage> orders;
    for (const auto& point : points) orders.push_back({.point = point});
    sabotage(dir, subject, orders);
}

std::vector<Sabotage> orders_left(const fs::path& dir, const std::string& subject) {
    std::vector<Sabotage> orders;
    for (const auto& line : lines_of(orders_file(dir, subject))) orders.push_back(from_line(line));
    return orders;
}

std::map<Sabotage, int> carried_out(const fs::path& dir) {
    std::map<Sabotage, int> times;
    for (const auto& line : lines_of(deeds_file(dir))) ++times[from_line(line)];
    return times;
}

void start_scouting(const fs::path& dir) { replace_file(scouting_file(dir), ""); }
void stop_scouting(const fs::path& dir) { fs::remove(scouting_file(dir)); }

std::vector<std::string> scouted(const fs::path& dir, const std::string& subject) {
    std::vector<std::string> points;
    for (const auto& point : lines_of(points_file(dir, subject)))
        if (std::ranges::find(points, point) == points.end()) points.push_back(point);
    return points;
}

std::string tick_of(const std::string& host) { return "tick-" + host; }

}  // namespace desk
