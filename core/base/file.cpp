#include "core/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/base/error.hpp"
#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"

namespace desk {

void UniqueFd::reset(int fd) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
}

void throw_errno(std::string_view what) {
    const int error = errno;
    throw Error(Code::internal, "The desk could not use one of its files.", cat(what, ": ", std::strerror(error)));
}

std::string read_file(const fs::path& path, std::size_t max_bytes) {
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) throw_errno(cat("open ", path.string()));
    std::string bytes;
    char block[65536];
    for (;;) {
        const ssize_t got = ::read(fd.get(), block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw_errno(cat("read ", path.string()));
        if (got == 0) return bytes;
        bytes.append(block, static_cast<std::size_t>(got));
        if (bytes.size() > max_bytes) {
            errno = EFBIG;
            throw_errno(cat("read ", path.string()));
        }
    }
}

void write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) throw_errno("write");
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

void replace_file(const fs::path& path, std::string_view bytes, unsigned mode) {
    const std::string name = path.filename();
    const FaultPoints points("file", name);
    std::string temporary = path.string() + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd) throw_errno(cat("create ", path.string()));
    try {
        write_all(fd.get(), bytes);
        if (::fchmod(fd.get(), mode) != 0) throw_errno("chmod");
        if (::fsync(fd.get()) != 0) throw_errno("fsync");
        if (::rename(temporary.c_str(), path.c_str()) != 0) throw_errno(cat("rename to ", path.string()));
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
}

void make_dir(const fs::path& path, unsigned mode) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error)
        throw Error(Code::internal, "The desk could not make a folder.", cat(path.string(), ": ", error.message()));
    if (::chmod(path.c_str(), mode) != 0) throw_errno(cat("chmod ", path.string()));
}

}  // namespace desk
