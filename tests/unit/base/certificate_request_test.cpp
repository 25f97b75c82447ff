// A certificate request tells whom it is for, and for which names.
#include "core/base/certificate_request.hpp"

#include <gtest/gtest.h>

#include "tests/support/certificate_requests.hpp"

namespace desk {
namespace {

TEST(CertificateRequest, TellsWhoAndWhatIsWanted) {
    const auto pem = make_certificate_request(
        {.common_name = "system:node:worker-0", .names = "DNS:worker-0,IP:10.0.1.7,IP:fd00::7"});

    EXPECT_EQ(parse_certificate_request(pem), (CertificateRequest{.common_name = "system:node:worker-0",
                                                                  .organizations = {"system:nodes"},
                                                                  .dns_names = {"worker-0"},
                                                                  .addresses = {"10.0.1.7", "fd00::7"}}));
}

TEST(CertificateRequest, WithoutAlternativeNamesHasNone) {
    const auto wanted = parse_certificate_request(make_certificate_request({.common_name = "a", .organization = ""}));

    EXPECT_EQ(wanted, (CertificateRequest{.common_name = "a"}));
}

TEST(CertificateRequest, SaysWhenItNamesSomethingElse) {
    const auto wanted =
        parse_certificate_request(make_certificate_request({.common_name = "a", .names = "URI:https://a.example.com"}));

    EXPECT_TRUE(wanted && wanted->has_other_names);
}

TEST(CertificateRequest, ThatIsNoneOrHasNoNameIsNotRead) {
    EXPECT_FALSE(parse_certificate_request(""));
    EXPECT_FALSE(parse_certificate_request("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n"));
    EXPECT_FALSE(parse_certificate_request(make_certificate_request({.common_name = ""})));
}

}  // namespace
}  // namespace desk
