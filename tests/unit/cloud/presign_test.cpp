// Download links: what a signature covers, and that a token has one spelling.
#include "core/cloud/presign.hpp"

#include <gtest/gtest.h>

#include "core/base/text.hpp"

namespace desk {
namespace {

const Keyring& keys() {
    static const Keyring ring = Keyring::parse(Secret("k1:" + base64(std::string(32, 'a'))));
    return ring;
}
const LinkSubject kSubject{.id = DownloadId("dl_01JD0000000000000000000000"),
                           .object_key = "clusters/clu_1/kubeconfig",
                           .expires_at = Time(std::chrono::seconds(1'800'000'000)),
                           .file_name = "kubeconfig-blue"};

bool is_good(const std::string& text, const std::string& object_key, const std::string& file_name) {
    const auto token = LinkToken::parse(text);
    return token && is_signed(keys(), *token, object_key, file_name);
}

TEST(DownloadLink, IsAcceptedAsItWasSigned) {
    const std::string token = sign_link(keys(), kSubject);

    EXPECT_TRUE(is_good(token, kSubject.object_key, kSubject.file_name));
    EXPECT_TRUE(token.starts_with("dl_01JD0000000000000000000000.1800000000."));
    EXPECT_EQ(LinkToken::parse(token)->expires_at, kSubject.expires_at);
}

TEST(DownloadLink, CoversEveryPart) {
    const std::string token = sign_link(keys(), kSubject);
    std::string later = token, other = token;
    later.replace(token.find(".1800000000."), 12, ".1800000001.");
    other.replace(3, 26, "01JD0000000000000000000001");

    EXPECT_FALSE(is_good(token, "clusters/clu_2/kubeconfig", kSubject.file_name));
    EXPECT_FALSE(is_good(token, kSubject.object_key, "kubeconfig-red"));
    EXPECT_FALSE(is_good(later, kSubject.object_key, kSubject.file_name));
    EXPECT_FALSE(is_good(other, kSubject.object_key, kSubject.file_name));
}

TEST(DownloadLink, CantBeMadeWithAnotherKey) {
    const auto other = Keyring::parse(Secret("k1:" + base64(std::string(32, 'b'))));

    EXPECT_FALSE(is_good(sign_link(other, kSubject), kSubject.object_key, kSubject.file_name));
}

TEST(DownloadLink, FailsWithAnyBitOfItsSignatureChanged) {
    const auto token = *LinkToken::parse(sign_link(keys(), kSubject));
    for (std::size_t i = 0; i < token.signature.size() * 8; ++i) {
        auto changed = token;
        changed.signature[i / 8] = static_cast<char>(changed.signature[i / 8] ^ (1 << (i % 8)));

        EXPECT_FALSE(is_signed(keys(), changed, kSubject.object_key, kSubject.file_name)) << "bit " << i;
    }
}

TEST(DownloadLink, HasOneSpelling) {
    const std::string token = sign_link(keys(), kSubject);
    const std::string head = token.substr(0, token.rfind('.') + 1);
    const std::string signature = token.substr(head.size());
    // The last of 43 characters carries 4 bits: 16 spellings would decode to the same 32 bytes.
    int accepted = 0;
    for (const char last : std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
        accepted += is_good(head + signature.substr(0, 42) + last, kSubject.object_key, kSubject.file_name);

    EXPECT_EQ(accepted, 1);
    for (const auto& text :
         {token + "=", token + ".", "." + token, token + " ", head, std::string(), std::string(".."),
          "dl_01JD0000000000000000000000.01800000000." + signature, "dl_01JD0000000000000000000000.-1." + signature,
          "dl_01JD0000000000000000000000.99999999999999999999." + signature,
          "dl_01JD0000000000000000000000..1800000000." + signature,
          "art_01JD0000000000000000000000.1800000000." + signature})
        EXPECT_FALSE(LinkToken::parse(text)) << text;
}

}  // namespace
}  // namespace desk
