// Certificate requests as programs make them, with a key of their own that nobody keeps.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "core/base/text.hpp"

namespace desk {

struct WantedCertificate {
    std::string common_name = {};
    std::string organization = "system:nodes";
    std::string names = {};  ///< subjectAltName as OpenSSL writes it: "DNS:worker-0,IP:10.0.1.7"; "" = none
};

/// PEM. Throws when OpenSSL refuses.
inline std::string make_certificate_request(const WantedCertificate& wanted) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)> request(X509_REQ_new(), &X509_REQ_free);
    X509_NAME* subject = X509_REQ_get_subject_name(request.get());
    const auto add = [&](const char* field, const std::string& value) {
        if (!value.empty())
            X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1, 0);
    };
    add("O", wanted.organization);
    add("CN", wanted.common_name);
    if (!wanted.names.empty()) {
        STACK_OF(X509_EXTENSION)* extensions = sk_X509_EXTENSION_new_null();
        sk_X509_EXTENSION_push(extensions,
                               X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, wanted.names.c_str()));
        X509_REQ_add_extensions(request.get(), extensions);
        sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    }
    X509_REQ_set_pubkey(request.get(), key.get());
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> text(BIO_new(BIO_s_mem()), &BIO_free_all);
    if (X509_REQ_sign(request.get(), key.get(), EVP_sha256()) == 0 ||
        PEM_write_bio_X509_REQ(text.get(), request.get()) != 1)
        throw std::runtime_error("the certificate request could not be made");
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(text.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace desk
