#include "worker/demo/run.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/text.hpp"
#include "worker/demo/help.hpp"

namespace desk::demo {
namespace {

void make_folders(const fs::path& path) {
    if (path.empty() || fs::exists(path)) return;
    make_folders(path.parent_path());
    if (::mkdir(path.c_str(), 0750) != 0 && errno != EEXIST) throw_errno("mkdir " + path.string());
}

}  // namespace

Run::Run(const Call& the_call, const Settings& the_settings)
    : call(the_call),
      settings(the_settings),
      log(the_call.dir, the_call.log_level),
      clock(the_settings.scale),
      injections(parse_injections(the_settings.failures)) {
    log.debug(kHonestLine);
    log_version();
}

void Run::log_version() {
    log.debug("OpenShift Installer " + settings.version);
    log.debug("Built from commit " + commit_of(settings.version));
}

void Run::pass(double seconds) {
    if (clock.pass(seconds)) stop_for_interrupt();
}

void Run::pass_in_endless_loop(double seconds) {
    if (clock.pass_in_endless_loop(seconds)) stop_for_interrupt();
}

void Run::stop_for_interrupt() {
    log.warning("Received interrupt signal");
    throw Interrupted{};
}

void Run::enter(Stage stage) {
    for (const auto& injection : injections)
        if (injection.stage == stage && injection.failure->act != nullptr && is_due(*this, injection)) {
            injection.failure->act(*this, *injection.failure);
        }
}

bool Run::is_struck_by(std::string_view mode) {
    for (const auto& injection : injections)
        if (injection.failure->name == mode) return is_due(*this, injection);
    return false;
}

Cloud& Run::cloud() {
    if (!cloud_) cloud_ = open_cloud(settings);
    return *cloud_;
}

void Run::write_file(std::string_view name, std::string_view bytes) const {
    const fs::path path = call.dir / name;
    make_folders(path.parent_path());
    // Not replace_file: its fsync guards against power cuts, which a stand-in need not survive, and costs a second a
    // run.
    const std::string partial = cat(path.string(), ".", ::getpid());
    const UniqueFd fd(::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (!fd) throw_errno("create " + path.string());
    write_all(fd.get(), bytes);
    fs::rename(partial, path);
}

bool Run::has_file(std::string_view name) const { return fs::exists(call.dir / name); }

void Run::remove_file(std::string_view name) const { fs::remove_all(call.dir / name); }

}  // namespace desk::demo
