// Secrets whose values are kept outside: rows say where, and nothing gets lost between the two.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/store/secrets.hpp"
#include "tests/support/test_db.hpp"

namespace desk {
namespace {

using testing::HasSubstr;

/// One that keeps versions, as both of the real ones do.
class FakeVault : public SecretVault {
  public:
    std::string_view kind() const override { return kind_name; }
    std::string put(const std::string& name, const Secret& value, const std::string& token) override {
        auto& all = versions[name];
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].first == token) return cat(i);
        all.emplace_back(token, value.reveal());
        return cat(all.size() - 1);
    }
    Secret get(const std::string& name, const std::string& version) override {
        return Secret(versions.at(name).at(std::stoul(version)).second);
    }
    void remove(const std::string& name) override { versions.erase(name); }

    std::string kind_name = "vault";
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> versions = {};
};

class SecretsOutside : public testing::Test {
  protected:
    SecretId put(const std::string& value, SecretVault* to, bool commit = true) {
        auto tx = db.begin();
        const auto id = SealedSecrets(tx, keys, to).put("clu_1", "kubeadmin-password", Secret(value));
        if (commit) tx.commit();
        return id;
    }
    std::string get(const SecretId& id, SecretVault* from) {
        auto tx = db.begin();
        return SealedSecrets(tx, keys, from).get(id).reveal();
    }

    TestDb db;
    const Keyring keys = Keyring::parse(Secret("k1:" + base64(std::string(32, 'a'))));
    FakeVault vault;
    const std::string name = "clu_1/kubeadmin-password";
};

TEST_F(SecretsOutside, AreInTheVaultAndNotInTheRow) {
    const auto id = put("swordfish", &vault);

    EXPECT_EQ(get(id, &vault), "swordfish");
    ASSERT_EQ(vault.versions.at(name).size(), 1U);
    EXPECT_EQ(vault.versions.at(name)[0].second, "swordfish");
    vault.versions.at(name)[0].second = "changed there";
    EXPECT_EQ(get(id, &vault), "changed there") << "the row holds no copy";
}

TEST_F(SecretsOutside, KeepTheirIdWhenTheyAreReplaced) {
    const auto id = put("swordfish", &vault);

    EXPECT_EQ(put("trout", &vault), id);

    EXPECT_EQ(get(id, &vault), "trout");
}

TEST_F(SecretsOutside, AreOnesBeforeWhenTheirTransactionIsNotCommitted) {
    const auto id = put("swordfish", &vault);

    put("trout", &vault, false);
    EXPECT_EQ(get(id, &vault), "swordfish");

    put("trout", &vault);
    EXPECT_EQ(get(id, &vault), "trout");
    EXPECT_EQ(vault.versions.at(name).size(), 2U) << "done again, the put found what it had made";
}

TEST_F(SecretsOutside, LeaveThoseOfBeforeReadable) {
    const auto id = put("swordfish", nullptr);
    EXPECT_EQ(get(id, &vault), "swordfish");

    EXPECT_EQ(put("trout", &vault), id);

    EXPECT_EQ(get(id, &vault), "trout");
}

TEST_F(SecretsOutside, SayWhereTheyAreWhenTheSettingsNameAnotherPlace) {
    const auto id = put("swordfish", &vault);
    FakeVault other;
    other.kind_name = "aws";

    for (SecretVault* wrong : {static_cast<SecretVault*>(&other), static_cast<SecretVault*>(nullptr)}) {
        try {
            get(id, wrong);
            ADD_FAILURE() << "it was read";
        } catch (const Error& error) {
            EXPECT_THAT(error.for_log(), HasSubstr("is kept in vault; set secrets.kind to vault"));
        }
    }
}

TEST_F(SecretsOutside, CantBeFakedByAValueThatLooksLikeAPlace) {
    const auto id = put("vault\nclu_2/kubeadmin-password\n0", nullptr);
    vault.put("clu_2/kubeadmin-password", Secret("of another"), "t");

    EXPECT_EQ(get(id, &vault), "vault\nclu_2/kubeadmin-password\n0");
}

TEST_F(SecretsOutside, StayReadableWhenTheKeysAreChanged) {
    const auto id = put("swordfish", &vault);
    const auto both =
        Keyring::parse(Secret(cat("k2:", base64(std::string(32, 'b')), "\nk1:", base64(std::string(32, 'a')))));
    {
        auto tx = db.begin();
        EXPECT_EQ(secrets::reseal(tx, both, 10), 1);
        tx.commit();
    }

    auto tx = db.begin();
    const auto only_new = Keyring::parse(Secret("k2:" + base64(std::string(32, 'b'))));
    EXPECT_EQ(SealedSecrets(tx, only_new, &vault).get(id).reveal(), "swordfish");
}

TEST_F(SecretsOutside, AreGoneInBothPlacesAfterRemove) {
    const auto id = put("swordfish", &vault);
    {
        auto tx = db.begin();
        SealedSecrets(tx, keys, &vault).remove(id);
        tx.commit();
    }

    EXPECT_TRUE(vault.versions.empty());
    EXPECT_EQ(db.count("SELECT count(*) FROM secrets"), 0);
}

}  // namespace
}  // namespace desk
