// Keys and certificates (EC P-256, so that a whole cluster's worth takes milliseconds).
#pragma once

#include <string>
#include <string_view>

namespace desk::demo {

/// Both as PEM.
struct KeyPair {
    std::string certificate;
    std::string key;
};

struct Subject {
    std::string common_name;
    std::string organization = {};  ///< "" = none
};

/// A self-signed authority, valid from an hour ago for `days`.
KeyPair make_authority(const Subject& subject, int days);

/// A certificate for TLS clients, signed by `authority`.
KeyPair make_client(const Subject& subject, int days, const KeyPair& authority);

/// The CN of the first certificate in `pem`; "" when there is none.
std::string first_common_name(std::string_view pem);

}  // namespace desk::demo
