// The file store: modes that let nginx read what is public and nobody what is not, and sealed objects in it.
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/object_store.hpp"
#include "core/cloud/sealed_object.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {
namespace {

constexpr auto kPublic = Visibility::public_;
constexpr auto kPrivate = Visibility::private_;

Keyring ring(char fill, const std::string& id = "k1") {
    return Keyring::parse(Secret(cat(id, ":", base64(std::string(32, fill)))));
}

Code code_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    ADD_FAILURE() << "nothing was thrown";
    return Code::invalid;
}

TEST(FileStore, KeepsWhatItIsGivenAndTellsItsHash) {
    const TempDir dir;
    FileStore store(dir / "store");
    const std::string bytes = random_bytes(100'000);

    const auto stored = store.put("clusters/c1/log", bytes, kPublic);

    EXPECT_EQ(stored.bytes, 100'000);
    EXPECT_EQ(stored.sha256, sha256_hex(bytes));
    EXPECT_EQ(store.get("clusters/c1/log", kPublic), bytes);
    EXPECT_EQ(FileStore(dir / "store").get("clusters/c1/log", kPublic), bytes);
}

TEST(FileStore, GivesPublicObjectsToItsGroupAndPrivateOnesToNobody) {
    const TempDir dir;
    FileStore store(dir / "store");

    store.put("a/b/c", "x", kPublic);
    store.put("a/b/c", "y", kPrivate);

    EXPECT_EQ(dir.mode("store/public"), 0750U);
    EXPECT_EQ(dir.mode("store/public/a"), 0750U);
    EXPECT_EQ(dir.mode("store/public/a/b"), 0750U);
    EXPECT_EQ(dir.mode("store/public/a/b/c"), 0640U);
    EXPECT_EQ(dir.mode("store/private"), 0700U);
    EXPECT_EQ(dir.mode("store/private/a"), 0700U);
    EXPECT_EQ(dir.mode("store/private/a/b/c"), 0600U);
    EXPECT_EQ(store.get("a/b/c", kPrivate), "y");
}

TEST(FileStore, LeavesTheModesOfItsRootsToTheOperator) {
    const TempDir dir;
    FileStore(dir / "store");
    ::chmod((dir / "store/public").c_str(), 02750);

    FileStore(dir / "store");

    EXPECT_EQ(dir.mode("store/public"), 02750U);
}

TEST(FileStore, ReplacesWithoutATrace) {
    const TempDir dir;
    FileStore store(dir / "store");
    store.put("a/b", "first and longer", kPublic);

    store.put("a/b", "second", kPublic);

    EXPECT_EQ(store.get("a/b", kPublic), "second");
    EXPECT_EQ(std::distance(fs::directory_iterator(dir / "store/public/a"), {}), 1);
}

TEST(FileStore, SaysWhatIsNotThere) {
    const TempDir dir;
    FileStore store(dir / "store");
    store.put("a/b", "x", kPublic);

    EXPECT_FALSE(store.exists("a/b", kPrivate));
    EXPECT_FALSE(store.exists("a", kPublic));
    EXPECT_EQ(code_of([&] { store.get("a/b", kPrivate); }), Code::not_found);

    store.remove("a/b", kPublic);
    store.remove("a/b", kPublic);

    EXPECT_FALSE(store.exists("a/b", kPublic));
}

TEST(FileStore, RefusesKeysThatLeadOut) {
    const TempDir dir;
    FileStore store(dir / "store");

    EXPECT_EQ(code_of([&] { store.put("../outside", "x", kPublic); }), Code::internal);
    EXPECT_EQ(code_of([&] { store.get("../private/a", kPublic); }), Code::internal);
    EXPECT_FALSE(fs::exists(dir / "store/outside"));
}

TEST(FileStore, FailsWhenTheDiskDoes) {
    const TempDir dir;
    FileStore store(dir / "store");
    replace_file(dir / "store/public/a", "a file where a folder should be", 0600);

    EXPECT_EQ(code_of([&] { store.put("a/b", "x", kPublic); }), Code::internal);
}

TEST(FileStore, HasOneIdWhoeverAsksFirst) {
    const TempDir dir;
    FileStore store(dir / "store");
    ASSERT_EQ(store.id(), "");
    std::vector<std::string> ids(8);
    {
        std::vector<std::jthread> threads;
        for (auto& id : ids) threads.emplace_back([&] { id = FileStore(dir / "store").make_id(); });
    }

    for (const auto& id : ids) EXPECT_EQ(id, store.id());
    EXPECT_EQ(store.id().size(), 26U);
}

TEST(SealedObject, ComesBackAndCantBeReadOnTheDisk) {
    const TempDir dir;
    FileStore store(dir / "store");

    const auto stored = put_sealed(store, ring('a'), "c1/snapshot", Secret("kubeadmin is swordfish"));

    const std::string on_disk = store.get("c1/snapshot", kPrivate);
    EXPECT_EQ(stored.sha256, sha256_hex(on_disk));
    EXPECT_EQ(on_disk.find("swordfish"), std::string::npos);
    EXPECT_FALSE(store.exists("c1/snapshot", kPublic));
    EXPECT_EQ(get_sealed(store, ring('a'), "c1/snapshot").reveal(), "kubeadmin is swordfish");
}

TEST(SealedObject, OpensWithAnOlderKeyOfTheRing) {
    const TempDir dir;
    FileStore store(dir / "store");
    put_sealed(store, ring('a', "old"), "c1/snapshot", Secret("x"));
    const auto rotated =
        Keyring::parse(Secret(cat("new:", base64(std::string(32, 'b')), "\nold:", base64(std::string(32, 'a')), "\n")));

    EXPECT_EQ(get_sealed(store, rotated, "c1/snapshot").reveal(), "x");
}

TEST(SealedObject, SaysWhichKeySealedIt) {
    const TempDir dir;
    FileStore store(dir / "store");
    put_sealed(store, ring('a', "old"), "c1/snapshot", Secret("x"));
    store.put("c1/other", "not sealed", kPrivate);

    EXPECT_EQ(sealing_key_of(store, "c1/snapshot"), "old");
    EXPECT_EQ(sealing_key_of(store, "c1/other"), "");
}

TEST(SealedObject, CantStandInForAnotherOne) {
    const TempDir dir;
    FileStore store(dir / "store");
    put_sealed(store, ring('a'), "c1/snapshot", Secret("of c1"));
    fs::create_directories(dir / "store/private/c2");
    fs::copy(dir / "store/private/c1/snapshot", dir / "store/private/c2/snapshot");

    EXPECT_EQ(code_of([&] { get_sealed(store, ring('a'), "c2/snapshot"); }), Code::internal);
}

TEST(SealedObject, IsRefusedWhenItWasChangedCutOrSealedByAnotherDesk) {
    const TempDir dir;
    FileStore store(dir / "store");
    put_sealed(store, ring('a'), "c1/snapshot", Secret("x"));
    const std::string sealed = store.get("c1/snapshot", kPrivate);

    EXPECT_EQ(code_of([&] { get_sealed(store, ring('b'), "c1/snapshot"); }), Code::internal);
    for (std::size_t cut = 0; cut < sealed.size(); ++cut) {
        store.put("c1/snapshot", sealed.substr(0, cut), kPrivate);
        EXPECT_EQ(code_of([&] { get_sealed(store, ring('a'), "c1/snapshot"); }), Code::internal) << cut;
    }
    EXPECT_EQ(code_of([&] { get_sealed(store, ring('a'), "c1/missing"); }), Code::not_found);
}

}  // namespace
}  // namespace desk
