#include "core/cloud/object_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/id.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::size_t kLongestKey = 512;
constexpr std::size_t kLargestObject = std::size_t{1} << 30U;
constexpr const char* kIdFile = "store.id";

struct Modes {
    const char* root;
    unsigned dir, file;
};
constexpr Modes modes_of(Visibility visibility) {
    return visibility == Visibility::public_ ? Modes{"public", 0750, 0640} : Modes{"private", 0700, 0600};
}

/// The name of a file is durable only when its directory is.
void sync_dir(const fs::path& dir) {
    UniqueFd fd(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) throw_errno(cat("fsync ", dir.string()));
}

}  // namespace

bool is_object_key(std::string_view key) {
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    if (key.size() > kLongestKey) return false;
    for (const auto part : split(key, '/'))
        if (part.empty() || part == "." || part == ".." || part.find_first_not_of(allowed) != std::string_view::npos)
            return false;
    return true;
}

void check_object_key(const std::string& key) {
    if (!is_object_key(key)) throw Error(Code::internal, "The desk made a bad object name.", cat("object key: ", key));
}

std::string attachment(const std::string& file_name) {
    return cat("attachment; filename=\"", file_name, "\"; filename*=UTF-8''", percent_encode(file_name));
}

FileStore::FileStore(fs::path root) : root_(std::move(root)) {
    // nginx must be able to pass through the root on its way to public/; the roots below keep their own.
    if (!fs::exists(root_)) make_dir(root_, 0750);
    for (const auto visibility : {Visibility::public_, Visibility::private_}) {
        const Modes modes = modes_of(visibility);
        if (!fs::exists(root_ / modes.root)) make_dir(root_ / modes.root, modes.dir);
    }
}

fs::path FileStore::path_of(const std::string& key, Visibility visibility) const {
    check_object_key(key);
    return root_ / modes_of(visibility).root / key;
}

StoredObject FileStore::put(const std::string& key, std::string_view bytes, Visibility visibility) {
    const fs::path path = path_of(key, visibility);
    const Modes modes = modes_of(visibility);
    fs::path dir = root_ / modes.root;
    for (const auto& part : fs::path(key).parent_path()) {
        const fs::path parent = dir;
        dir /= part;
        if (fs::exists(dir)) continue;
        make_dir(dir, modes.dir);
        sync_dir(parent);
    }
    replace_file(path, bytes, modes.file);
    sync_dir(path.parent_path());

    const StoredObject wanted{.bytes = static_cast<std::int64_t>(bytes.size()), .sha256 = sha256_hex(bytes)};
    if (sha256_hex(read_file(path, kLargestObject)) != wanted.sha256)
        throw Error(Code::internal, "The desk could not store a file.", cat(path.string(), ": read back differently"));
    return wanted;
}

std::string FileStore::get(const std::string& key, Visibility visibility) const {
    if (!exists(key, visibility)) throw Error(Code::not_found, "This file is not there any more.", key);
    return read_file(path_of(key, visibility), kLargestObject);
}

bool FileStore::exists(const std::string& key, Visibility visibility) const {
    return fs::is_regular_file(path_of(key, visibility));
}

void FileStore::remove(const std::string& key, Visibility visibility) {
    std::error_code error;
    fs::remove(path_of(key, visibility), error);
    if (error) throw Error(Code::internal, "The desk could not remove a file.", cat(key, ": ", error.message()));
}

std::string FileStore::id() const {
    const fs::path file = root_ / kIdFile;
    if (!fs::exists(file)) return {};
    return std::string(trim(read_file(file, 256)));
}

std::string FileStore::make_id() {
    const fs::path file = root_ / kIdFile;
    if (!fs::exists(file)) {
        // Written in full under a name of its own, then linked: of two processes the first wins, and no one reads half
        // an id.
        const fs::path mine = root_ / (std::string(kIdFile) + "." + new_ulid());
        replace_file(mine, new_ulid() + "\n", 0640);
        const bool linked = ::link(mine.c_str(), file.c_str()) == 0 || errno == EEXIST;
        if (!linked) throw_errno(cat("create ", file.string()));
        fs::remove(mine);
        sync_dir(root_);
    }
    return id();
}

}  // namespace desk
