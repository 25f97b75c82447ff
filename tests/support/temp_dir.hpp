// A directory for one test, gone with it.
#pragma once

#include <sys/stat.h>

#include <string>

#include "core/base/file.hpp"

namespace desk {

class TempDir {
  public:
    TempDir() {
        std::string path = (fs::temp_directory_path() / "desk-test-XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) throw_errno("mkdtemp");
        path_ = path;
    }
    ~TempDir() {
        std::error_code ignored;  // such as that of a folder which a process that ends just now takes away
        for (fs::recursive_directory_iterator entry(path_, ignored), end; entry != end; entry.increment(ignored))
            if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) ::chmod(entry->path().c_str(), 0700);
        fs::remove_all(path_, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const fs::path& path() const { return path_; }
    fs::path operator/(const fs::path& part) const { return path_ / part; }

    /// Permission bits of a file in it.
    unsigned mode(const fs::path& part) const {
        struct stat status {};
        if (::lstat((path_ / part).c_str(), &status) != 0) throw_errno("lstat");
        return status.st_mode & 07777U;
    }

  private:
    fs::path path_;
};

}  // namespace desk
