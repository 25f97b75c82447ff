#include "cgi/views/request_import.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/request_import.tpl.hpp"

namespace desk::views {

RequestImport RequestImport::of(const Catalog& catalog, const std::string& profile) {
    RequestImport page;
    page.profile = {.name = "profile",
                    .label = "Profile",
                    .value = profile,
                    .hint = "Used when the file names none.",
                    .kind = Field::Kind::select,
                    .options = {{"", "The one that fits"}}};
    for (const auto* known : catalog.orderable())
        page.profile.options.push_back({known->name, known->display_name.empty() ? known->name : known->display_name});
    page.file = {.name = "file",
                 .label = "The file",
                 .hint = "At most 16 KB. Versions and account ids in quotes.",
                 .kind = Field::Kind::code_area,
                 .required = true};
    return page;
}

void RequestImport::refuse(const std::string& text, const FormErrors& faults) {
    file.value = text;
    file.error = cat(counted(static_cast<long long>(faults.size()), "thing", "things"), " to correct, listed above.");
    errors = ErrorSummary{.title = "Nothing was ordered: this file can't be taken over"};
    for (const auto& fault : faults)
        errors->lines.push_back(
            {.field = "file", .text = fault.field.empty() ? fault.error : cat(fault.field, ": ", fault.error)});
}

void RequestImport::fill(Dictionary& out) const {
    include(out, kri_ERRORS, errors);
    include(out, kri_PROFILE, profile);
    include(out, kri_FILE, file);
}

}  // namespace desk::views
