// The S3 object store against a server that checks signatures.
#include "core/cloud/s3_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/sigv4.hpp"
#include "tests/support/s3_server.hpp"

namespace desk {
namespace {

using testing::HasSubstr;

constexpr auto kPublic = Visibility::public_;
constexpr auto kPrivate = Visibility::private_;

struct S3StoreTest : testing::Test {
    void SetUp() override {
        if (!S3Server::is_there()) GTEST_SKIP() << "Debian's Swift is not installed: there is no S3 server";
        static int buckets = 0;
        bucket = cat("desk-", ++buckets);
        server().make_bucket(bucket);
    }
    static S3Server& server() {
        static S3Server one;  // it takes seconds to start
        return one;
    }
    S3Settings settings() const {
        return {.bucket = bucket,
                .prefix = "desk/one",
                .region = "eu-test-1",
                .endpoint = server().url(),
                .url_style = S3UrlStyle::path};
    }
    S3Store open(S3Settings with) { return S3Store(std::move(with), transport, &S3Server::credentials); }
    HttpAnswer fetch(const std::string& url, const std::string& method = "GET") {
        return transport.send({.method = method, .url = url});
    }

    CurlTransport transport = {};
    std::string bucket = {};
};

TEST_F(S3StoreTest, KeepsWhatItIsGivenAndTellsItsHash) {
    auto store = open(settings());
    const std::string bytes("kube\0config\n", 12);

    const auto stored = store.put("clusters/c1/kubeconfig", bytes, kPublic);

    EXPECT_EQ(stored.bytes, 12);
    EXPECT_EQ(stored.sha256, sha256_hex(bytes));
    EXPECT_EQ(store.get("clusters/c1/kubeconfig", kPublic), bytes);
    EXPECT_TRUE(store.exists("clusters/c1/kubeconfig", kPublic));
    EXPECT_FALSE(store.exists("clusters/c1/kubeconfig", kPrivate)) << "two kinds, two objects";
}

TEST_F(S3StoreTest, ReplacesAndRemoves) {
    auto store = open(settings());
    store.put("a", "first", kPrivate);

    store.put("a", "", kPrivate);
    EXPECT_EQ(store.get("a", kPrivate), "");

    store.remove("a", kPrivate);
    store.remove("a", kPrivate);
    EXPECT_FALSE(store.exists("a", kPrivate));
    try {
        store.get("a", kPrivate);
        ADD_FAILURE() << "it is still there";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::not_found);
    }
}

TEST_F(S3StoreTest, SendsAndReadsLargeObjectsInParts) {
    auto in_parts = settings();
    in_parts.part_bytes = 5UL << 20U;
    auto store = open(in_parts);
    const std::string bytes = random_bytes((11UL << 20U) + 7);

    const auto stored = store.put("clusters/c1/snapshot", bytes, kPrivate);

    EXPECT_EQ(stored.sha256, sha256_hex(bytes));
    EXPECT_EQ(store.get("clusters/c1/snapshot", kPrivate) == bytes, true);
}

TEST_F(S3StoreTest, KeepsDesksWithOtherPrefixesApart) {
    auto other = settings();
    other.prefix = "";
    open(settings()).put("a", "one", kPublic);

    EXPECT_FALSE(open(other).exists("a", kPublic));
    EXPECT_TRUE(open(other).make_id() != open(settings()).make_id());
}

TEST_F(S3StoreTest, HasOneId) {
    auto store = open(settings());
    EXPECT_EQ(store.id(), "");

    const auto id = store.make_id();

    EXPECT_EQ(id.size(), 26U);
    EXPECT_EQ(store.make_id(), id);
    EXPECT_EQ(open(settings()).id(), id);
}

TEST_F(S3StoreTest, SaysWhyItDoesNotDoItsWork) {
    auto elsewhere = settings(), silent = settings();
    elsewhere.bucket = "no-such-bucket";
    silent.endpoint = "http://127.0.0.1:1";
    S3Store stranger(settings(), transport, [] {
        return aws::Credentials{.access_key_id = "desk:tester", .secret_access_key = Secret("wrong")};
    });
    S3Store patient(silent, transport, &S3Server::credentials, {.sleep = [](auto) {}});

    const auto why = [](S3Store& store) -> std::string {
        try {
            store.put("a", "b", kPublic);
        } catch (const Error& error) {
            return cat(code_word(error.code()), ' ', error.for_log());
        }
        return "it does";
    };
    auto missing = open(elsewhere);
    EXPECT_THAT(why(missing), HasSubstr("INTERNAL bucket no-such-bucket at http://127.0.0.1"));
    EXPECT_THAT(why(missing), HasSubstr("NoSuchBucket"));
    EXPECT_THAT(why(stranger), HasSubstr("SignatureDoesNotMatch"));
    EXPECT_THAT(why(patient), HasSubstr("UNAVAILABLE PUT 127.0.0.1/"));
    EXPECT_THROW(missing.put("../a", "b", kPublic), Error);
}

TEST_F(S3StoreTest, GivesUrlsThatOpenOneObjectUnderItsName) {
    auto store = open(settings());
    store.put("clusters/c1/kubeconfig", "kind: Config", kPublic);
    store.put("clusters/c2/kubeconfig", "of another", kPublic);

    const auto url = store.find_url("clusters/c1/kubeconfig", "kubeconfig-blau", 60s).value_or("");
    const auto answer = fetch(url);

    EXPECT_TRUE(url.starts_with(store.origin() + "/")) << store.origin();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "kind: Config");
    EXPECT_EQ(answer.find_header("Content-Disposition"),
              "attachment; filename=\"kubeconfig-blau\"; filename*=UTF-8''kubeconfig-blau");
    EXPECT_EQ(answer.find_header("Cache-Control"), "no-store");
}

