#include "worker/platforms/private_file.hpp"

#include <sys/stat.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr std::size_t kLongest = 256U << 10U;  // of a pull secret; keys are shorter

}  // namespace

Secret read_private_file(const fs::path& file, std::string_view what, std::string_view setting) {
    struct stat status {};
    if (file.empty() || ::stat(file.c_str(), &status) != 0)
        throw Error(Code::invalid,
                    cat("There is no ", what, ": ",
                        file.empty() ? cat(setting, " is not set") : cat(file.string(), " is not there"), "."));
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw Error(Code::invalid, cat("Others than its owner may use the ", what, ' ', file.string(), "."));
    return Secret(std::string(trim(Secret(read_file(file, kLongest)).reveal())));
}

}  // namespace desk::worker
