// Adopting an orphan: the form, the API and what both refuse.
#include "core/store/adoption.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

class Adopting : public ApiDesk {
  protected:
    Adopting() {
        auto tx = db.begin();
        orphans::see(tx, {.provider = Platform::demo, .region = "demo-east-1"},
                     {.resource = {"demo-east-1", "vpc", "vpc-1", "blue-x7f2k-vpc"},
                      .infra_id = "blue-x7f2k",
                      .owner = "ada, team blue",
                      .is_ours = true});
        orphan = orphans::list(tx, {}).at(0).id.str();
        tx.commit();
    }
    /// It was made for this one, which was given up.
    ClusterId given_up() {
        const auto id = given::cluster(
            db,
            {.name = "blue", .owner = people.requester, .cost_center = "cc-old", .status = ClusterStatus::ABANDONED});
        db.owner().execute(cat("UPDATE orphans SET cluster_id = '", id, "'"));
        return id;
    }

    std::string path() const { return cat("/admin/orphans/", orphan, "/adopt"); }
    Answer form() { return open(session, path()); }
    Answer send(const std::string& fields) { return submit(session, path(), fields); }
    Answer page(const std::string& target) { return open(session, target); }
    Answer ask(const Json& body) { return post(people.admin, cat("/api/v1/orphans/", orphan, "/adopt"), body); }
    static Json home() {
        return {{"owner", "requester"},
                {"team", "demo"},
                {"profile", "demo-small"},
                {"costCenter", "cc-7"},
                {"ttlHours", 5}};
    }
    static bool holds(const Answer& answer, const std::string& text) {
        return answer.body.find(text) != std::string::npos;
    }

    const Schemas schemas{get(people.admin, "/api/openapi.json").json};
    given::SignedIn session = given::session(db, people.admin);
    std::string orphan;
};

TEST_F(Adopting, IsOfferedWhereTheDeskMayAct) {
    EXPECT_TRUE(holds(page("/admin/orphans"), path()));

    db.owner().execute("UPDATE orphans SET is_ours = false");

    EXPECT_FALSE(holds(page("/admin/orphans"), path()));
    const auto refused = form();
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(holds(refused, "carries its tags")) << refused.body;
}

TEST_F(Adopting, AsksForWhatNobodyKnows) {
    const auto shown = form();

    EXPECT_EQ(shown.status, 200) << shown.body;
    EXPECT_TRUE(holds(shown, "Adopt blue"));
    EXPECT_TRUE(holds(shown, "ada, team blue"));
    for (const char* field : {"owner", "team", "profile", "costCenter", "ttlHours", "baseDomain", "version"})
        EXPECT_TRUE(holds(shown, cat("name=\"", field, '"'))) << field;
    EXPECT_TRUE(holds(shown, "demo-small, $1.50 an hour, at most 72 h"));
}

TEST_F(Adopting, BeginsWithWhatTheClusterThatEndedHad) {
    const auto old = given_up();

    const auto shown = form();

    EXPECT_TRUE(holds(shown, cat("/clusters/", old)));
    EXPECT_TRUE(holds(shown, "value=\"cc-old\""));
    EXPECT_TRUE(holds(shown, "value=\"requester\""));
    EXPECT_FALSE(holds(shown, "name=\"version\"")) << "nobody chooses it";
}

TEST_F(Adopting, MakesAClusterThatIsShownAndCounted) {
    const auto sent = send("owner=requester&team=demo&profile=demo-small&costCenter=cc-7&ttlHours=5");

    ASSERT_EQ(sent.status, 303) << sent.body;
    const std::string cluster = db.value("SELECT id FROM clusters");
    EXPECT_NE(sent.header("Location").find("/clusters/" + cluster), std::string::npos);
    const auto shown = page("/clusters/" + cluster);
    EXPECT_TRUE(holds(shown, "Adopted, ")) << shown.body;
    EXPECT_TRUE(holds(shown, "no kubeconfig"));
    EXPECT_TRUE(holds(shown, "$1.50 an hour now"));
    EXPECT_TRUE(holds(shown, "Destroy this cluster"));
    EXPECT_TRUE(holds(page("/clusters/" + cluster + "/outputs"), "no credentials for what was adopted"));
    const auto closed = page("/admin/orphans?state=CLOSED");
    EXPECT_TRUE(holds(closed, "Adopted as cluster blue of team demo."));
    EXPECT_TRUE(holds(closed, "/clusters/" + cluster));
}

