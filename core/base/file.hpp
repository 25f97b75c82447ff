// Files and descriptors. Every path that can fail throws Error{internal} with the system's reason in the log text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace desk {

namespace fs = std::filesystem;

/// Owns a file descriptor; -1 owns nothing.
class UniqueFd {
  public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        if (this != &other) reset(std::exchange(other.fd_, -1));
        return *this;
    }
    ~UniqueFd() { reset(); }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }
    void reset(int fd = -1);

  private:
    int fd_ = -1;
};

/// Throws Error{internal} with `what` and strerror(errno).
[[noreturn]] void throw_errno(std::string_view what);

/// The whole file, at most `max_bytes` (more is an error).
std::string read_file(const fs::path& path, std::size_t max_bytes = 64U << 20U);

/// Replaces or creates `path` in one step: a private temporary file beside it, fsync, rename. `mode` is the final mode.
void replace_file(const fs::path& path, std::string_view bytes, unsigned mode = 0600);

/// Creates `path` and its parents; the last one gets exactly `mode`.
void make_dir(const fs::path& path, unsigned mode = 0700);

/// Writes all of `bytes`, over short writes and EINTR.
void write_all(int fd, std::string_view bytes);

}  // namespace desk
