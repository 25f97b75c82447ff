// Changing the desk's key: a new line first, `reseal`, and what is said of the old one.
#include <gtest/gtest.h>

#include "core/base/keyring.hpp"
#include "core/base/process.hpp"
#include "core/base/text.hpp"
#include "core/cloud/sealed_object.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/secrets.hpp"
#include "tests/support/given.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_db.hpp"

namespace desk {
namespace {

class Reseal : public ::testing::Test {
  protected:
    Reseal() { use_keys(old_line); }

    void use_keys(const std::string& lines) { replace_file(dir / "keys", lines, 0600); }
    Keyring keys() const { return Keyring::load(dir / "keys"); }
    Captured reseal() {
        SystemProcessRunner runner;
        return capture(runner, {.program = DESK_BINARY_DIR "/clusterdesk-worker",
                                .args = {"reseal"},
                                .env = {{"CLUSTERDESK_DATABASE_URL", db.url()},
                                        {"CLUSTERDESK_SECRETS_KEY_FILE", (dir / "keys").string()},
                                        {"CLUSTERDESK_STORE_ROOT", (dir / "store").string()}},
                                .timeout = 60s});
    }

    TestDb db;
    TempDir dir;
    const std::string old_line = Keyring::new_line("old").reveal(), new_line = Keyring::new_line("new").reveal();
};

TEST_F(Reseal, SecretsMoveToTheNewKeyAndSnapshotsSayThatTheyDidNot) {
    const UserId owner = given::person(db, {.username = "owner"});
    const ClusterId cluster = given::cluster(db, {.owner = owner});
    FileStore store(dir / "store");
    SecretId password;
    {
        auto tx = db.begin();
        const auto stored = put_sealed(store, keys(), "c/snapshot", Secret("install dir"));
        artifacts::add(tx, {.id = ArtifactId::make(),
                            .cluster_id = cluster,
                            .type = ArtifactType::INSTALL_DIR_SNAPSHOT,
                            .object_key = "c/snapshot",
                            .bytes = stored.bytes,
                            .sha256 = stored.sha256,
                            .file_name = "snapshot"});
        password = SealedSecrets(tx, keys()).put(cluster.str(), "kubeadmin-password", Secret("swordfish"));
        tx.commit();
    }
    use_keys(new_line + old_line);

    const auto said = reseal();

    EXPECT_TRUE(said.exit.ok()) << said.err;
    EXPECT_EQ(said.out,
              "1 secrets sealed again with key new\nkey old is still needed: it sealed 1 snapshots that are kept\n");
    use_keys(new_line);
    auto tx = db.begin();
    EXPECT_EQ(SealedSecrets(tx, keys()).get(password).reveal(), "swordfish");
}

TEST_F(Reseal, StopsWithoutAChangeWhenAKeyIsMissing) {
    {
        auto tx = db.begin();
        secrets::check_keys(tx, keys());
        tx.commit();
    }
    use_keys(new_line);

    const auto said = reseal();

    EXPECT_EQ(said.exit.code, 1);
    EXPECT_NE(said.err.find("does not belong to its database"), std::string::npos) << said.err;
}

}  // namespace
}  // namespace desk
