// Snapshots of directories: what comes back is what went in, and nothing gets out of the directory.
#include "core/base/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <sstream>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {
namespace {

void write(const fs::path& path, const std::string& bytes, unsigned mode = 0600) {
    fs::create_directories(path.parent_path());
    replace_file(path, bytes, mode);
}

/// Path -> "mode content", a directory's content being "/".
std::map<std::string, std::string> tree(const fs::path& dir) {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(dir)) {
        struct stat status {};
        ::lstat(entry.path().c_str(), &status);
        std::ostringstream words;
        words << std::oct << (status.st_mode & 07777U) << ' ' << (entry.is_directory() ? "/" : read_file(entry.path()));
        found[entry.path().lexically_relative(dir).string()] = words.str();
    }
    return found;
}

/// An archive as somebody else would make it: libarchive's entries, filled by `fill`.
std::string foreign(const std::function<void(archive*)>& fill) {
    std::string bytes(1U << 20U, '\0');
    std::size_t used = 0;
    archive* out = archive_write_new();
    archive_write_set_format_pax_restricted(out);
    archive_write_add_filter_zstd(out);
    archive_write_open_memory(out, bytes.data(), bytes.size(), &used);
    fill(out);
    archive_write_close(out);
    archive_write_free(out);
    bytes.resize(used);
    return bytes;
}

void add(archive* out, const std::string& name, unsigned type, const std::string& content = {},
         const char* link = nullptr, bool hard = false) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, 04755);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    if (link != nullptr && hard) archive_entry_set_hardlink(entry, link);
    if (link != nullptr && !hard) archive_entry_set_symlink(entry, link);
    archive_write_header(out, entry);
    if (!content.empty()) archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
}

TEST(Archive, GivesBackTheTreeWithHiddenFilesEmptyDirectoriesAndPermissions) {
    const TempDir dir;
    write(dir / "in/auth/kubeconfig", "apiVersion: v1\n", 0640);
    write(dir / "in/.openshift_install_state.json", "{}", 0600);
    write(dir / "in/run.sh", "#!/bin/sh\n", 0755);
    write(dir / "in/empty-file", "", 0400);
    write(dir / "in/large", random_bytes(3U << 20U));
    write(dir / "in/n\xc3\xa4me with spaces", "x");
    write(dir / ("in/" + std::string(200, 'l')), "a name beyond tar's 100 bytes");
    fs::create_directories(dir / "in/empty/.hidden");
    write(dir / "in/locked/inside", "y");
    ::chmod((dir / "in/locked").c_str(), 0500);

    const Secret packed = pack_directory(dir / "in");
    unpack_directory(packed.reveal(), dir / "out");

    EXPECT_EQ(tree(dir / "out"), tree(dir / "in"));
    EXPECT_EQ(dir.mode("out"), 0700U);
}

TEST(Archive, IsTheSameForTheSameTree) {
    const TempDir dir;
    for (const char* copy : {"a", "b"}) {
        write(dir / copy / "one", "1");
        write(dir / copy / "two/three", "3");
    }

    EXPECT_EQ(pack_directory(dir / "a").reveal(), pack_directory(dir / "b").reveal());
}

TEST(Archive, OfAnEmptyDirectoryIsOne) {
    const TempDir dir;
    fs::create_directory(dir / "in");

    unpack_directory(pack_directory(dir / "in").reveal(), dir / "out");

    EXPECT_TRUE(fs::is_empty(dir / "out"));
}

TEST(Archive, RefusesToPackWhatItCouldNotRestore) {
    const TempDir dir;
    for (const char* kind : {"link", "pipe"}) {
        fs::create_directory(dir / kind);
        if (std::string(kind) == "link")
            fs::create_symlink("/etc/passwd", dir / kind / "x");
        else
            ASSERT_EQ(::mkfifo((dir / kind / "x").c_str(), 0600), 0);

        EXPECT_THROW(pack_directory(dir / kind), Error) << kind;
    }
    EXPECT_THROW(pack_directory(dir / "missing"), Error);
}

