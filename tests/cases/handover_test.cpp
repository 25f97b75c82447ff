// Platform none: what is handed over, on the pages and in the API, and that only that can be fetched.
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

class HandedOver : public ApiDesk {
  protected:
    HandedOver() {
        for (const char* name : {"bootstrap.ign", "master.ign", "worker.ign"}) ids[name] = store_file(name, "IGNITION");
    }
    /// Of the attempt that stored the kubeconfig.
    std::string store_file(const std::string& name, const std::string& type) {
        const auto id = ArtifactId::make();
        const std::string key = cat("clusters/", cluster, '/', name);
        db.owner().execute(
            cat("INSERT INTO cluster_artifacts (id, cluster_id, type, object_key, bytes, sha256, is_public, file_name) "
                "VALUES ('",
                id, "', '", cluster, "', '", type, "', '", key, "', 9, repeat('a', 64), true, '", name, "')"));
        store.put(key, "{\"x\": 1}\n", Visibility::public_);
        return id.str();
    }
    Answer page(const std::string& part) { return open(session, cat("/clusters/", cluster, part)); }
    Answer fetch_file(const std::string& id) {
        return submit(session, cat("/clusters/", cluster, "/outputs/links"), "file=" + id);
    }
    static bool holds(const Answer& answer, const std::string& text) {
        return answer.body.find(text) != std::string::npos;
    }

    const ClusterId cluster =
        given::cluster(db, {.name = "blue", .owner = people.requester, .platform = Platform::none});
    const given::Outputs outputs = given::outputs(db, cluster);
    std::map<std::string, std::string> ids;
    given::SignedIn session = given::session(db, people.requester);
};

TEST_F(HandedOver, IsWhatThePagesCallIt) {
    const auto shown = page(""), files = page("/outputs");

    EXPECT_TRUE(holds(shown, "Handed over, ")) << shown.body;
    EXPECT_FALSE(holds(shown, "URLs and kubeconfig"));
    EXPECT_TRUE(holds(shown, "Ignition files and kubeconfig"));
    EXPECT_TRUE(holds(files, "Handed over: the machines are yours"));
    for (const auto& [name, id] : ids) EXPECT_TRUE(holds(files, name) && holds(files, id)) << name;
}

TEST_F(HandedOver, IsNotSaidOfAClusterWhoseMachinesTheDeskMade) {
    db.owner().execute(
        "ALTER TABLE clusters DISABLE TRIGGER clusters_immutable; UPDATE clusters SET platform = 'demo'; "
        "ALTER TABLE clusters ENABLE TRIGGER clusters_immutable");

    EXPECT_FALSE(holds(page(""), "Handed over"));
    EXPECT_FALSE(holds(page("/outputs"), "Handed over"));
}

TEST_F(HandedOver, GivesEachFileByALinkOfItsOwn) {
    const auto sent = fetch_file(ids.at("bootstrap.ign"));

    ASSERT_EQ(sent.status, 303) << sent.body;
    const auto file = call("GET", sent.header("Location"), {});
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.header("X-Accel-Redirect"), cat("/_store/clusters/", cluster, "/bootstrap.ign"));
    EXPECT_NE(file.header("Content-Disposition").find("bootstrap"), std::string::npos);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'link.create'"), 1);
}

TEST_F(HandedOver, GivesNothingElseByTheIdOfAFile) {
    const auto log = store_file("install.log", "LOG");
    const auto other = given::cluster(db, {.owner = people.requester});
    const auto theirs = given::outputs(db, other);

    EXPECT_EQ(fetch_file(log).status, 404);
    EXPECT_EQ(fetch_file(theirs.kubeconfig.str()).status, 404);
    EXPECT_EQ(fetch_file("rubbish").status, 404);
    EXPECT_EQ(db.count("SELECT count(*) FROM downloads"), 0);
}

TEST_F(HandedOver, ListsTheFilesInTheApiWithLinksThatWork) {
    const Schemas schemas{get(people.admin, "/api/openapi.json").json};

    const auto answer = get(people.requester, cat("/api/v1/clusters/", cluster, "/outputs"));

    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Outputs", answer.json), "");
    ASSERT_EQ(answer.json.at("files").size(), 3U);
    for (const auto& file : answer.json.at("files")) {
        EXPECT_TRUE(ids.contains(file.at("name")));
        const auto fetched =
            call("GET", file.at("downloadUrl").get<std::string>().substr(config.web.public_url.size()), {});
        EXPECT_EQ(fetched.header("X-Accel-Redirect"),
                  cat("/_store/clusters/", cluster, '/', file.at("name").get<std::string>()));
    }
}

}  // namespace
}  // namespace desk
