#include "tests/worker/kill_points.hpp"

#include <fcntl.h>
#include <unistd.h>

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

constexpr std::string_view kStop = "stop ";

fs::path orders(const fs::path& dir, std::string_view cluster) { return dir / (std::string(cluster) + ".kill"); }
fs::path trace(const fs::path& dir, std::string_view cluster) { return dir / (std::string(cluster) + ".points"); }

std::vector<std::string> lines_of(const fs::path& file) {
    if (!fs::exists(file)) return {};
    const std::string text = read_file(file);
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n'))
        if (!line.empty()) lines.emplace_back(line);
    return lines;
}

/// Ids differ from one life to the next: "art_01J..." is "art_*".
std::string without_ids(std::string_view point) {
    static const std::regex id("_[0-9A-Z]{26}");
    return std::regex_replace(std::string(point), id, "_*");
}

class KillPoints : public FaultHook {
  public:
    explicit KillPoints(fs::path dir) : dir_(std::move(dir)) {}

    void works_on(std::string_view subject) override { subject_ = subject; }

    void reached(std::string_view reached) override {
        thread_local bool is_ours = false;  // the files that are written here have points too
        if (subject_.empty() || std::exchange(is_ours, true)) return;
        look(without_ids(reached));
        is_ours = false;
    }

  private:
    void look(const std::string& point) {
        const std::lock_guard lock(mutex_);
        const UniqueFd file(::open(trace(dir_, subject_).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
        write_all(file.get(), cat(point, '\n'));
        auto points = lines_of(orders(dir_, subject_));
        if (points.empty()) return;
        const bool stops = points.front() == cat(kStop, point);
        if (!stops && points.front() != point) return;
        points.erase(points.begin());
        kill_at(dir_, subject_, points);
        ::kill(::getpid(), stops ? SIGSTOP : SIGKILL);
    }

    fs::path dir_;
    std::string subject_;
    std::mutex mutex_;
};

}  // namespace

int killable_worker_main(int argc, char** argv) {
    const char* dir = std::getenv(kKillDir);
    if (dir == nullptr) throw std::runtime_error(cat(kKillDir, " is not set"));
    KillPoints points(dir);
    fault_hook = &points;
    return worker::program(argc, argv);
}

void kill_at(const fs::path& dir, const std::string& cluster, const std::vector<std::string>& points) {
    replace_file(orders(dir, cluster), join(points, "\n"));
}

std::vector<std::string> still_to_die_at(const fs::path& dir, const std::string& cluster) {
    return lines_of(orders(dir, cluster));
}

std::vector<std::string> points_of(const fs::path& dir, const std::string& cluster) {
    return lines_of(trace(dir, cluster));
}

}  // namespace desk
