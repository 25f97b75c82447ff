// The order form as it was typed: fields have the names of the API, so that a query string, a form and an order speak
// of the same things.
#pragma once

#include <string>

#include "cgi/form.hpp"
#include "core/model/order.hpp"
#include "core/model/profile.hpp"

namespace desk::pages {

struct OrderForm {
    Order order = {};
    std::string ttl_hours = {};   ///< as typed: it may be no number
    std::string extra_tags = {};  ///< as typed: key=value lines
    std::string failure = {};
    FormErrors errors = {};  ///< what can't even be read

    /// What `form` does not name has the value of `start`: of a blank form, or of an order that is made again.
    static OrderForm read(const Form& form, const Profile& profile, const Order& start);
    /// The form as somebody would have typed this order.
    static OrderForm of(const Order& order);
};

}  // namespace desk::pages
