// What the desk says to IBM Cloud and makes of its answers.
#include "core/cloud/ibmcloud.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "tests/support/ibm_cloud.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk::ibm {
namespace {

using testing::HasSubstr;
using testing::Not;

class IbmClient : public testing::Test {
  protected:
    void add(const std::string& name, const std::string& type = "instance") {
        make_dir(dir / "cloud/us-south/some");
        replace_file(dir / cat("cloud/us-south/some/", type, '-', name, ".json"),
                     Json{{"type", type}, {"region", "us-south"}, {"tags", {{"Name", name}}}}.dump());
    }
    void add_service_id(const std::string& name) {
        make_dir(dir / "service-ids");
        replace_file(dir / ("service-ids/" + name), "");
    }
    Client client(const std::string& key = IbmCloud::kApiKey) {
        return {transport, Secret(std::string(key)), cloud.url(), cloud.url()};
    }

    TempDir dir;
    IbmCloud cloud{dir.path()};
    CurlTransport transport;
};

TEST_F(IbmClient, KnowsWhoseItsKeyIs) { EXPECT_EQ(client().account(), IbmCloud::kAccount); }

TEST_F(IbmClient, SaysThatAKeyIsRefusedAndNeverWhich) {
    try {
        client("another-key").account();
        ADD_FAILURE() << "it was let in";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::forbidden);
        EXPECT_THAT(cat(error.for_user(), error.for_log()), Not(HasSubstr("another-key")));
    }
}

TEST_F(IbmClient, FindsWhatIsNamedAfterAClusterAndNothingElse) {
    for (const char* name : {"a1-x", "a1-x-master-0", "a1-x-master-1", "a1-x-worker-0", "a1-xy-master-0", "b-a1-x"})
        add(name);

    const auto found = client().named(IbmCloud::kAccount, "a1-x");

    ASSERT_EQ(found.size(), 4U) << "over two pages";
    EXPECT_EQ(found[0].type(), "instance");
    EXPECT_EQ(found[0].region(), "us-south");
    EXPECT_EQ(found[0].account(), IbmCloud::kAccount);
}

TEST_F(IbmClient, FindsServiceIdsOverPages) {
    for (const char* name : {"a1-x-one", "a1-x-two", "c-x", "d-x", "a1-x-zz"}) add_service_id(name);

    const auto found = client().service_ids(IbmCloud::kAccount, "a1-x");

    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].region(), "global");
    EXPECT_EQ(found[0].type(), "serviceid");
}

TEST_F(IbmClient, DoesNotTakeSilenceForAnEmptyAccount) {
    Client nobody(transport, Secret(std::string("k")), "http://127.0.0.1:1", "http://127.0.0.1:1");

    EXPECT_THROW(nobody.account(), Error);
}

}  // namespace
}  // namespace desk::ibm
