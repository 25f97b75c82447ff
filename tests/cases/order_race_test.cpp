// Two orders of one name at the same instant: the second one comes back as its form, with the field's message.
#include <future>

#include "tests/cases/api_desk.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

class OrderForm : public ApiDesk {
  protected:
    Answer send(const std::string& fields) { return submit(session, "/requests", fields); }
    const given::SignedIn session = given::session(db, people.requester);
};

TEST_F(OrderForm, ANameTakenAtTheSameInstantComesBackBesideItsField) {
    pg::Database others({.url = db.owner_url()});
    auto other = others.begin();
    other.connection().execute(
        "INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, "
        "cost_center, status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros) VALUES ('" +
        ClusterId::make().str() +
        "', 'blue', 'demo', 'demo-small', 'demo-east-1', 'demo.invalid', '4.20.1', "
        "'demo', '" +
        people.approver.str() + "', 'cc', 'REQUESTED', 60, 60, 1)");

    auto order = std::async(std::launch::async, [&] {
        return send(
            "action=order&profile=demo-small&platform=demo&name=blue&version=4.20.1&region=demo-east-1"
            "&baseDomain=demo.invalid&team=demo&costCenter=cc-77&ttlHours=4");
    });
    const bool is_waiting = eventually([&] { return db.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0; });
    other.commit();
    const auto answer = order.get();

    EXPECT_TRUE(is_waiting);
    EXPECT_EQ(answer.status, 409) << answer.body.substr(0, 500);
    EXPECT_NE(answer.body.find("<a href=\"#name\">Name: blue.demo.invalid is taken"), std::string::npos);
    EXPECT_NE(answer.body.find("id=\"name-error\""), std::string::npos);
    EXPECT_NE(answer.body.find("cc-77"), std::string::npos);
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 1);
    EXPECT_EQ(db.count("SELECT count(*) FROM requests"), 0);
}

TEST_F(OrderForm, TheCallThatItShowsIsTheSameOrder) {
    const auto page = call("GET", "/requests/new?profile=demo-small&name=blue&costCenter=cc-7&reason=it%27s%20%24HOME",
                           {{"HTTP_COOKIE", "desk_session=" + session.session}});
    ASSERT_EQ(page.status, 200);
    auto text = page.body.substr(page.body.find("<pre id=\"curl\""));
    text = text.substr(0, text.find("</pre>"));
    for (const auto& [escaped, plain] :
         {std::pair{"&quot;", "\""}, {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = text.find(escaped, at)) != std::string::npos;
             at += std::string_view(plain).size())
            text.replace(at, std::string_view(escaped).size(), plain);
    ASSERT_NE(text.find("$CLUSTERDESK_TOKEN"), std::string::npos);
    auto body = text.substr(text.find("-d '") + 4);
    body.erase(body.rfind('\''));
    for (std::size_t at = 0; (at = body.find("'\\''", at)) != std::string::npos; ++at) body.replace(at, 4, "'");

    const auto ordered = post(people.requester, "/api/v1/clusters", Json::parse(body));

    EXPECT_EQ(ordered.status, 202) << ordered.body << body;
    EXPECT_EQ(db.value("SELECT reason FROM requests"), "it's $HOME");
}

TEST_F(OrderForm, WhatCameToNothingFillsItAgain) {
    const auto sent = send(
        "action=order&profile=demo-small&platform=demo&name=blue&version=4.20.2&region=demo-west-1"
        "&baseDomain=demo.invalid&team=demo&costCenter=cc-77&ttlHours=40&extraTags=colour%3Dblue");
    ASSERT_EQ(sent.status, 303);
    db.owner().execute("UPDATE requests SET state = 'WITHDRAWN'; UPDATE clusters SET status = 'WITHDRAWN'");
    const Headers cookie = {{"HTTP_COOKIE", "desk_session=" + session.session}};

    const auto page = call("GET", sent.header("Location"), cookie);

    const auto link = page.body.find("href=\"/requests/new?");
    ASSERT_NE(link, std::string::npos) << page.body.substr(0, 4000);
    auto target = page.body.substr(link + 6, page.body.find('"', link + 6) - link - 6);
    for (std::size_t at = 0; (at = target.find("&amp;", at)) != std::string::npos; ++at) target.replace(at, 5, "&");
    const auto form = call("GET", target, cookie);
    EXPECT_EQ(form.status, 200) << target;
    for (const auto* value : {"value=\"blue\"", "value=\"cc-77\"", "value=\"40\"", "4.20.2\" selected",
                              "demo-west-1\" selected", "colour=blue"})
        EXPECT_NE(form.body.find(value), std::string::npos) << value;
}

}  // namespace
}  // namespace desk
