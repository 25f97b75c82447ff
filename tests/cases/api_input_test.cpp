// What the API says to input that is wrong: every field by its name, and never an effect.
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class ApiInput : public ApiDesk {
  protected:
    Answer send(const std::string& body, const std::string& type = "application/json") {
        auto headers = by(people.requester);
        headers["HTTP_IDEMPOTENCY_KEY"] = cat("key-", ++keys_used);
        if (!type.empty()) headers["CONTENT_TYPE"] = type;
        return call("POST", "/api/v1/clusters", headers, body);
    }
    void expect_no_effect() {
        EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
        EXPECT_EQ(db.count("SELECT count(*) FROM idempotency_keys"), 0);
        EXPECT_EQ(db.count("SELECT count(*) FROM audit_events"), 0);
    }
};

TEST_F(ApiInput, EachFieldOfAnOrderIsRefusedByItsName) {
    struct Case {
        const char* field;
        std::vector<Json> values;
    };
    const std::string long_text(100'000, 'x');
    const std::vector<Case> cases = {
        {"name",
         {nullptr,
          "",
          7,
          true,
          Json::array(),
          Json::object(),
          "a",
          "1blue",
          "Blue",
          "blue_1",
          "-blue",
          "blue-",
          std::string(55, 'a'),
          "bl\u00fce",
          "blue\n",
          Json::parse(R"("blue\u0000x")"),
          "../blue",
          "a b",
          long_text,
          "'; DROP TABLE clusters; --"}},
        {"platform", {nullptr, "", 7, "aws", "DEMO", "demo ", long_text, Json::array({"demo"})}},
        {"version", {nullptr, "", 4.20, "4.20", "4.20.9", "latest", "4.20.1\n", long_text}},
        {"profile", {nullptr, "", 1, "demo-large", "../demo-small", long_text, "demo-small\u202e"}},
        {"region", {nullptr, "", false, "demo-north-1", "us-east-1", long_text}},
        {"baseDomain", {nullptr, "", 7, "example.org", "demo.invalid.", "DEMO.INVALID", long_text}},
        {"team", {nullptr, "", 7, "other", "nosuchteam", "demo\t", long_text}},
        {"costCenter", {nullptr, "", 7, "x", "a b", "cc/1", std::string(65, 'c'), long_text}},
        {"ttlHours",
         {nullptr, 0, -1, 73, 721, 1.5, "8", true, 1e9, 99999999999999, 18446744073709551615U, Json::array({8})}},
        {"sshPublicKey", {7, "ssh-rsa", "not a key", "ssh-ed25519 AAAA", "ssh-ed25519 !!!!", long_text}},
        {"extraTags",
         {7,
          "a=b",
          Json::array(),
          {{"Owner", "me"}},
          {{"owner", "me"}},
          {{"a", 1}},
          {{"a", nullptr}},
          {{"", "x"}},
          {{"a\n", "x"}},
          {{"a", long_text}}}},
        {"offhoursOptIn", {7, "true", "yes", Json::object()}},
        {"owner", {7, true, "stranger", "nosuchuser", long_text}},
        {"reason", {7, "a\u0007bell", long_text}},
        {"failure", {7, "none", "EXPLODE", Json::object()}},
    };
    for (const auto& [field, values] : cases) {
        db.owner().execute("DELETE FROM api_calls");  // more calls than a minute allows
        for (const auto& value : values) {
            auto wanted = order("blue");
            wanted[field] = value;

            const auto answer = send(wanted.dump());

            const std::string shown = cat(field, " = ", value.dump().substr(0, 60), ": ", answer.body.substr(0, 300));
            EXPECT_EQ(answer.status, 422) << shown;
            EXPECT_EQ(answer.json.value("code", ""), "VALIDATION_ERROR") << shown;
            EXPECT_EQ(answer.errors().count(field), 1U) << shown;
            EXPECT_LT(answer.body.size(), 4'000U) << "a long value does not come back";
        }
    }
    expect_no_effect();
}

TEST_F(ApiInput, EveryRequiredFieldThatIsMissingIsNamedAtOnce) {
    const auto answer = send("{}");

    const auto errors = answer.errors();
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(errors.count("profile"), 1U) << answer.body;

    const auto rest = send(R"({"profile": "demo-small"})").errors();
    for (const char* field : {"name", "platform", "version", "region", "baseDomain", "team", "costCenter", "ttlHours"})
        EXPECT_EQ(rest.count(field), 1U) << field;
    expect_no_effect();
}

TEST_F(ApiInput, AllWrongFieldsAreToldTogether) {
    auto wanted = order("Blue");
    wanted["ttlHours"] = 0;
    wanted["region"] = "nowhere";

    const auto errors = send(wanted.dump()).errors();

    EXPECT_EQ(errors.size(), 3U);
    EXPECT_EQ(errors.count("name") + errors.count("ttlHours") + errors.count("region"), 3U);
}

TEST_F(ApiInput, AFieldThatIsNotKnownIsRefusedWithTheNearest) {
    auto wanted = order("blue");
    wanted["ttlhours"] = 8;
    wanted["colour"] = "red";

    const auto errors = send(wanted.dump()).errors();

    EXPECT_NE(errors.at("ttlhours").find("ttlHours"), std::string::npos);
    EXPECT_EQ(errors.count("colour"), 1U);
    expect_no_effect();
}

TEST_F(ApiInput, ABodyThatIsNoJsonObjectIsMalformed) {
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "{\"a\":";
    const std::string good = order("blue").dump();
    for (const std::string& body :
         {std::string("{"), std::string("[]"), std::string("null"), std::string("\"text\""), std::string("8"),
          std::string("{'a': 1}"), std::string("{\"a\": 1,}"), good + "x", good + good, deep,
          std::string("{\"a\": NaN}"), std::string("{\"name\": \"a\", \"name\": \"b\"}"), std::string("\xff\xfe{}"),
          std::string("{\"a\": \"\xff\"}"), std::string(), good.substr(0, good.size() - 1)}) {
        const auto answer = send(body);

        EXPECT_EQ(answer.status, 400) << body.substr(0, 60) << answer.body;
        EXPECT_EQ(answer.json.value("code", ""), "BAD_REQUEST") << answer.body;
        EXPECT_NE(answer.json.value("message", ""), "");
        EXPECT_NE(answer.json.value("requestId", ""), "");
    }
    expect_no_effect();
}

TEST_F(ApiInput, ABodyOfAnotherTypeIsRefused) {
    for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                             "application/jsonp", "text/yaml"})
        EXPECT_EQ(send(order("blue").dump(), type).status, 415) << type;
    expect_no_effect();
    EXPECT_EQ(send(order("blue").dump(), "application/json; charset=utf-8").status, 202);
}

