// A desk for tests of the API: database, store and profiles of its own, and calls through dispatch as a program makes
// them.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <string>

#include "cgi/app.hpp"
#include "cgi/dispatch.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"
#include "core/store/clusters.hpp"
#include "tests/support/given.hpp"
#include "tests/support/small_profile.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_db.hpp"

namespace desk {

class ApiDesk : public ::testing::Test {
  protected:
    struct Answer {
        int status = 0;
        Json json = {};
        std::string body = {};
        Response raw = {};

        std::string header(std::string_view name) const {
            const auto* value = raw.find_header(name);
            return value == nullptr ? "" : *value;
        }
        /// field -> error of a 422.
        std::map<std::string, std::string> errors() const {
            std::map<std::string, std::string> found;
            for (const auto& each : json.value("validationErrors", Json::array()))
                found[each.at("field")] += each.at("error").get<std::string>();
            return found;
        }
    };
    using Headers = std::map<std::string, std::string>;

    ApiDesk() { config.store.link_minutes = 15; }

    /// A call with everything that the web server would hand over. Headers by their CGI names.
    Answer call(const std::string& method, const std::string& target, const Headers& headers,
                const std::string& body = {}) {
        Incoming incoming;
        incoming.params = {
            {"REQUEST_METHOD", method},
            {"REQUEST_URI", target},
            {"QUERY_STRING", target.find('?') == std::string::npos ? "" : target.substr(target.find('?') + 1)},
            {"REMOTE_ADDR", "192.0.2.7"}};
        for (const auto& [name, value] : headers) incoming.params[name] = value;
        incoming.body = body;
        Answer answer{.raw = dispatch(app, std::move(incoming))};
        answer.status = answer.raw.status;
        answer.body = answer.raw.body;
        if (Json::accept(answer.body)) answer.json = Json::parse(answer.body);
        return answer;
    }
    Headers by(const UserId& user) {
        auto& token = tokens[user];
        if (token.empty()) token = given::token(db, user);
        return {{"HTTP_AUTHORIZATION", "Bearer " + token}, {"HTTP_ACCEPT", "application/json"}};
    }
    Answer get(const UserId& user, const std::string& target) { return call("GET", target, by(user)); }
    Answer post(const UserId& user, const std::string& target, const std::string& body, const std::string& key) {
        auto headers = by(user);
        headers["HTTP_IDEMPOTENCY_KEY"] = key;
        headers["CONTENT_TYPE"] = "application/json";
        headers["CONTENT_LENGTH"] = std::to_string(body.size());
        return call("POST", target, headers, body);
    }
    /// With a key of its own.
    Answer post(const UserId& user, const std::string& target, const Json& body = Json::object()) {
        return post(user, target, body.dump(), cat("key-", ++keys_used));
    }

    /// A page as a browser asks for it, signed in.
    Answer open(const given::SignedIn& session, const std::string& target) {
        return call("GET", target, {{"HTTP_COOKIE", "desk_session=" + session.session}});
    }
    /// A form as a browser sends it; `fields` url-encoded, without the token.
    Answer submit(const given::SignedIn& session, const std::string& target, const std::string& fields) {
        const std::string body = cat("csrf=", session.csrf, '&', fields);
        return call("POST", target,
                    {{"HTTP_COOKIE", "desk_session=" + session.session},
                     {"CONTENT_TYPE", "application/x-www-form-urlencoded"},
                     {"CONTENT_LENGTH", std::to_string(body.size())}},
                    body);
    }

    static Json order(const std::string& name) {
        return {{"name", name},
                {"platform", "demo"},
                {"version", "4.20.1"},
                {"profile", "demo-small"},
                {"region", "demo-east-1"},
                {"baseDomain", "demo.invalid"},
                {"team", "demo"},
                {"costCenter", "cc-1"},
                {"ttlHours", 8}};
    }
    /// Orders a cluster as the requester and lets it become READY; its id.
    std::string ready_cluster(const std::string& name, int ttl_hours) {
        auto wanted = order(name);
        wanted["ttlHours"] = ttl_hours;
        const auto ordered = post(people.requester, "/api/v1/clusters", wanted);
        EXPECT_EQ(ordered.status, 202) << ordered.body;
        const ClusterId id(ordered.json.at("clusterId").get<std::string>());
        auto tx = db.begin();
        clusters::advance(tx, id, ClusterEvent::START);
        clusters::advance(tx, id, ClusterEvent::MAKE_READY);
        tx.commit();
        db.owner().execute("UPDATE jobs SET status = 'SUCCEEDED', ended_at = now() WHERE cluster_id = '" + id.str() +
                           "'");
        return id.str();
    }

    TestDb db;
    TempDir dir;
    Config config;
    const given::People people = given::people(db);
    const Templates templates{DESK_SOURCE_DIR "/templates"};
    const Catalog catalog = Catalog::of({{"demo-small.yaml", kSmallProfile}}, {Platform::demo});
    const Keyring keys = Keyring::parse(Secret("k1:" + base64(std::string(32, 'a'))));
    FileStore store{dir / "store"};
    App app{config, db.desk(), templates, catalog, keys, store};

    std::map<UserId, std::string> tokens;
    int keys_used = 0;
};

inline void expect_in(const std::string& body, const std::string& text) {
    EXPECT_NE(body.find(text), std::string::npos) << "is missing: " << text << "\n in: " << body;
}
inline void expect_not_in(const std::string& body, const std::string& text) {
    EXPECT_EQ(body.find(text), std::string::npos) << "is there: " << text;
}

}  // namespace desk
