// EC2's answers as AWS documents them.
#include "core/cloud/aws/ec2.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cloud/fake_transport.hpp"

namespace desk::aws {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kTwoInstances = R"(<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>8f7724cf-496f-496e-8fe3-example</requestId>
  <reservationSet>
    <item><reservationId>r-1234567890abcdef0</reservationId><ownerId>123456789012</ownerId><groupSet/>
      <instancesSet>
        <item><instanceId>i-1</instanceId><imageId>ami-1</imageId>
          <instanceState><code>16</code><name>running</name></instanceState>
          <instanceType>m6i.xlarge</instanceType>
          <cpuOptions><coreCount>2</coreCount><threadsPerCore>2</threadsPerCore></cpuOptions>
          <tagSet><item><key>Name</key><value>blue-x7f2k-master-0</value></item>
            <item><key>kubernetes.io/cluster/blue-x7f2k</key><value>owned</value></item></tagSet></item>
        <item><instanceId>i-2</instanceId>
          <instanceState><code>48</code><name>terminated</name></instanceState>
          <instanceType>m6i.large</instanceType></item>
      </instancesSet></item>
  </reservationSet>%NEXT%
</DescribeInstancesResponse>)";

std::string instances_page(const std::string& next) {
    std::string page = kTwoInstances;
    return page.replace(page.find("%NEXT%"), 6, next.empty() ? "" : "<nextToken>" + next + "</nextToken>");
}

class Ec2 : public testing::Test {
  protected:
    FakeTransport transport;
    FakePace pace;
    Client client{transport, some_credentials(), {}, pace.pace()};
};

TEST_F(Ec2, IsAskedForNoMoreKeysAtOnceThanAFilterTakes) {
    transport.answer(200, "<R/>");
    std::vector<std::string> keys;
    for (int i = 1; i <= 201; ++i) keys.push_back(cat("key-", i));

    ec2::tagged(client, "us-east-1", keys);

    EXPECT_THAT(transport.requests.front().body,
                AllOf(HasSubstr("Filter.1.Value.200=key-200"), Not(HasSubstr("key-201"))));
    EXPECT_THAT(transport.requests.back().body,
                AllOf(HasSubstr("Filter.1.Value.1=key-201"), Not(HasSubstr("Filter.1.Value.2="))));
}

TEST_F(Ec2, TellsInstancesWithStateTypeAndTagsButNotTheTerminated) {
    transport.answer(200, instances_page(""));

    const auto found = ec2::instances(client, "us-east-1", "kubernetes.io/cluster/blue-x7f2k");

    EXPECT_EQ(found, (std::vector<Resource>{
                         {.region = "us-east-1",
                          .type = "instance",
                          .id = "i-1",
                          .name = "blue-x7f2k-master-0",
                          .state = "running",
                          .kind = "m6i.xlarge",
                          .tags = {{"Name", "blue-x7f2k-master-0"}, {"kubernetes.io/cluster/blue-x7f2k", "owned"}}}}));
    EXPECT_THAT(transport.requests[0].body,
                AllOf(HasSubstr("Action=DescribeInstances&Version=2016-11-15"), HasSubstr("Filter.1.Name=tag-key"),
                      HasSubstr("Filter.1.Value.1=kubernetes.io%2Fcluster%2Fblue-x7f2k")));
}

TEST_F(Ec2, ReadsEveryPage) {
    transport.answer(200, instances_page("more+/=")).answer(200, instances_page(""));

    EXPECT_EQ(ec2::instances(client, "us-east-1", "k").size(), 2U);

    EXPECT_THAT(transport.requests[0].body, Not(HasSubstr("NextToken")));
    EXPECT_THAT(transport.requests[1].body, HasSubstr("NextToken=more%2B%2F%3D"));
}

TEST_F(Ec2, StopsAnyNumberOfInstances) {
    transport.answer(200, R"(<StopInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instancesSet>
        <item><instanceId>i-0</instanceId><currentState><code>64</code><name>stopping</name></currentState></item>
        </instancesSet></StopInstancesResponse>)");
    const std::vector<std::string> ids(101, "i-0");

    ec2::stop_instances(client, "us-east-1", ids);

    ASSERT_EQ(transport.requests.size(), 2U);
    EXPECT_THAT(transport.requests[0].body, AllOf(HasSubstr("Action=StopInstances"), HasSubstr("InstanceId.100=i-0")));
    EXPECT_THAT(transport.requests[1].body, AllOf(HasSubstr("InstanceId.1=i-0"), Not(HasSubstr("InstanceId.2="))));
}

TEST_F(Ec2, SaysAwsReasonWhenItRefuses) {
    transport.answer(403, R"(<Response><Errors><Error><Code>UnauthorizedOperation</Code>
        <Message>You are not authorized to perform this operation.</Message></Error></Errors>
        <RequestID>8f7724cf</RequestID></Response>)");

    try {
        ec2::instances(client, "us-east-1", "k");
        FAIL() << "no error";
    } catch (const AwsError& error) {
        EXPECT_EQ(error.code(), "UnauthorizedOperation");
    }
}

TEST_F(Ec2, CountsProcessorsOfStandardFamiliesThatAreNotSpot) {
    const std::string item = R"(<item><instanceId>i</instanceId><instanceType>TYPE</instanceType>MORE<cpuOptions>
        <coreCount>4</coreCount><threadsPerCore>2</threadsPerCore></cpuOptions></item>)";
    const auto of = [&](const std::string& type, const std::string& more = "") {
        std::string text = item;
        text.replace(text.find("TYPE"), 4, type);
        return text.replace(text.find("MORE"), 4, more);
    };
    const std::string nothing = "<R/>";
    transport.answer(200, nothing)
        .answer(200, nothing)
        .answer(200, nothing)
        .answer(200, nothing)
        .answer(200, "<R><reservationSet><item><instancesSet>" + of("m6i.2xlarge") + of("im4gn.2xlarge") +
                         of("inf1.2xlarge") + of("p4d.24xlarge") +
                         of("c5.2xlarge", "<instanceLifecycle>spot</instanceLifecycle>") +
                         "</instancesSet></item></reservationSet></R>");

    EXPECT_EQ(ec2::usage(client, "us-east-1").standard_vcpus, 16);
}

}  // namespace
}  // namespace desk::aws
