// Files in the form of AWS's shared credentials ("~/.aws/credentials"): INI with one section for each profile.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/file.hpp"
#include "core/cloud/aws/credentials.hpp"

namespace desk::aws {

/// Every profile that has keys. Throws Error{invalid} with file and line for what is no INI, never with its text.
std::map<std::string, Credentials> parse_credentials(std::string_view text, const std::string& file_name);

/// One profile of a file that only its owner may read. Throws Error{invalid} with the way out when the file is not
/// there, others may use it, or the profile or one of its keys is missing.
Credentials read_profile(const fs::path& file, const std::string& profile);

/// A private file (0600) whose one profile is [default]: for a child program, by AWS_SHARED_CREDENTIALS_FILE.
void write_credentials_file(const fs::path& file, const Credentials& credentials);

/// "~/.aws/credentials" of the user that this process runs as, or $AWS_SHARED_CREDENTIALS_FILE.
fs::path usual_credentials_file();

}  // namespace desk::aws
