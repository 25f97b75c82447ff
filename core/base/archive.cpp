#include "core/base/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr unsigned kPermissions = 0777;

[[noreturn]] void refuse_folder(const std::string& why) {
    throw Error(Code::internal, "The desk could not pack or unpack a folder.", why);
}

struct Free {
    void operator()(archive* a) const { archive_free(a); }
    void operator()(archive_entry* e) const { archive_entry_free(e); }
};
using Archive = std::unique_ptr<archive, Free>;
using Entry = std::unique_ptr<archive_entry, Free>;

void require(archive* a, int result) {
    if (result != ARCHIVE_OK)
        refuse_folder(cat("archive: ", archive_error_string(a) ? archive_error_string(a) : "no memory"));
}

/// Counts what goes in or comes out.
class Allowance {
  public:
    explicit Allowance(const ArchiveLimits& limits) : left_(limits) {}
    void take_entry() {
        if (left_.max_entries-- == 0) refuse_folder("archive: more entries than allowed");
    }
    void take_bytes(std::size_t count) {
        if (count > left_.max_bytes) refuse_folder("archive: more bytes than allowed");
        left_.max_bytes -= count;
    }

  private:
    ArchiveLimits left_;
};

// --- packing

/// Wiped where it grows: the packed tree has keys in it.
la_ssize_t append(archive*, void* out, const void* bytes, std::size_t count) {
    auto& target = *static_cast<std::string*>(out);
    if (target.size() + count > target.capacity()) {
        std::string larger;
        larger.reserve(std::max(target.capacity() * 2, target.size() + count));
        larger.append(target);
        OPENSSL_cleanse(target.data(), target.size());
        target.swap(larger);
    }
    target.append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

std::vector<fs::path> tree_of(const fs::path& dir) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(dir)) paths.push_back(entry.path());
    std::ranges::sort(paths);  // a directory comes before what is in it, and the order is always the same
    return paths;
}

void pack_one(archive* out, const fs::path& dir, const fs::path& path, Allowance& allowance) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) throw_errno(cat("stat ", path.string()));
    const bool is_dir = S_ISDIR(status.st_mode);
    if (!is_dir && !S_ISREG(status.st_mode)) refuse_folder(cat(path.string(), ": neither file nor directory"));
    allowance.take_entry();

    Secret content;
    if (!is_dir) {
        allowance.take_bytes(static_cast<std::size_t>(status.st_size));
        content = Secret(read_file(path, static_cast<std::size_t>(status.st_size)));
    }
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), path.lexically_relative(dir).c_str());
    archive_entry_set_filetype(entry.get(), is_dir ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), status.st_mode & kPermissions);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.reveal().size()));
    require(out, archive_write_header(out, entry.get()));
    if (content.empty()) return;
    const auto wrote = archive_write_data(out, content.reveal().data(), content.reveal().size());
    if (wrote != static_cast<la_ssize_t>(content.reveal().size())) refuse_folder(cat("archive: ", path.string()));
}

// --- unpacking

/// The parts of a name that stays inside, or a refusal.
fs::path safe_path(const char* name) {
    if (name == nullptr || *name == '\0') refuse_folder("archive: an entry without a name");
    const fs::path path(name);
    if (path.is_absolute()) refuse_folder(cat("archive: absolute path ", name));
    for (const auto& part : path)
        if (part == "..") refuse_folder(cat("archive: path leads out: ", name));
    return path.lexically_normal();
}

void write_content(archive* in, int fd, Allowance& allowance) {
    const void* block = nullptr;
    std::size_t count = 0;
    la_int64_t offset = 0;
    std::int64_t position = 0;
    for (;;) {
        const int result = archive_read_data_block(in, &block, &count, &offset);
        if (result == ARCHIVE_EOF) return;
        require(in, result);
        if (offset != position) refuse_folder("archive: a file with holes");
        allowance.take_bytes(count);
        write_all(fd, {static_cast<const char*>(block), count});
        position += static_cast<std::int64_t>(count);
    }
}

void unpack_file(archive* in, const fs::path& path, unsigned permissions, Allowance& allowance) {
    // O_EXCL and O_NOFOLLOW: an entry never writes through what an earlier one put there.
    UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd) throw_errno(cat("create ", path.string()));
    write_content(in, fd.get(), allowance);
    if (::fchmod(fd.get(), permissions) != 0) throw_errno("chmod");
}

}  // namespace

Secret pack_directory(const fs::path& dir, const ArchiveLimits& limits) {
    if (!fs::is_directory(dir)) refuse_folder(cat(dir.string(), ": no such directory"));
    std::string bytes;
    {
        const Archive out(archive_write_new());
        require(out.get(), archive_write_set_format_gnutar(out.get()));  // names stay bytes, whatever the locale
        require(out.get(), archive_write_add_filter_zstd(out.get()));
        // Without it the compressed stream is filled up to a block with zeros, which reads as a broken second frame.
        require(out.get(), archive_write_set_bytes_in_last_block(out.get(), 1));
        require(out.get(), archive_write_open2(out.get(), &bytes, nullptr, append, nullptr, nullptr));
        Allowance allowance(limits);
        for (const auto& path : tree_of(dir)) pack_one(out.get(), dir, path, allowance);
        require(out.get(), archive_write_close(out.get()));
    }
    return Secret(std::move(bytes));
}

void unpack_directory(std::string_view bytes, const fs::path& dir, const ArchiveLimits& limits) {
    make_dir(dir, 0700);
    if (!fs::is_empty(dir)) refuse_folder(cat(dir.string(), ": not empty"));

    const Archive in(archive_read_new());
    require(in.get(), archive_read_support_format_tar(in.get()));
    require(in.get(), archive_read_support_filter_zstd(in.get()));
    require(in.get(), archive_read_open_memory(in.get(), bytes.data(), bytes.size()));

    Allowance allowance(limits);
    std::vector<std::pair<fs::path, unsigned>> directories;
    archive_entry* entry = nullptr;
    for (;;) {
        const int result = archive_read_next_header(in.get(), &entry);
        if (result == ARCHIVE_EOF) break;
        require(in.get(), result);
        allowance.take_entry();
        const fs::path path = dir / safe_path(archive_entry_pathname(entry));
        const unsigned permissions = archive_entry_perm(entry) & kPermissions;
        if (archive_entry_hardlink(entry) != nullptr) refuse_folder("archive: a hard link");
        if (archive_entry_filetype(entry) == AE_IFDIR) {
            if (::mkdir(path.c_str(), 0700) != 0) throw_errno(cat("mkdir ", path.string()));
            directories.emplace_back(path, permissions);
        } else if (archive_entry_filetype(entry) == AE_IFREG) {
            unpack_file(in.get(), path, permissions, allowance);
        } else {
            refuse_folder(cat("archive: neither file nor directory: ", path.string()));
        }
    }
    // Last, and the innermost first: a directory may be without the right to write into it.
    for (auto it = directories.rbegin(); it != directories.rend(); ++it)
        if (::chmod(it->first.c_str(), it->second) != 0) throw_errno(cat("chmod ", it->first.string()));
}

}  // namespace desk