TEST_F(ApiInput, ExtendDecideAndDestroyReadTheirBodiesAsStrictly) {
    const auto cluster = given::cluster(db, {.owner = people.requester});
    const auto waiting = given::cluster(db, {.owner = people.requester, .status = ClusterStatus::REQUESTED});
    const auto request = given::request(db, {.cluster = waiting, .requester = people.requester});
    struct Case {
        std::string target;
        Json body;
        const char* field;
    };
    const std::string extend = "/api/v1/clusters/" + cluster.str() + "/extend";
    const std::string destroy = "/api/v1/clusters/" + cluster.str() + "/destroy";
    const std::string cancel = "/api/v1/clusters/" + cluster.str() + "/cancel";
    const std::string decision = "/api/v1/requests/" + request.str() + "/decision";
    const std::string withdraw = "/api/v1/requests/" + request.str() + "/withdraw";
    for (const auto& [target, body, field] : {
             Case{extend, Json::object(), "hours"},
             Case{extend, {{"hours", 0}}, "hours"},
             Case{extend, {{"hours", -5}}, "hours"},
             Case{extend, {{"hours", 721}}, "hours"},
             Case{extend, {{"hours", 1.5}}, "hours"},
             Case{extend, {{"hours", "8"}}, "hours"},
             Case{extend, {{"hours", nullptr}}, "hours"},
             Case{extend, {{"hours", 18446744073709551615U}}, "hours"},
             Case{extend, {{"hours", 8}, {"reason", 7}}, "reason"},
             Case{extend, {{"hours", 8}, {"resaon", "x"}}, "resaon"},
             Case{destroy, {{"reason", Json::array()}}, "reason"},
             Case{destroy, {{"reason", std::string(1001, 'x')}}, "reason"},
             Case{destroy, {{"reason", "a\u0007bell"}}, "reason"},
             Case{destroy, {{"force", true}}, "force"},
             Case{cancel, {{"reason", "x"}}, "reason"},
             Case{decision, Json::object(), "verdict"},
             Case{decision, {{"verdict", "approve"}}, "verdict"},
             Case{decision, {{"verdict", true}}, "verdict"},
             Case{decision, {{"verdict", "REJECT"}}, "comment"},
             Case{decision, {{"verdict", "APPROVE"}, {"comment", 7}}, "comment"},
             Case{decision, {{"verdict", "APPROVE"}, {"digest", 7}}, "digest"},
             Case{withdraw, {{"comment", "x"}}, "comment"},
         }) {
        const auto answer = post(people.teamlead, target, body);

        EXPECT_EQ(answer.status, 422) << target << body << answer.body;
        EXPECT_EQ(answer.errors().count(field), 1U) << target << body << answer.body;
    }
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events"), 0);
    EXPECT_EQ(db.count("SELECT count(*) FROM approvals"), 0);
}

TEST_F(ApiInput, RoutesThatTakeNoParametersTakeNone) {
    const auto cluster = given::cluster(db, {.owner = people.requester});
    for (const std::string& target : {std::string("/api/v1/profiles"), "/api/v1/clusters/" + cluster.str()})
        EXPECT_EQ(get(people.requester, target + "?verbose=1").status, 422) << target;
    EXPECT_EQ(get(people.requester, "/api/v1/requests?state=open&limit=1000").errors().size(), 2U);
}

TEST_F(ApiInput, UnknownRoutesAndMethodsAnswerAsJson) {
    EXPECT_EQ(get(people.requester, "/api/v1/nothing").json.value("code", ""), "NOT_FOUND");
    const auto answer = call("DELETE", "/api/v1/clusters", by(people.requester));
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("Allow"), "GET, HEAD, POST");
    EXPECT_NE(answer.json.value("code", ""), "");
}

TEST_F(ApiInput, NobodyGetsInWithoutAToken) {
    EXPECT_EQ(call("GET", "/api/v1/clusters", {}).status, 401);
    EXPECT_EQ(call("GET", "/api/v1/clusters", {{"HTTP_AUTHORIZATION", "Bearer cldesk_rubbish"}}).status, 401);
    EXPECT_EQ(call("GET", "/api/v1/clusters", {{"HTTP_AUTHORIZATION", "Basic Zm9vOmJhcg=="}}).status, 401);
}

}  // namespace
}  // namespace desk
