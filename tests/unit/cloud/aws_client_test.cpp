// The client of AWS: what it sends, what it takes for an error, and when it tries again.
#include "core/cloud/aws/client.hpp"

#include <gtest/gtest.h>

#include "tests/unit/cloud/fake_transport.hpp"

namespace desk::aws {
namespace {

constexpr const char* kOk = "<R xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>1</requestId></R>";
constexpr const char* kThrottled =
    "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>slower</Message></Error></Errors></Response>";

struct AwsClient : testing::Test {
    FakeTransport transport = {};
    FakePace time = {};
    Client client{transport, some_credentials(), {}, time.pace()};

    pugi::xml_document ask() { return client.query("ec2", "eu-west-1", "DescribeInstances", "2016-11-15"); }
    std::string code_of_failure() {
        try {
            ask();
        } catch (const AwsError& error) {
            return error.code();
        }
        return "no failure";
    }
};

TEST_F(AwsClient, SendsAQueryAsASignedForm) {
    transport.answer(200, kOk);

    const auto document =
        client.query("ec2", "eu-west-1", "DescribeInstances", "2016-11-15", {{"Filter.1.Name", "tag:a/b c"}});

    const auto& request = transport.requests.at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://ec2.eu-west-1.amazonaws.com/");
    EXPECT_EQ(request.body, "Action=DescribeInstances&Version=2016-11-15&Filter.1.Name=tag%3Aa%2Fb%20c");
    EXPECT_TRUE(transport.header(0, "Authorization")
                    .starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/eu-west-1/ec2/aws4_request, "
                                 "SignedHeaders=content-type;host;x-amz-date, Signature="));
    EXPECT_STREQ(document.child("R").child_value("requestId"), "1");
}

TEST_F(AwsClient, SendsJsonWithItsTarget) {
    transport.answer(200, R"({"PaginationToken":""})");

    const Json answer = client.json("tagging", "eu-west-1", "ResourceGroupsTaggingAPI_20170126.GetResources",
                                    {{"ResourcesPerPage", 100}});

    EXPECT_EQ(transport.requests.at(0).url, "https://tagging.eu-west-1.amazonaws.com/");
    EXPECT_EQ(transport.requests.at(0).body, R"({"ResourcesPerPage":100})");
    EXPECT_EQ(transport.header(0, "X-Amz-Target"), "ResourceGroupsTaggingAPI_20170126.GetResources");
    EXPECT_EQ(transport.header(0, "Content-Type"), "application/x-amz-json-1.1");
    EXPECT_EQ(answer, Json({{"PaginationToken", ""}}));
}

TEST_F(AwsClient, EncodesPathAndQueryOfRest) {
    transport.answer(204);

    const auto document = client.rest("route53", "eu-west-1", "GET", "/2013-04-01/hostedzone/Z 1/rrset",
                                      {{"name", "a.example.com."}, {"versioning", ""}});

    EXPECT_EQ(transport.requests.at(0).url,
              "https://route53.amazonaws.com/2013-04-01/hostedzone/Z%201/rrset?name=a.example.com.&versioning=");
    EXPECT_NE(transport.header(0, "Authorization").find("/us-east-1/route53/"), std::string::npos);
    EXPECT_FALSE(document.first_child());
}

TEST(AwsEndpoint, FollowsPartitionAndService) {
    struct Row {
        const char *service, *region, *account_in, *url, *signed_for;
    };
    for (const auto& row : {
             Row{"ec2", "eu-west-1", "", "https://ec2.eu-west-1.amazonaws.com", "eu-west-1"},
             Row{"ec2", "cn-north-1", "", "https://ec2.cn-north-1.amazonaws.com.cn", "cn-north-1"},
             Row{"ec2", "us-gov-east-1", "", "https://ec2.us-gov-east-1.amazonaws.com", "us-gov-east-1"},
             Row{"iam", "eu-west-1", "", "https://iam.amazonaws.com", "us-east-1"},
             Row{"iam", "us-gov-east-1", "", "https://iam.us-gov.amazonaws.com", "us-gov-west-1"},
             Row{"route53", "cn-north-1", "", "https://route53.amazonaws.com.cn", "cn-northwest-1"},
             Row{"sts", "", "", "https://sts.amazonaws.com", "us-east-1"},
             Row{"sts", "eu-west-1", "", "https://sts.eu-west-1.amazonaws.com", "eu-west-1"},
             // no region: that of the account's partition
             Row{"iam", "", "eu-west-1", "https://iam.amazonaws.com", "us-east-1"},
             Row{"iam", "", "us-gov-east-1", "https://iam.us-gov.amazonaws.com", "us-gov-west-1"},
             Row{"iam", "", "cn-north-1", "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"},
             Row{"route53", "", "us-gov-east-1", "https://route53.us-gov.amazonaws.com", "us-gov-west-1"},
             Row{"route53", "", "cn-north-1", "https://route53.amazonaws.com.cn", "cn-northwest-1"},
             Row{"tagging", "", "cn-north-1", "https://tagging.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"},
             Row{"sts", "", "us-gov-east-1", "https://sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"},
             Row{"sts", "", "eu-west-1", "https://sts.amazonaws.com", "us-east-1"},
         }) {
        const auto endpoint =
            endpoint_of(row.service, row.region, {.home = std::string(partition_of(row.account_in).home)});
        EXPECT_EQ(endpoint.url, row.url) << row.service;
        EXPECT_EQ(endpoint.region, row.signed_for) << row.service;
    }
}

TEST(AwsPartition, IsToldByAnArn) {
    EXPECT_EQ(partition_of_arn("arn:aws-us-gov:iam::123456789012:role/desk").name, "aws-us-gov");
    EXPECT_EQ(partition_of_arn("arn:aws:iam::123456789012:role/desk").name, "aws");
}

TEST(AwsEndpoint, FollowsSettings) {
    const Endpoints set{.all = "http://127.0.0.1:5000/", .service = {{"s3", "http://127.0.0.1:9000"}}};
    EXPECT_EQ(endpoint_of("iam", "eu-west-1", set).url, "http://127.0.0.1:5000");
    EXPECT_EQ(endpoint_of("iam", "eu-west-1", set).region, "us-east-1");
    EXPECT_EQ(endpoint_of("s3", "eu-west-1", set).url, "http://127.0.0.1:9000");
}

TEST(EndpointVariables, AreTheOnesThatAwsOwnLibrariesRead) {
    const std::map<std::string, std::string> wanted = {
        {"AWS_ENDPOINT_URL", "http://127.0.0.1:5000"},
        {"AWS_ENDPOINT_URL_ROUTE_53", "http://127.0.0.1:5300"},
        {"AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING", "http://127.0.0.1:8443"},
        {"AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2", "http://127.0.0.1:8443"},
    };

    EXPECT_EQ(endpoint_variables({.all = "http://127.0.0.1:5000",
                                  .service = {{"route53", "http://127.0.0.1:5300"},
                                              {"elasticloadbalancing", "http://127.0.0.1:8443"}}}),
              wanted);
    EXPECT_TRUE(endpoint_variables({}).empty());
}

TEST_F(AwsClient, ReadsTheErrorsOfEveryProtocol) {
    struct Row {
        std::string body;
        std::vector<HttpHeader> headers;
        const char* code;
    };
    const std::vector<Row> rows = {
        {"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>m</Message></Error></"
         "ErrorResponse>",
         {},
         "AccessDenied"},
        {"<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>m</Message></Error></Errors></Response>",
         {},
         "UnauthorizedOperation"},
        {"<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>m</Message></Error>", {}, "NoSuchBucket"},
        {R"({"__type":"ResourceNotFoundException","message":"m"})", {}, "ResourceNotFoundException"},
        {R"({"__type":"com.amazon.coral.service#UnknownOperationException"})", {}, "UnknownOperationException"},
        {R"({"Message":"m"})", {{"x-amzn-ErrorType", "ValidationException:http://x/"}}, "ValidationException"},
        {"", {}, "HTTP400"},
        {"<html><body>no", {}, "HTTP400"},
    };

    for (const auto& row : rows) {
        FakeTransport answering;
        answering.answer(400, row.body, row.headers);
        Client other(answering, some_credentials(), {}, time.pace());
        try {
            other.query("ec2", "eu-west-1", "A", "V");
            ADD_FAILURE() << row.code;
        } catch (const AwsError& error) {
            EXPECT_EQ(error.code(), row.code);
            EXPECT_EQ(error.status(), 400);
        }
    }
}

TEST_F(AwsClient, TriesAgainWithGrowingPausesWhenItIsTooFast) {
    transport.answer(503, kThrottled).answer(400, kThrottled).answer(500).no_answer().answer(200, kOk);

    ask();

    EXPECT_EQ(transport.requests.size(), 5U);
    EXPECT_EQ(time.pauses, (std::vector<long>{500, 1000, 2000, 4000}));
}

TEST_F(AwsClient, DrawsEveryPauseByChance) {
    Client lucky(transport, some_credentials(), {}, time.pace(0.1));
    transport.answer(429).answer(200, kOk);

    lucky.query("ec2", "eu-west-1", "A", "V");

    EXPECT_EQ(time.pauses, std::vector<long>{50});
}

TEST_F(AwsClient, GivesUpAfterFiveAttempts) {
    transport.answer(503, kThrottled);
    EXPECT_EQ(code_of_failure(), "RequestLimitExceeded");
    EXPECT_EQ(transport.requests.size(), 5U);

    FakeTransport silent;
    silent.no_answer();
    Client other(silent, some_credentials(), {}, time.pace());
    EXPECT_THROW(other.query("ec2", "eu-west-1", "A", "V"), Error);
    EXPECT_EQ(silent.requests.size(), 5U);
}

TEST_F(AwsClient, GivesUpAlsoWhenTheCredentialsExpireAtTheLastAttempt) {
    constexpr const char* kExpired = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>";
    for (int attempt = 1; attempt < 5; ++attempt) transport.answer(503, kThrottled);
    transport.answer(400, kExpired).answer(503, kThrottled).answer(200, kOk);

    EXPECT_EQ(code_of_failure(), "RequestLimitExceeded");

    EXPECT_EQ(transport.requests.size(), 6U);
}

TEST_F(AwsClient, AsksOnceOnlyWhatAwsRefuses) {
    transport.answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>");

    EXPECT_EQ(code_of_failure(), "AccessDenied");
    EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(AwsClient, GoesByTheServersClockWhenItsOwnIsOff) {
    const std::vector<HttpHeader> date = {{"Date", "Sat, 21 Nov 2026 09:20:00 GMT"}};
    transport.answer(403, "<Error><Code>RequestTimeTooSkewed</Code></Error>", date).answer(200, kOk);

    ask();
    ask();

    EXPECT_EQ(transport.header(0, "X-Amz-Date"), "20261121T100000Z");
    EXPECT_EQ(transport.header(1, "X-Amz-Date"), "20261121T092000Z");
    EXPECT_EQ(transport.header(2, "X-Amz-Date"), "20261121T092000Z");
    EXPECT_TRUE(time.pauses.empty());
}

TEST_F(AwsClient, LearnsTheTimeFromARefusalWithoutAReason) {
    transport.answer(403, "", {{"Date", "Sat, 21 Nov 2026 09:20:00 GMT"}}).answer(200);

    client.send({.method = "HEAD", .url = "https://desk-files.s3.eu-west-1.amazonaws.com/a"}, "s3", "eu-west-1");

    EXPECT_EQ(transport.header(1, "X-Amz-Date"), "20261121T092000Z");
}

TEST_F(AwsClient, BelievesARefusalWithoutAReasonWhenTheClocksAgree) {
    transport.answer(403, "", {{"Date", "Sat, 21 Nov 2026 10:00:30 GMT"}});

    EXPECT_EQ(code_of_failure(), "HTTP403");
    EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(AwsClient, BelievesARefusedSignatureWhenTheClocksAgree) {
    transport.answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>",
                     {{"Date", "Sat, 21 Nov 2026 10:00:30 GMT"}});

    EXPECT_EQ(code_of_failure(), "SignatureDoesNotMatch");
    EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(AwsClient, RenewsCredentialsBeforeTheyEnd) {
    int asked = 0;
    Client renewing(
        transport,
        [&] {
            auto fresh = some_credentials();
            fresh.access_key_id = cat("KEY", ++asked);
            fresh.expires_at = time.now + 1h;
            return fresh;
        },
        {}, time.pace());
    const auto key_of = [&](std::size_t number) { return transport.header(number, "Authorization").substr(28, 4); };
    transport.answer(200, kOk);

    renewing.query("ec2", "eu-west-1", "A", "V");
    time.now += 54min;
    renewing.query("ec2", "eu-west-1", "A", "V");
    time.now += 2min;
    renewing.query("ec2", "eu-west-1", "A", "V");

    EXPECT_EQ(key_of(0), "KEY1");
    EXPECT_EQ(key_of(1), "KEY1");
    EXPECT_EQ(key_of(2), "KEY2");
}

TEST_F(AwsClient, AsksForFreshCredentialsOnceWhenTheyExpired) {
    int asked = 0;
    Client renewing(
        transport, [&] { return ++asked, some_credentials(); }, {}, time.pace());
    transport.answer(400, "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>");

    EXPECT_THROW(renewing.query("ec2", "eu-west-1", "A", "V"), AwsError);

    EXPECT_EQ(asked, 2);
    EXPECT_EQ(transport.requests.size(), 2U);
}

TEST_F(AwsClient, SaysWhenAnAnswerCantBeUnderstood) {
    transport.answer(200, "not xml");

    EXPECT_THROW(ask(), Error);
    EXPECT_THROW(client.json("tagging", "eu-west-1", "T", Json::object()), Error);
}

}  // namespace
}  // namespace desk::aws