TEST_F(S3StoreTest, GivesUrlsThatAreGoodForNothingElse) {
    auto store = open(settings());
    store.put("clusters/c1/kubeconfig", "kind: Config", kPublic);
    store.put("clusters/c2/kubeconfig", "of another", kPublic);
    const auto url = store.find_url("clusters/c1/kubeconfig", "kubeconfig", 60s).value_or("");
    const auto changed = [&](std::string_view from, std::string_view to) {
        std::string other = url;
        other.replace(other.find(from), from.size(), to);
        return fetch(other).status;
    };

    EXPECT_EQ(changed("/c1/", "/c2/"), 403);
    EXPECT_EQ(changed("Expires=60", "Expires=90"), 403);
    EXPECT_EQ(changed("kubeconfig%22", "evil.exe%22"), 403);
    EXPECT_EQ(fetch(url, "DELETE").status, 403);
    EXPECT_EQ(fetch(url.substr(0, url.find('?'))).status / 100, 4) << "without a signature";
}

TEST_F(S3StoreTest, GivesUrlsThatEnd) {
    open(settings()).put("a", "b", kPublic);
    S3Store of_the_past(settings(), transport, &S3Server::credentials,
                        {.now = [] { return aws::Pace::wall_time() - 5min; }});

    EXPECT_EQ(fetch(of_the_past.find_url("a", "a", 60s).value_or("")).status, 403);
    EXPECT_EQ(fetch(of_the_past.find_url("a", "a", 600s).value_or("")).status, 200);
}

TEST_F(S3StoreTest, GoesByTheServersClock) {
    S3Store late(settings(), transport, &S3Server::credentials, {.now = [] { return aws::Pace::wall_time() + 1h; }});

    late.put("a", "b", kPublic);

    EXPECT_EQ(late.get("a", kPublic), "b");
}

TEST_F(S3StoreTest, IsAskedForABodyOfTheSignedHash) {
    HttpRequest request{.method = "PUT", .url = cat(server().url(), '/', bucket, "/x"), .body = "signed"};
    sigv4::sign(request, S3Server::credentials(), {"eu-test-1", "s3"}, aws::Pace::wall_time());
    request.body = "other!";

    const auto answer = transport.send(request);

    EXPECT_EQ(answer.status, 400);
}

}  // namespace
}  // namespace desk
