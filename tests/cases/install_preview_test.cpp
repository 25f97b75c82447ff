// What will be installed, as the order form and the request show it: with the tags that the worker writes.
#include "core/model/desk_tag.hpp"
#include "core/model/install_config.hpp"
#include "core/store/ordering.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class Preview : public ApiDesk {
  protected:
    Preview() { db.owner().execute("INSERT INTO settings (name, value) VALUES ('store_id', '01THISDESK')"); }

    /// As a browser reads it out of the page.
    InstallConfig shown_on(const std::string& path) {
        const auto page = call("GET", path, {{"HTTP_COOKIE", "desk_session=" + session.session}});
        EXPECT_EQ(page.status, 200) << path;
        const std::string begin = R"(<pre id="install-config" tabindex="0">)";
        const auto at = page.body.find(begin);
        if (at == std::string::npos) {
            ADD_FAILURE() << "no preview on " << path << '\n' << page.body;
            return {};
        }
        auto text = page.body.substr(at + begin.size());
        text.resize(text.find("</pre>"));
        for (auto quote = text.find("&quot;"); quote != std::string::npos; quote = text.find("&quot;"))
            text.replace(quote, 6, "\"");
        if (const auto line = text.find("pullSecret:"); line != std::string::npos)
            text.erase(line, text.find('\n', line) - line);  // emit() has none
        const auto config = parse_install_config(text);
        EXPECT_TRUE(config.ok()) << text;
        return config.ok() ? *config : InstallConfig{};
    }
    /// The worker's, but for the time.
    InstallConfig as_rendered(const ClusterId& cluster, const std::string& request) {
        auto tx = db.begin();
        const auto order = ordering::effective_order_of(tx, clusters::get(tx, cluster));
        auto tags = effective_tags(order, cluster.str(), request, Time{});
        tags["ManagedBy"] = managed_by("01THISDESK");
        tags["TTLExpiry"] = "known-when-rendered";
        return install_config_of(order, tags);
    }

    given::SignedIn session = given::session(db, people.requester);
};

TEST_F(Preview, OfTheOrderFormNamesTheDesk) {
    const auto shown = shown_on("/requests/new?profile=demo-small&name=blue&costCenter=cc-1&ttlHours=8");

    const auto tags = emit(shown);
    EXPECT_NE(tags.find(R"("ManagedBy": "clusterdesk/01THISDESK")"), std::string::npos) << tags;
    EXPECT_NE(tags.find(R"("ClusterId": "known-when-ordered")"), std::string::npos);
}

TEST_F(Preview, OfARequestIsWhatTheWorkerRenders) {
    const auto ordered = post(people.requester, "/api/v1/clusters", order("blue"));
    ASSERT_EQ(ordered.status, 202) << ordered.body;
    const std::string cluster = ordered.json.at("clusterId"), request = ordered.json.at("requestId");

    EXPECT_EQ(emit(shown_on("/requests/" + request)), emit(as_rendered(ClusterId(cluster), request)));
}

}  // namespace
}  // namespace desk