TEST_F(Adopting, TellsEveryFaultAtOnceAndKeepsWhatWasTyped) {
    const auto refused = send("owner=ada&team=demo&profile=&costCenter=%21&ttlHours=many&baseDomain=-&version=4");

    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(holds(refused, "It was not adopted"));
    for (const char* said :
         {"Choose a profile.", "There is no such member of team demo", "Use 1 to", "Use a full version such as 4.20.3"})
        EXPECT_TRUE(holds(refused, said)) << said << '\n' << refused.body;
    for (const char* field : {"owner", "profile", "costCenter", "ttlHours", "baseDomain", "version"})
        EXPECT_TRUE(holds(refused, cat("href=\"#", field, '"'))) << field;
    for (const char* typed : {"value=\"ada\"", "value=\"!\"", "value=\"many\"", "value=\"-\"", "value=\"4\""})
        EXPECT_TRUE(holds(refused, typed)) << typed;
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
}

TEST_F(Adopting, IsToldToTheNewOwner) {
    ASSERT_EQ(ask(home()).status, 201);

    const auto shown = open(given::session(db, people.requester), "/notices");

    EXPECT_TRUE(holds(shown, "blue is yours now")) << shown.body;
    EXPECT_TRUE(holds(shown, "admin adopted the cluster for you"));
    const auto listed = get(people.requester, "/api/v1/notices").json;
    EXPECT_EQ(schemas.faults("NoticeList", listed), "");
    EXPECT_EQ(listed.at("notices").at(0).at("kind"), "ADOPTED");
}

TEST_F(Adopting, ByTheApiIsTheSameOnce) {
    const auto adopted = post(people.admin, cat("/api/v1/orphans/", orphan, "/adopt"), home().dump(), "once");
    const auto again = post(people.admin, cat("/api/v1/orphans/", orphan, "/adopt"), home().dump(), "once");

    EXPECT_EQ(adopted.status, 201) << adopted.body;
    EXPECT_EQ(schemas.faults("Adoption", adopted.json), "");
    EXPECT_EQ(adopted.json.at("status"), "ADOPTED");
    EXPECT_EQ(adopted.header("Location"), cat("/api/v1/clusters/", adopted.json.at("clusterId").get<std::string>()));
    EXPECT_EQ(again.body, adopted.body);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    const auto closed = get(people.auditor, cat("/api/v1/orphans/", orphan));
    EXPECT_EQ(schemas.faults("Orphan", closed.json), "");
    EXPECT_EQ(closed.json.at("adoptedAs"), adopted.json.at("clusterId"));
    const auto cluster = get(people.requester, adopted.header("Location"));
    EXPECT_EQ(schemas.faults("ClusterDetail", cluster.json), "");
    EXPECT_EQ(cluster.json.at("owner"), "requester");
    EXPECT_EQ(get(people.requester, adopted.header("Location") + "/outputs").status, 409);
    EXPECT_EQ(ask(home()).status, 409) << "it is closed";
}

TEST_F(Adopting, ByTheApiNamesEveryFaultByItsField) {
    const auto refused = ask({{"owner", ""},
                              {"team", "no-such-team"},
                              {"profile", "no-such-profile"},
                              {"costCenter", ""},
                              {"ttlHours", 0},
                              {"version", "4"},
                              {"colour", "red"}});

    EXPECT_EQ(refused.status, 422);
    for (const char* field : {"team", "profile", "costCenter", "ttlHours", "version", "colour"})
        EXPECT_TRUE(refused.errors().contains(field)) << field << ' ' << refused.body;
}

TEST_F(Adopting, IsForAdministratorsAndForWhatIsThere) {
    EXPECT_EQ(post(people.auditor, cat("/api/v1/orphans/", orphan, "/adopt"), home()).status, 403);
    EXPECT_EQ(post(people.teamlead, cat("/api/v1/orphans/", orphan, "/adopt"), home()).status, 403);
    EXPECT_EQ(post(people.admin, cat("/api/v1/orphans/", OrphanId::make(), "/adopt"), home()).status, 404);
    db.owner().execute("UPDATE orphans SET is_ours = false");
    EXPECT_EQ(ask(home()).status, 409);
}

}  // namespace
}  // namespace desk
