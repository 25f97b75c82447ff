// What the S3 store sends where no server at hand has an opinion: encryption, hosts, and what is undone.
#include "core/cloud/s3_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/crypto.hpp"
#include "tests/unit/cloud/fake_transport.hpp"

namespace desk {
namespace {

using testing::HasSubstr;

struct S3Requests : testing::Test {
    FakeTransport transport = {};
    FakePace time = {};

    S3Settings settings() const { return {.bucket = "desk-files", .region = "eu-west-1"}; }
    S3Store open(S3Settings with) { return S3Store(std::move(with), transport, &some_credentials, time.pace()); }
    /// Answers to a put that is read back.
    void answer_put(const std::string& body) {
        const std::vector<HttpHeader> about = {{"Content-Length", cat(body.size())}, {"ETag", "\"e\""}};
        transport.answer(200).answer(200, "", about).answer(200, body, about);
    }
};

TEST_F(S3Requests, NameTheBucketInTheHostUnlessThePathIsAskedFor) {
    answer_put("x");
    open(settings()).put("a/b", "x", Visibility::public_);
    EXPECT_EQ(transport.requests[0].url, "https://desk-files.s3.eu-west-1.amazonaws.com/public/a/b");

    auto by_path = settings();
    by_path.url_style = S3UrlStyle::path;
    by_path.endpoint = "https://s3.example.com:9000";
    by_path.prefix = "desk";
    FakeTransport other;
    other.answer(404);
    EXPECT_FALSE(S3Store(by_path, other, &some_credentials, time.pace()).exists("a", Visibility::private_));
    EXPECT_EQ(other.requests[0].url, "https://s3.example.com:9000/desk-files/desk/private/a");
}

TEST_F(S3Requests, AreSignedWithTheHashOfTheObject) {
    answer_put("x");

    open(settings()).put("a", "x", Visibility::public_);

    EXPECT_EQ(transport.header(0, "x-amz-content-sha256"), sha256_hex("x"));
    EXPECT_THAT(transport.header(0, "Authorization"), HasSubstr("/eu-west-1/s3/aws4_request"));
    EXPECT_EQ(transport.header(2, "If-Match"), "\"e\"") << "what is read back is what was looked at";
}

TEST_F(S3Requests, AskForTheEncryptionThatIsSet) {
    auto kms = settings(), own = settings();
    kms.encryption = S3Encryption::aws_kms;
    kms.kms_key = "arn:aws:kms:eu-west-1:123456789012:key/k";
    own.encryption = S3Encryption::AES256;

    answer_put("x");
    open(kms).put("a", "x", Visibility::public_);
    EXPECT_EQ(transport.header(0, "x-amz-server-side-encryption"), "aws:kms");
    EXPECT_EQ(transport.header(0, "x-amz-server-side-encryption-aws-kms-key-id"), kms.kms_key);

    FakeTransport other;
    other.answer(200).answer(200, "", {{"Content-Length", "1"}, {"ETag", "e"}}).answer(200, "x");
    S3Store(own, other, &some_credentials, time.pace()).put("a", "x", Visibility::public_);
    EXPECT_EQ(other.header(0, "x-amz-server-side-encryption"), "AES256");
    EXPECT_EQ(transport.header(1, "x-amz-server-side-encryption"), "") << "only where something is stored";
}

TEST_F(S3Requests, TellOfAnObjectThatCameBackDifferently) {
    answer_put("y");

    EXPECT_THROW(open(settings()).put("a", "x", Visibility::public_), Error);
}

constexpr const char* kStarted =
    "<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
    "<UploadId>up/1</UploadId></InitiateMultipartUploadResult>";

TEST_F(S3Requests, CompleteAnUploadWithTheTagOfEachPart) {
    auto in_parts = settings();
    in_parts.part_bytes = 2;
    const std::vector<HttpHeader> about = {{"Content-Length", "3"}, {"ETag", "\"all\""}};
    transport.answer(200, kStarted)
        .answer(200, "", {{"ETag", "\"one\""}})
        .answer(200, "", {{"ETag", "\"two\""}})
        .answer(200, "<CompleteMultipartUploadResult/>")
        .answer(200, "", about)
        .answer(206, "ab", about)
        .answer(206, "c", about);

    open(in_parts).put("a", "abc", Visibility::private_);

    const auto& complete = transport.requests[3];
    EXPECT_THAT(complete.url, HasSubstr("?uploadId=up%2F1"));
    EXPECT_THAT(complete.body, HasSubstr("<Part><PartNumber>1</PartNumber><ETag>\"one\"</ETag></Part>"
                                         "<Part><PartNumber>2</PartNumber><ETag>\"two\"</ETag></Part>"));
    EXPECT_THAT(transport.requests[2].url, HasSubstr("?partNumber=2&uploadId=up%2F1"));
    EXPECT_EQ(transport.header(6, "Range"), "bytes=2-2");
}

TEST_F(S3Requests, LeaveNoPartsBehindWhenAnUploadFails) {
    auto in_parts = settings();
    in_parts.part_bytes = 2;
    const auto last_after = [&](FakeTransport& answers) {
        S3Store store(in_parts, answers, &some_credentials, time.pace());
        EXPECT_THROW(store.put("a", "abc", Visibility::private_), Error);
        const auto& last = answers.requests.back();
        return cat(last.method, ' ', last.url.substr(last.url.find('?')));
    };
    FakeTransport part_refused, complete_fails_late;
    part_refused.answer(200, kStarted).answer(403, "<Error><Code>AccessDenied</Code></Error>").answer(204);
    complete_fails_late.answer(200, kStarted)
        .answer(200, "", {{"ETag", "1"}})
        .answer(200, "", {{"ETag", "2"}})
        .answer(200, "<Error><Code>InternalError</Code></Error>")
        .answer(204);

    EXPECT_EQ(last_after(part_refused), "DELETE ?uploadId=up%2F1");
    EXPECT_EQ(last_after(complete_fails_late), "DELETE ?uploadId=up%2F1");
}

TEST_F(S3Requests, MakeAnIdOnlyWhereThereIsNone) {
    transport.answer(404).answer(412, "<Error><Code>PreconditionFailed</Code></Error>");
    transport.answer(200, "", {{"Content-Length", "3"}, {"ETag", "e"}}).answer(200, "id\n");

    EXPECT_EQ(open(settings()).make_id(), "id") << "another process was first";
    EXPECT_EQ(transport.header(1, "If-None-Match"), "*");
}

}  // namespace
}  // namespace desk
