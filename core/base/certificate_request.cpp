#include "core/base/certificate_request.hpp"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace desk {
namespace {

constexpr int kIpv4Bytes = 4, kIpv6Bytes = 16;

using TextBuffer = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using Pkcs10 = std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)>;
using GeneralNames = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;

std::string utf8_of(const ASN1_STRING* text) {
    unsigned char* bytes = nullptr;
    const int size = ASN1_STRING_to_UTF8(&bytes, text);
    if (size < 0) return "";
    std::string utf8(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return utf8;
}

std::vector<std::string> entries(const X509_NAME* subject, int nid) {
    std::vector<std::string> found;
    for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, nid, at)) >= 0;)
        found.push_back(utf8_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
    return found;
}

/// "" for bytes that are no address.
std::string address_of(const ASN1_OCTET_STRING* bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int size = ASN1_STRING_length(bytes);
    if (size != kIpv4Bytes && size != kIpv6Bytes) return "";
    ::inet_ntop(size == kIpv4Bytes ? AF_INET : AF_INET6, ASN1_STRING_get0_data(bytes), text.data(), text.size());
    return text.data();
}

void read_alternative_names(X509_REQ* request, CertificateRequest& into) {
    const auto free_all = [](STACK_OF(X509_EXTENSION) * all) { sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free); };
    const std::unique_ptr<STACK_OF(X509_EXTENSION), decltype(free_all)> extensions(X509_REQ_get_extensions(request),
                                                                                   free_all);
    const GeneralNames names(
        static_cast<GENERAL_NAMES*>(X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr)),
        &GENERAL_NAMES_free);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            into.dns_names.push_back(utf8_of(name->d.dNSName));
        else if (name->type == GEN_IPADD)
            into.addresses.push_back(address_of(name->d.iPAddress));
        else
            into.has_other_names = true;
    }
}

}  // namespace

std::optional<CertificateRequest> parse_certificate_request(std::string_view pem) {
    const TextBuffer text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free_all);
    const Pkcs10 request(PEM_read_bio_X509_REQ(text.get(), nullptr, nullptr, nullptr), &X509_REQ_free);
    if (!request) return std::nullopt;
    const X509_NAME* subject = X509_REQ_get_subject_name(request.get());
    const auto names = entries(subject, NID_commonName);
    if (names.size() != 1) return std::nullopt;
    CertificateRequest wanted{.common_name = names.front(), .organizations = entries(subject, NID_organizationName)};
    read_alternative_names(request.get(), wanted);
    return wanted;
}

}  // namespace desk