TEST(Archive, RefusesToPackMoreThanAllowed) {
    const TempDir dir;
    write(dir / "in/a", std::string(600, 'a'));
    write(dir / "in/b", std::string(600, 'b'));

    EXPECT_THROW(pack_directory(dir / "in", {.max_bytes = 1000, .max_entries = 10}), Error);
    EXPECT_THROW(pack_directory(dir / "in", {.max_bytes = 2000, .max_entries = 1}), Error);
    EXPECT_NO_THROW(pack_directory(dir / "in", {.max_bytes = 1200, .max_entries = 2}));
}

TEST(Archive, RefusesEverythingThatLeadsOutOrIsNoPlainFile) {
    struct Case {
        const char* what;
        std::function<void(archive*)> fill;
    };
    const std::vector<Case> cases = {
        {"parent", [](archive* out) { add(out, "../outside", AE_IFREG, "x"); }},
        {"parent inside", [](archive* out) { add(out, "a/../../outside", AE_IFREG, "x"); }},
        {"absolute", [](archive* out) { add(out, "/tmp/desk-test-outside", AE_IFREG, "x"); }},
        {"symlink", [](archive* out) { add(out, "link", AE_IFLNK, {}, ".."); }},
        {"write through a symlink",
         [](archive* out) {
             add(out, "link", AE_IFLNK, {}, "..");
             add(out, "link/outside", AE_IFREG, "x");
         }},
        {"hard link",
         [](archive* out) {
             add(out, "file", AE_IFREG, "x");
             add(out, "again", AE_IFREG, {}, "file", true);
         }},
        {"pipe", [](archive* out) { add(out, "pipe", AE_IFIFO); }},
        {"device", [](archive* out) { add(out, "device", AE_IFCHR); }},
        {"the same name twice",
         [](archive* out) {
             add(out, "file", AE_IFREG, "x");
             add(out, "file", AE_IFREG, "y");
         }},
        {"a file as a directory",
         [](archive* out) {
             add(out, "file", AE_IFREG, "x");
             add(out, "file/below", AE_IFREG, "y");
         }},
    };
    for (const auto& [what, fill] : cases) {
        const TempDir dir;

        EXPECT_THROW(unpack_directory(foreign(fill), dir / "out"), Error) << what;

        EXPECT_FALSE(fs::exists(dir / "outside")) << what;
        EXPECT_FALSE(fs::exists("/tmp/desk-test-outside")) << what;
    }
}

TEST(Archive, DropsSetUserIdBits) {
    const TempDir dir;

    unpack_directory(foreign([](archive* out) { add(out, "tool", AE_IFREG, "x"); }), dir / "out");

    EXPECT_EQ(dir.mode("out/tool"), 0755U);
}

TEST(Archive, CountsWhatIsInsideNotTheCompressedBytes) {
    const TempDir dir;
    write(dir / "in/zeros", std::string(1U << 20U, '\0'));
    const Secret packed = pack_directory(dir / "in");
    ASSERT_LT(packed.reveal().size(), 10'000U);

    EXPECT_THROW(unpack_directory(packed.reveal(), dir / "out", {.max_bytes = 1000, .max_entries = 10}), Error);
    EXPECT_THROW(unpack_directory(packed.reveal(), dir / "none", {.max_bytes = 1U << 21U, .max_entries = 0}), Error);
}

TEST(Archive, RefusesBytesThatAreNoArchiveOrOnlyThePartOfOne) {
    const TempDir dir;
    write(dir / "in/a", random_bytes(100'000));
    const Secret packed = pack_directory(dir / "in");
    const std::string& bytes = packed.reveal();

    EXPECT_THROW(unpack_directory("", dir / "1"), Error);
    EXPECT_THROW(unpack_directory("not an archive", dir / "2"), Error);
    EXPECT_THROW(unpack_directory(std::string_view(bytes).substr(0, bytes.size() / 2), dir / "3"), Error);
}

TEST(Archive, UnpacksOnlyIntoAnEmptyDirectory) {
    const TempDir dir;
    write(dir / "in/a", "x");
    write(dir / "out/precious", "y");
    const Secret packed = pack_directory(dir / "in");

    EXPECT_THROW(unpack_directory(packed.reveal(), dir / "out"), Error);
    EXPECT_EQ(read_file(dir / "out/precious"), "y");
    EXPECT_FALSE(fs::exists(dir / "out/a"));
}

}  // namespace
}  // namespace desk
