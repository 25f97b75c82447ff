// The page of orphans: closed with a note, ignored for good, destroyed once the infraID is typed.
#include "core/store/orphan_sweeps.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class OrphanPage : public ApiDesk {
  protected:
    OrphanPage() {
        auto tx = db.begin();
        orphans::see(tx, {.provider = Platform::demo, .region = "demo-east-1"},
                     {.resource = {"demo-east-1", "vpc", "vpc-1", "blue-x7f2k-vpc"},
                      .infra_id = "blue-x7f2k",
                      .owner = "ada, team blue",
                      .is_ours = true,
                      .hourly = Money{45'000}});
        orphan = orphans::list(tx, {}).at(0).id.str();
        tx.commit();
    }

    Answer send(const std::string& verb, const std::string& fields) {
        return submit(session, cat("/admin/orphans/", orphan, '/', verb), fields);
    }
    Answer page(const std::string& query = {}) { return open(session, "/admin/orphans" + query); }
    static bool holds(const Answer& answer, const std::string& text) {
        return answer.body.find(text) != std::string::npos;
    }

    given::SignedIn session = given::session(db, people.admin);
    std::string orphan;
};

TEST_F(OrphanPage, ShowsOwnerAndCostAsGuesses) {
    const auto shown = page();

    EXPECT_TRUE(holds(shown, "perhaps of ada, team blue")) << shown.body;
    EXPECT_TRUE(holds(shown, "$0.05 an hour"));
    EXPECT_TRUE(holds(shown, "Type blue-x7f2k"));
}

TEST_F(OrphanPage, IgnoresWithAReason) {
    EXPECT_EQ(send("close", "ignore=yes&note=").status, 422);
    EXPECT_EQ(send("close", "ignore=yes&note=The+office+keeps+it").status, 303);

    const auto shown = page("?state=CLOSED");
    EXPECT_TRUE(holds(shown, "Ignored"));
    EXPECT_TRUE(holds(shown, "The office keeps it"));
}

TEST_F(OrphanPage, DestroysOnceTheInfraIdIsTyped) {
    const auto refused = send("destroy", "infra=blue");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(holds(refused, "Nothing was destroyed"));
    EXPECT_EQ(db.count("SELECT count(*) FROM jobs"), 0);

    EXPECT_EQ(send("destroy", "infra=blue-x7f2k").status, 303);

    EXPECT_EQ(db.value("SELECT subject || ' ' || (params->>'destroy') FROM jobs"), "sweep:demo:demo-east-1 blue-x7f2k");
}

TEST_F(OrphanPage, OffersNoDestroyOfWhatNoDeskMade) {
    db.owner().execute("UPDATE orphans SET is_ours = false");

    EXPECT_FALSE(holds(page(), "Destroy all of it"));
    EXPECT_EQ(send("destroy", "infra=blue-x7f2k").status, 409);
}

}  // namespace
}  // namespace desk
