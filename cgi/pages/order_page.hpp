// The order form with what policy says of it: shown blank, after a refusal, and filled in from a file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cgi/app.hpp"
#include "cgi/http.hpp"
#include "cgi/pages/order_form.hpp"
#include "core/model/policy.hpp"
#include "core/pg/transaction.hpp"

namespace desk::pages {

/// The teams that `principal` may order for.
std::vector<std::string> teams_to_order_for(const Principal& principal);

/// A form as it goes back to its requester.
struct OrderPage {
    const Profile& profile;
    const OrderForm& typed;
    const Evaluation& evaluation;
    bool was_sent = false;  ///< faults are shown beside the fields too
    int status = 200;
    std::vector<std::string> notes = {};
    std::optional<Time> last_order_at = {};  ///< when the reader last ordered of this profile, to offer it again
};
Response order_page(pg::Transaction& tx, const Request& request, App& app, const OrderPage& page);

}  // namespace desk::pages
