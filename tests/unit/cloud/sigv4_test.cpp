// The signer against what AWS publishes: its test suite for Signature Version 4, and the examples of S3's manual.
#include "core/cloud/sigv4.hpp"

#include <gtest/gtest.h>

#include "core/base/text.hpp"

namespace desk::sigv4 {
namespace {

const Time kSuiteTime = *parse_time("2015-08-30T12:36:00Z");
const Time kManualTime = *parse_time("2013-05-24T00:00:00Z");
const Scope kSuite{.region = "us-east-1", .service = "service"};
const Scope kS3{.region = "us-east-1", .service = "s3"};
constexpr const char* kToken = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";

aws::Credentials suite_keys() {
    return {.access_key_id = "AKIDEXAMPLE", .secret_access_key = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")};
}
aws::Credentials manual_keys() {
    return {.access_key_id = "AKIAIOSFODNN7EXAMPLE",
            .secret_access_key = Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")};
}

std::string header(const HttpRequest& request, std::string_view name) {
    for (const auto& header : request.headers)
        if (lower(header.name) == lower(name)) return header.value;
    return {};
}

std::string signature(HttpRequest request, const aws::Credentials& credentials, const Scope& scope, Time at) {
    sign(request, credentials, scope, at);
    const std::string authorization = header(request, "Authorization");
    return authorization.substr(authorization.find("Signature=") + 10);
}

struct Vector {
    const char* name;
    HttpRequest request;
    const char* signature;
};

/// A GET of the suite: only what is behind the host differs.
HttpRequest get(const std::string& behind, std::vector<HttpHeader> headers = {}) {
    return {.url = "https://example.amazonaws.com" + behind, .headers = std::move(headers)};
}

std::vector<Vector> suite() {
    constexpr const char* kVanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    constexpr const char* kUnreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return {
        {"get-vanilla", get("/"), kVanilla},
        {"get-relative-relative-normalized", get("/example1/example2/../.."), kVanilla},
        {"get-slash-pointless-dot-normalized", get("/./example"),
         "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"},
        {"get-slashes-normalized", get("//example//"),
         "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"},
        {"get-space-normalized", get("/example space/"),
         "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"},
        {"get-utf8", get("/ሴ"), "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
        {"get-unreserved", get(std::string("/") + kUnreserved),
         "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
        {"get-vanilla-query-order-key-case", get("/?Param2=value2&Param1=value1"),
         "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
        {"get-vanilla-query-order-encoded", get("/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1"),
         "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"},
        {"get-vanilla-utf8-query", get("/?ሴ=bar"), "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
        {"get-header-key-duplicate",
         get("/", {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}}),
         "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
        {"get-header-value-order",
         get("/",
             {{"My-Header1", "value4"}, {"My-Header1", "value1"}, {"My-Header1", "value3"}, {"My-Header1", "value2"}}),
         "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"},
        {"get-header-value-trim", get("/", {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}),
         "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
        {"post-x-www-form-urlencoded",
         {.method = "POST",
          .url = "https://example.amazonaws.com/",
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                      {"Content-Length", "13"},
                      {"x-amz-content-sha256", "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"}},
          .body = "Param1=value1"},
         "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b"},
    };
}

TEST(SignatureV4, IsWhatTheTestSuiteOfAwsSays) {
    for (const auto& vector : suite())
        EXPECT_EQ(signature(vector.request, suite_keys(), kSuite, kSuiteTime), vector.signature) << vector.name;
}

TEST(SignatureV4, SignsTheTokenOfTemporaryCredentials) {
    auto keys = suite_keys();
    keys.session_token.emplace(kToken);
    HttpRequest request = get("/");

    sign(request, keys, kSuite, kSuiteTime);

    EXPECT_EQ(header(request, "X-Amz-Security-Token"), kToken);
    EXPECT_EQ(header(request, "Authorization"),
              "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
              "SignedHeaders=host;x-amz-date;x-amz-security-token, "
              "Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
}

TEST(SignatureV4, PresignsAsTheTestSuiteOfAwsSays) {
    const std::string unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    const auto plain =
        presign("GET", "https://example.amazonaws.com/", suite_keys(), kSuite, kSuiteTime, seconds(3600));
    const auto query = presign("GET", cat("https://example.amazonaws.com/?", unreserved, '=', unreserved), suite_keys(),
                               kSuite, kSuiteTime, seconds(3600));

    EXPECT_TRUE(plain.ends_with("&X-Amz-Signature=e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"))
        << plain;
    EXPECT_TRUE(query.ends_with("&X-Amz-Signature=8e76a88a7433637b12778d5592799b29ad21ecd6cf6325051c21d86f0acda2bf"))
        << query;
}

TEST(SignatureV4, SignsForS3AsItsManualShows) {
    const std::string host = "https://examplebucket.s3.amazonaws.com";
    const std::vector<Vector> manual = {
        {"GET with a range",
         {.url = host + "/test.txt", .headers = {{"Range", "bytes=0-9"}}},
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
        {"PUT",
         {.method = "PUT",
          .url = host + "/test%24file.text",
          .headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
          .body = "Welcome to Amazon S3."},
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
        {"GET of a subresource",
         {.url = host + "/?lifecycle"},
         "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
        {"list",
         {.url = host + "/?max-keys=2&prefix=J"},
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
    };

    for (const auto& vector : manual)
        EXPECT_EQ(signature(vector.request, manual_keys(), kS3, kManualTime), vector.signature) << vector.name;
}

TEST(SignatureV4, PresignsForS3AsItsManualShows) {
    const auto url = presign("GET", "https://examplebucket.s3.amazonaws.com/test.txt", manual_keys(), kS3, kManualTime,
                             seconds(86400));

    EXPECT_EQ(url,
              "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
              "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
              "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
              "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(SignatureV4, SendsTheHashOfTheBodyToS3Only) {
    HttpRequest to_s3 = get("/key"), to_other = get("/");

    sign(to_s3, suite_keys(), kS3, kSuiteTime);
    sign(to_other, suite_keys(), kSuite, kSuiteTime);

    EXPECT_EQ(header(to_s3, "x-amz-content-sha256"),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(header(to_other, "x-amz-content-sha256"), "");
}

TEST(SignatureV4, SignsTheBodyAsTheCallerSaysWhenItDoes) {
    const HttpRequest request{.method = "PUT",
                              .url = "https://b.s3.amazonaws.com/k",
                              .headers = {{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}}};

    EXPECT_TRUE(
        canonical_request(request, kS3, "UNSIGNED-PAYLOAD").ends_with("host;x-amz-content-sha256\nUNSIGNED-PAYLOAD"));
}

TEST(SignatureV4, OrdersHeadersByNameThoughOneIsTheBeginningOfAnother) {
    const HttpRequest request{.method = "PUT",
                              .url = "https://b.s3.amazonaws.com/k",
                              .headers = {{"x-amz-server-side-encryption-aws-kms-key-id", "key"},
                                          {"x-amz-server-side-encryption", "aws:kms"}}};

    EXPECT_EQ(canonical_request(request, kS3, "-"),
              "PUT\n/k\n\nhost:b.s3.amazonaws.com\nx-amz-server-side-encryption:aws:kms\n"
              "x-amz-server-side-encryption-aws-kms-key-id:key\n\n"
              "host;x-amz-server-side-encryption;x-amz-server-side-encryption-aws-kms-key-id\n-");
}

TEST(SignatureV4, EncodesThePathOnceForS3AndTwiceForOthers) {
    const HttpRequest request = get("/a%2Fb%20c//d");

    EXPECT_TRUE(canonical_request(request, kS3, "-").starts_with("GET\n/a%2Fb%20c//d\n"));
    EXPECT_TRUE(canonical_request(request, kSuite, "-").starts_with("GET\n/a%252Fb%2520c/d\n"));
}

}  // namespace
}  // namespace desk::sigv4
