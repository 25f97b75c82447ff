// What breaks for one of several chosen clusters is told for that one, and the others go on.
#include <sstream>

#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class BulkAction : public ApiDesk {
  protected:
    ClusterId requested(const std::string& name) {
        const auto id =
            given::cluster(db, {.name = name, .owner = people.requester, .status = ClusterStatus::REQUESTED});
        given::request(db, {.cluster = id, .requester = people.requester});
        return id;
    }
    /// Whatever is written to it fails inside the database.
    void break_inside(const ClusterId& id) {
        db.owner().execute(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$");
        db.owner().execute(cat("CREATE TRIGGER broken BEFORE UPDATE ON clusters FOR EACH ROW WHEN (OLD.id = '", id,
                               "') EXECUTE FUNCTION broken()"));
    }
    std::string status(const ClusterId& id) {
        return db.value(cat("SELECT status FROM clusters WHERE id = '", id, "'"));
    }
};

TEST_F(BulkAction, GoesOnBehindOneThatBreaks) {
    const auto blue = requested("blue"), green = requested("green");
    break_inside(blue);

    const auto answer = submit(given::session(db, people.requester), "/clusters/bulk/destroy",
                               cat("confirm=destroy&seen=", blue, ".REQUESTED.0&seen=", green, ".REQUESTED.0"));

    EXPECT_EQ(answer.status, 200);
    expect_in(answer.body, "1 of 2 clusters");
    expect_in(answer.body, "Something went wrong inside the desk.");
    expect_in(answer.body, "The request was withdrawn.");
    expect_not_in(answer.body, "sqlstate");
    EXPECT_EQ(status(blue), "REQUESTED");
    EXPECT_EQ(status(green), "WITHDRAWN");
}

TEST_F(BulkAction, LogsWhatWentWrongWithItsClusterAndItsPlaceInTheSource) {
    const auto blue = requested("blue");
    break_inside(blue);
    testing::internal::CaptureStderr();

    submit(given::session(db, people.requester), "/clusters/bulk/destroy",
           cat("confirm=destroy&seen=", blue, ".REQUESTED.0"));

    std::istringstream log(testing::internal::GetCapturedStderr());
    Json failure;
    for (std::string line; std::getline(log, line);)
        if (auto each = Json::parse(line); each.at("event") == "request_failed") failure = std::move(each);
    ASSERT_FALSE(failure.is_null());
    EXPECT_EQ(failure.at("cluster"), blue.str());
    EXPECT_EQ(failure.at("code"), "INTERNAL");
    EXPECT_NE(failure.at("at").get<std::string>().find(".cpp:"), std::string::npos);
}

}  // namespace
}  // namespace desk
