// The sealed store: values come back only with the right keys, and a row can't be passed off as another.
#include "core/store/secrets.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/store/store_id.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_db.hpp"

namespace desk {
namespace {

std::string line(const std::string& id, char fill) { return cat(id, ":", base64(std::string(32, fill)), "\n"); }
Keyring ring(const std::string& lines) { return Keyring::parse(Secret(lines)); }
const std::string kOld = line("old", 'a');
const std::string kNew = line("new", 'b');

class Secrets : public ::testing::Test {
  protected:
    SecretId put(const Keyring& keys, const std::string& owner, const std::string& value) {
        auto tx = db.begin();
        const auto id = SealedSecrets(tx, keys).put(owner, "kubeadmin-password", Secret(value));
        tx.commit();
        return id;
    }
    std::string get(const Keyring& keys, const SecretId& id) {
        auto tx = db.begin();
        return SealedSecrets(tx, keys).get(id).reveal();
    }
    Code refusal(const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            return error.code();
        }
        ADD_FAILURE() << "nothing was thrown";
        return Code::invalid;
    }
    int reseal(const Keyring& keys, int limit) {
        auto tx = db.begin();
        const int done = secrets::reseal(tx, keys, limit);
        tx.commit();
        return done;
    }

    TestDb db;
    const Keyring old_keys = ring(kOld);
};

TEST_F(Secrets, ComeBackByTheirId) {
    const auto id = put(old_keys, "clu_1", "swordfish");

    EXPECT_EQ(get(old_keys, id), "swordfish");
}

TEST_F(Secrets, AreNotReadableInTheDatabase) {
    put(old_keys, "clu_1", "swordfish");

    EXPECT_EQ(db.count("SELECT count(*) FROM secrets WHERE position('swordfish'::bytea in sealed) > 0"), 0);
    EXPECT_EQ(db.value("SELECT key_id FROM secrets"), "old");
}

TEST_F(Secrets, KeepTheirIdWhenTheyAreReplaced) {
    const auto id = put(old_keys, "clu_1", "swordfish");

    EXPECT_EQ(put(old_keys, "clu_1", "trout"), id);

    EXPECT_EQ(get(old_keys, id), "trout");
    EXPECT_EQ(db.value("SELECT count(*) || ' ' || max(version) FROM secrets"), "1 2");
}

TEST_F(Secrets, VanishWithTheTransactionThatWasNotCommitted) {
    {
        auto tx = db.begin();
        SealedSecrets(tx, old_keys).put("clu_1", "kubeadmin-password", Secret("swordfish"));
    }

    EXPECT_EQ(db.count("SELECT count(*) FROM secrets"), 0);
}

TEST_F(Secrets, AreGoneAfterRemove) {
    const auto id = put(old_keys, "clu_1", "swordfish");
    {
        auto tx = db.begin();
        SealedSecrets store(tx, old_keys);
        store.remove(id);
        store.remove(id);
        tx.commit();
    }

    EXPECT_EQ(refusal([&] { get(old_keys, id); }), Code::not_found);
}

TEST_F(Secrets, DoNotOpenWithAnotherKeyOfTheSameName) {
    const auto id = put(old_keys, "clu_1", "swordfish");

    EXPECT_EQ(refusal([&] { get(ring(line("old", 'z')), id); }), Code::internal);
    EXPECT_EQ(refusal([&] { get(ring(kNew), id); }), Code::internal);
}

TEST_F(Secrets, CantStandInForAnother) {
    // Every column that is bound to the value, changed by somebody who can write the table.
    for (const char* change :
         {"UPDATE secrets a SET sealed = b.sealed FROM secrets b WHERE a.owner = 'clu_1' AND b.owner = 'clu_2'",
          "UPDATE secrets SET owner = 'clu_3' WHERE owner = 'clu_1'",
          "UPDATE secrets SET purpose = 'other' WHERE owner = 'clu_1'",
          "UPDATE secrets SET version = 2 WHERE owner = 'clu_1'",
          "UPDATE secrets SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) WHERE owner = 'clu_1'"}) {
        db.owner().execute("DELETE FROM secrets");
        const auto id = put(old_keys, "clu_1", "swordfish");
        put(old_keys, "clu_2", "trout");

        db.owner().execute(change);

        EXPECT_EQ(refusal([&] { get(old_keys, id); }), Code::internal) << change;
    }
}

TEST_F(Secrets, CantBeSetBackToAnEarlierValue) {
    const auto id = put(old_keys, "clu_1", "swordfish");
    db.owner().execute("CREATE TABLE stolen AS SELECT sealed FROM secrets");
    put(old_keys, "clu_1", "trout");

    db.owner().execute("UPDATE secrets SET sealed = stolen.sealed FROM stolen");

    EXPECT_EQ(refusal([&] { get(old_keys, id); }), Code::internal);
}

TEST_F(Secrets, RotationResealsAllAndThenTheOldKeyIsNotNeeded) {
    std::vector<SecretId> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(put(old_keys, cat("clu_", i), cat("value ", i)));
    {
        auto tx = db.begin();
        secrets::check_keys(tx, old_keys);
        tx.commit();
    }
    const auto both = ring(kNew + kOld);

    EXPECT_EQ(reseal(both, 3), 3);
    EXPECT_EQ(reseal(both, 3), 2);
    EXPECT_EQ(reseal(both, 3), 0);

    const auto new_keys = ring(kNew);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(get(new_keys, ids[static_cast<std::size_t>(i)]), cat("value ", i));
    auto tx = db.begin();
    EXPECT_NO_THROW(secrets::check_keys(tx, new_keys));
    EXPECT_EQ(refusal([&] { secrets::check_keys(tx, old_keys); }), Code::internal);
}

TEST_F(Secrets, RotationStopsAtASecretThatNoKeyOpens) {
    put(ring(line("lost", 'c')), "clu_1", "swordfish");

    EXPECT_EQ(refusal([&] { reseal(ring(kNew + kOld), 10); }), Code::internal);
}

TEST_F(Secrets, KeysOfAnotherDeskAreRefusedAtTheStart) {
    {
        auto tx = db.begin();
        secrets::check_keys(tx, old_keys);
        secrets::check_keys(tx, old_keys);
        tx.commit();
    }

    auto tx = db.begin();
    EXPECT_NO_THROW(secrets::check_keys(tx, ring(kNew + kOld)));
    EXPECT_EQ(refusal([&] { secrets::check_keys(tx, ring(kNew)); }), Code::internal);
    EXPECT_EQ(refusal([&] { secrets::check_keys(tx, ring(line("old", 'z'))); }), Code::internal);
}

TEST_F(Secrets, ACanaryThatWasReplacedByRubbishIsRefused) {
    for (const char* rubbish : {"", "old", "old:", "old:AAAA", ":"}) {
        db.owner().execute(cat("INSERT INTO settings VALUES ('secrets_canary', '", rubbish,
                               "') ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
        auto tx = db.begin();
        EXPECT_EQ(refusal([&] { secrets::check_keys(tx, old_keys); }), Code::internal) << rubbish;
    }
}

TEST_F(Secrets, OfTwoProcessesThatStartFirstOneWritesTheCanary) {
    std::vector<std::string> outcomes(4, "not run");
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            threads.emplace_back([&, i] {
                const auto mine = ring(i % 2 == 0 ? kOld : kNew);
                try {
                    auto tx = db.begin();
                    secrets::check_keys(tx, mine);
                    tx.commit();
                    outcomes[i] = mine.first_id();
                } catch (const Error&) {
                    outcomes[i] = "refused";
                }
            });
    }

    const std::string winner = db.value("SELECT split_part(value, ':', 1) FROM settings WHERE name = 'secrets_canary'");
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        EXPECT_EQ(outcomes[i], (i % 2 == 0 ? "old" : "new") == winner ? winner : "refused");
}

TEST(StoreId, TiesADatabaseToItsFirstStore) {
    TestDb db;
    const TempDir dir;
    FileStore mine(dir / "mine"), other(dir / "other");
    auto tx = db.begin();
    ASSERT_TRUE(store_fault(tx, mine));

    const std::string id = bind_store(tx, mine);

    EXPECT_EQ(id, mine.id());
    EXPECT_EQ(store_fault(tx, mine), std::nullopt);
    EXPECT_NE(store_fault(tx, other).value_or("").find("no store.id"), std::string::npos);
    EXPECT_EQ(bind_store(tx, other), id) << "a second store does not take over";
    other.make_id();
    EXPECT_NE(store_fault(tx, other).value_or("").find("another store"), std::string::npos);
}

}  // namespace
}  // namespace desk
