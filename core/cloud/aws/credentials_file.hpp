// Files in the form of AWS's shared credentials ("~/.aws/credentials"): INI with one section for each profile.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/file.hpp"
#include "core/cloud/aws/credentials.hpp"

namespace desk::aws {

/// A profile as it is written: its keys, or the command that says them.
struct Profile : Credentials {
    std::string process = {};  ///< credential_process, for a shell; "" = none
};

/// Every profile. Throws Error{invalid} with file and line for what is no INI, never with its text.
std::map<std::string, Profile> parse_credentials(std::string_view text, const std::string& file_name);

/// One profile of a file that only its owner may read. Without keys its credential_process is asked for them, as AWS's
/// SDKs do. Throws Error{invalid} with the way out when the file is not there, others may use it, or the profile or one
/// of its keys is missing, and Error{unavailable} when the process does not say them.
Credentials read_profile(const fs::path& file, const std::string& profile);

/// A private file (0600) whose one profile is [default]: for a child program, by AWS_SHARED_CREDENTIALS_FILE. A program
/// reads lasting keys once. Those that end stand in `file`.json (0600), which the profile's credential_process shows:
/// programs read it again when what they have is about to end, so whoever writes newer ones in time keeps them going.
/// Throws Error{invalid} for these when a shell would not take the path as it is.
void write_credentials_file(const fs::path& file, const Credentials& credentials);

/// "~/.aws/credentials" of the user that this process runs as, or $AWS_SHARED_CREDENTIALS_FILE.
fs::path usual_credentials_file();

}  // namespace desk::aws
