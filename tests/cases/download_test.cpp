// GET /d/{token}: the file by way of the web server, or a page that says why not.
#include "core/store/downloads.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class DownloadPage : public ApiDesk {
  protected:
    DownloadPage() { store.put(object_key(), "apiVersion: v1\n", Visibility::public_); }

    std::string object_key() { return db.value("SELECT object_key FROM cluster_artifacts"); }
    downloads::Link link(bool one_time = false) {
        auto tx = db.begin();
        auto made = downloads::create(tx, keys, outputs.kubeconfig, people.requester, 15min, one_time,
                                      given::actor(db, people.requester));
        tx.commit();
        return made;
    }
    Answer fetch(const std::string& path, const std::string& method = "GET") { return call(method, path, {}); }
    std::string uses() { return db.value("SELECT sum(use_count) FROM downloads"); }

    const ClusterId cluster = given::cluster(db, {.name = "blue", .owner = people.requester});
    const given::Outputs outputs = given::outputs(db, cluster);
};

TEST_F(DownloadPage, HandsTheFileToTheWebServer) {
    const auto answer = fetch(link().path);

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("X-Accel-Redirect"), "/_store/" + object_key());
    EXPECT_TRUE(answer.header("Content-Disposition").starts_with("attachment; filename=\"kubeconfig"));
    EXPECT_EQ(answer.body, "") << "the program itself sends nothing of it";
    EXPECT_EQ(uses(), "1");
}

/// A store that hands out its objects itself, as a bucket does.
struct Bucket : FileStore {
    using FileStore::FileStore;
    std::optional<std::string> find_url(const std::string& key, const std::string& name, seconds life) const override {
        return cat("https://bucket.example/", key, "?name=", name, "&life=", life.count());
    }
    std::string origin() const override { return "https://bucket.example"; }
};

TEST_F(DownloadPage, SendsToABucketForAMinute) {
    Bucket bucket(dir / "store");
    App with_bucket{config, db.desk(), templates, catalog, keys, bucket};
    const auto one = link(true);

    const auto answer = [&] {
        Incoming incoming;
        incoming.params = {{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", one.path}, {"REMOTE_ADDR", "192.0.2.7"}};
        return dispatch(with_bucket, std::move(incoming));
    };
    const auto first = answer(), second = answer();

    EXPECT_EQ(first.status, 303);
    EXPECT_NE(first.find_header("Content-Security-Policy")->find("form-action 'self' https://bucket.example;"),
              std::string::npos);
    const auto* location = first.find_header("Location");
    ASSERT_NE(location, nullptr);
    EXPECT_TRUE(location->starts_with("https://bucket.example/" + object_key() + "?name=kubeconfig")) << *location;
    EXPECT_TRUE(location->ends_with("&life=60")) << *location;
    EXPECT_EQ(uses(), "1");
    EXPECT_EQ(second.status, 410) << "one-time links are, wherever the file is";
}

TEST_F(DownloadPage, NeedsNoSignIn) { EXPECT_EQ(fetch(link().path).status, 200); }

TEST_F(DownloadPage, HeadChangesNothing) {
    const auto once = link(true);

    EXPECT_EQ(fetch(once.path, "HEAD").status, 200);
    EXPECT_EQ(fetch(once.path, "HEAD").status, 200);

    EXPECT_EQ(uses(), "0");
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'link.use'"), 0);
    EXPECT_EQ(fetch(once.path).status, 200);
    EXPECT_EQ(fetch(once.path, "HEAD").status, 410);
}

TEST_F(DownloadPage, SaysInWordsWhyALinkDoesNotWork) {
    const auto expect = [&](const std::string& path, int status, const char* words) {
        const auto answer = fetch(path);
        EXPECT_EQ(answer.status, status) << path;
        EXPECT_NE(answer.body.find(words), std::string::npos) << answer.body;
        EXPECT_EQ(answer.header("X-Accel-Redirect"), "");
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    };
    const auto once = link(true), revoked = link(), expired = link();
    fetch(once.path);
    db.owner().execute("UPDATE downloads SET revoked_at = now(), revoked_by = '" + people.admin.str() +
                       "' WHERE id = '" + revoked.id.str() + "'");
    db.owner().execute("UPDATE downloads SET expires_at = now() - interval '1 minute' WHERE id = '" + expired.id.str() +
                       "'");

    expect(once.path, 410, "This link was used already");
    expect(revoked.path, 410, "This link was revoked");
    expect(expired.path, 410, "This link has expired");
    expect("/d/rubbish", 404, "There is no such link");
    expect("/d/" + DownloadId::make().str() + ".1800000000." + base64url(std::string(32, 'x')), 404,
           "There is no such link");
}

TEST_F(DownloadPage, AFileThatIsNotInTheStoreIsNotCountedAsUsed) {
    const auto once = link(true);
    store.remove(object_key(), Visibility::public_);

    EXPECT_EQ(fetch(once.path).status, 410);

    EXPECT_EQ(uses(), "0");
    store.put(object_key(), "apiVersion: v1\n", Visibility::public_);
    EXPECT_EQ(fetch(once.path).status, 200);
}

TEST_F(DownloadPage, TheLinkOfTheApiWorks) {
    const auto outputs_answer = get(people.requester, "/api/v1/clusters/" + cluster.str() + "/outputs");
    const std::string url = outputs_answer.json.at("kubeconfigDownloadUrl");

    EXPECT_EQ(fetch(url.substr(config.web.public_url.size())).status, 200);
}

TEST_F(DownloadPage, TakesNoPost) { EXPECT_EQ(fetch(link().path, "POST").status, 405); }

}  // namespace
}  // namespace desk
