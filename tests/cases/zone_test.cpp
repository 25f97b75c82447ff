// The hosted zone that terraform made for a cluster goes with it only when its name is typed, on the page and in the
// API.
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class ZoneForm : public ApiDesk {
  protected:
    ZoneForm() {
        db.owner().execute(cat("INSERT INTO prereqs (cluster_id, state_key, variables) VALUES ('", cluster,
                               R"(', 'state', '{"hosted_zone_id": "", "base_domain": "labs.invalid"}'))"));
    }
    Answer ask(const Json& body) { return post(people.requester, cat("/api/v1/clusters/", cluster, "/destroy"), body); }
    Answer page() { return open(session, "/clusters/" + cluster.str()); }
    Answer send(const std::string& fields) { return submit(session, cat("/clusters/", cluster, "/destroy"), fields); }
    static bool holds(const Answer& answer, const std::string& text) {
        return answer.body.find(text) != std::string::npos;
    }
    /// What the destroy may delete beside the cluster, and whether there is one.
    std::string decided() {
        return db.value(
            "SELECT coalesce(delete_zone, 'stays') || ' ' || (SELECT count(*) FROM jobs) || ' ' || "
            "(SELECT count(*) FROM audit_events WHERE action = 'cluster.delete_zone') FROM prereqs");
    }

    const ClusterId cluster =
        given::cluster(db, {.name = "blue", .owner = people.requester, .base_domain = "labs.invalid"});
    given::SignedIn session = given::session(db, people.requester);
};

TEST_F(ZoneForm, StaysWhenNobodyTypesItsName) {
    EXPECT_EQ(ask({{"reason", "done"}}).status, 202);

    EXPECT_EQ(decided(), "stays 1 0");
}

TEST_F(ZoneForm, GoesByTheApiWhenItsNameIsGiven) {
    const auto refused = ask({{"deleteZone", "labs.invalid."}});

    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.errors().at("deleteZone").find("Type labs.invalid"), std::string::npos);
    EXPECT_EQ(decided(), "stays 0 0") << "and nothing is destroyed";

    EXPECT_EQ(ask({{"deleteZone", "labs.invalid"}}).status, 202);

    EXPECT_EQ(decided(), "labs.invalid 1 1");
}

TEST_F(ZoneForm, IsRefusedByTheApiWhereThereIsNoneAndWhileOthersStandInIt) {
    given::cluster(db, {.name = "green", .owner = people.requester, .base_domain = "labs.invalid"});
    EXPECT_NE(ask({{"deleteZone", "labs.invalid"}}).errors().at("deleteZone").find("green"), std::string::npos);
    EXPECT_EQ(decided(), "stays 0 0");

    db.owner().execute(
        "UPDATE prereqs SET variables = '{\"hosted_zone_id\": \"Z1\", \"base_domain\": \"labs.invalid\"}'");

    EXPECT_NE(ask({{"deleteZone", "labs.invalid"}}).errors().at("deleteZone").find("No hosted zone was made"),
              std::string::npos);
    EXPECT_EQ(decided(), "stays 0 0");
}

TEST_F(ZoneForm, IsOfferedOnThePageOnlyWhereItWasMade) {
    EXPECT_TRUE(holds(page(), "name=\"delete_zone\""));
    EXPECT_TRUE(holds(page(), "<strong>labs.invalid</strong>"));

    db.owner().execute("DELETE FROM prereqs");

    EXPECT_FALSE(holds(page(), "delete_zone"));
}

TEST_F(ZoneForm, GoesFromThePageWhenBothNamesAreTyped) {
    const auto another = send("confirm=blue&delete_zone=labs");
    EXPECT_EQ(another.status, 422);
    EXPECT_TRUE(holds(another, "Nothing was destroyed"));
    EXPECT_TRUE(holds(another, "href=\"#delete_zone\""));
    EXPECT_TRUE(holds(another, "Type labs.invalid to have the zone deleted, or leave it empty."));
    EXPECT_TRUE(holds(another, "value=\"labs\"")) << "what was typed stays";
    const auto unconfirmed = send("confirm=blau&delete_zone=labs.invalid");
    EXPECT_EQ(unconfirmed.status, 422);
    EXPECT_TRUE(holds(unconfirmed, "value=\"labs.invalid\"")) << "what was typed stays";
    EXPECT_EQ(decided(), "stays 0 0");

    EXPECT_EQ(send("confirm=blue&delete_zone=labs.invalid").status, 303);

    EXPECT_EQ(decided(), "labs.invalid 1 1");
}

}  // namespace
}  // namespace desk
