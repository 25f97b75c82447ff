#include "tests/worker/kill_points.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "core/base/text.hpp"
#include "worker/program.hpp"

namespace desk {
namespace {

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

class KillPoints : public worker::Faults {
  public:
    explicit KillPoints(fs::path dir) : dir_(std::move(dir)) {}

    void reached(std::string_view cluster, std::string_view point) override {
        const UniqueFd file(::open(trace(dir_, cluster).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
        write_all(file.get(), cat(point, '\n'));
        auto points = lines_of(orders(dir_, cluster));
        if (points.empty() || points.front() != point) return;
        points.erase(points.begin());
        kill_at(dir_, std::string(cluster), points);
        ::kill(::getpid(), SIGKILL);
    }

  private:
    fs::path dir_;
};

}  // namespace

int killable_worker_main(int argc, char** argv) {
    const char* dir = std::getenv(kKillDir);
    if (dir == nullptr) throw std::runtime_error(cat(kKillDir, " is not set"));
    KillPoints faults(dir);
    return worker::program(argc, argv, faults);
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
