#include "worker/demo/x509.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"

namespace desk::demo {
namespace {

template <auto free>
struct Freed {
    template <class T>
    void operator()(T* pointer) const {
        free(pointer);
    }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

void check(bool worked) {
    if (worked) return;
    throw Error(Code::internal, "A certificate could not be made.", ERR_error_string(ERR_get_error(), nullptr));
}

template <class T>
T checked(T pointer) {
    check(pointer != nullptr);
    return pointer;
}

std::string bytes_of(const Bio& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

Bio reader(std::string_view pem) { return checked(Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())))); }
Bio writer() { return checked(Bio(BIO_new(BIO_s_mem()))); }

void add_entry(X509_NAME* name, const char* field, const std::string& value) {
    if (value.empty()) return;
    const auto* bytes = reinterpret_cast<const unsigned char*>(value.data());
    check(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, static_cast<int>(value.size()), -1, 0) == 1);
}

void add_extension(X509* certificate, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const auto extension = checked(Extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value)));
    check(X509_add_ext(certificate, extension.get(), -1) == 1);
}

Certificate unsigned_certificate(const Subject& subject, int days, EVP_PKEY* key) {
    Certificate certificate = checked(Certificate(X509_new()));
    check(X509_set_version(certificate.get(), 2) == 1);  // 2 means X.509 v3
    std::string serial = random_bytes(8);
    serial[0] = static_cast<char>((serial[0] & 0x3F) | 0x40);  // positive, and always 8 bytes long
    const auto* bytes = reinterpret_cast<const unsigned char*>(serial.data());
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(BN_bin2bn(bytes, static_cast<int>(serial.size()), nullptr));
    check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get())) != nullptr);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400L * days);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    add_entry(name, "O", subject.organization);
    add_entry(name, "CN", subject.common_name);
    check(X509_set_pubkey(certificate.get(), key) == 1);
    return certificate;
}

KeyPair to_pem(X509* certificate, EVP_PKEY* key) {
    const Bio certificate_pem = writer();
    const Bio key_pem = writer();
    check(PEM_write_bio_X509(certificate_pem.get(), certificate) == 1);
    check(PEM_write_bio_PrivateKey(key_pem.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return {.certificate = bytes_of(certificate_pem), .key = bytes_of(key_pem)};
}

Certificate read_certificate(std::string_view pem) {
    return Certificate(PEM_read_bio_X509(reader(pem).get(), nullptr, nullptr, nullptr));
}

}  // namespace

KeyPair make_authority(const Subject& subject, int days) {
    const auto key = checked(Key(EVP_EC_gen("P-256")));
    const Certificate certificate = unsigned_certificate(subject, days, key.get());
    check(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())) == 1);
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_key_usage, "critical,keyCertSign,digitalSignature,keyEncipherment");
    check(X509_sign(certificate.get(), key.get(), EVP_sha256()) != 0);
    return to_pem(certificate.get(), key.get());
}

KeyPair make_client(const Subject& subject, int days, const KeyPair& authority) {
    const auto issuer = checked(read_certificate(authority.certificate));
    const auto issuer_key =
        checked(Key(PEM_read_bio_PrivateKey(reader(authority.key).get(), nullptr, nullptr, nullptr)));
    const auto key = checked(Key(EVP_EC_gen("P-256")));
    const Certificate certificate = unsigned_certificate(subject, days, key.get());
    check(X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get())) == 1);
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature,keyEncipherment");
    add_extension(certificate.get(), NID_ext_key_usage, "clientAuth");
    check(X509_sign(certificate.get(), issuer_key.get(), EVP_sha256()) != 0);
    return to_pem(certificate.get(), key.get());
}

std::string first_common_name(std::string_view pem) {
    const Certificate certificate = read_certificate(pem);
    if (!certificate) return "";
    char name[256] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
    return name;
}

}  // namespace desk::demo
