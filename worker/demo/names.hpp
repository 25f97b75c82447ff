// What a new cluster is called by: infraID, cluster id, the password of kubeadmin.
#pragma once

#include <string>
#include <string_view>

namespace desk::demo {

/// Longest name that an infraID keeps in full: 27 characters less "-" and 5 random ones.
constexpr std::size_t kMaxInfraBase = 21;

/// "demo.one" -> "demo-one-kv57r": characters outside [A-Za-z0-9-] become "-", runs collapse, cut, 5 random characters.
std::string new_infra_id(std::string_view cluster_name);

/// A random UUID (version 4).
std::string new_uuid();

/// "tnjNB-CFB6m-tv4B5-zivDC".
std::string new_password();

}  // namespace desk::demo
