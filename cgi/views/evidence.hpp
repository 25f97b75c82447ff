// templates/parts/evidence.tpl: what an approver should know of a request before deciding.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/store/evidence.hpp"

namespace desk::views {

struct EvidencePart {
    struct Change {
        std::string field = {}, usual = {}, asked = {};
    };
    std::string id = {};  ///< of the request
    std::string requester = {}, history = {}, rule = {}, explanation = {}, profile = {};
    std::string standing = {};  ///< whether the profile says the same today; "" for what is no order
    Facts quota = {};           ///< after it
    std::vector<Change> changes = {};
    bool is_order = false;  ///< of a cluster: it can be compared with the profile

    static EvidencePart of(const requests::Request& request, const evidence::Evidence& evidence,
                           const Catalog& catalog);

    static constexpr const char* kFile = "parts/evidence.tpl";
    void fill(Dictionary& out) const;
};

/// "5 orders before: 4 approved, 1 rejected; 1 never became ready. 2 clusters now."
std::string history_words(const evidence::History& history);

}  // namespace desk::views
