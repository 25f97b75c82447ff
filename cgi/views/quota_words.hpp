// A quota in words: what is used, what it would come to, and where the lines are.
#pragma once

#include "core/base/text.hpp"
#include "core/model/quota.hpp"

namespace desk::views {

/// The lines of an allowance: " of 5", ", approval above 3", ", no limit".
template <class Amount, class Show>
std::string limit_words(const Allowance<Amount>& allowance, Show show) {
    if (allowance.hard) return " of " + show(*allowance.hard);
    if (allowance.soft) return ", approval above " + show(*allowance.soft);
    return ", no limit";
}

template <class Amount>
bool is_limited(const Allowance<Amount>& allowance) {
    return allowance.hard || allowance.soft;
}

/// "2 of 5": what is used now.
template <class Amount, class Show>
std::string now_words(const Allowance<Amount>& allowance, Show show) {
    return show(allowance.used) + limit_words(allowance, show);
}

/// "3 with this one, of 5": what is used when what is asked for counts already.
template <class Amount, class Show>
std::string with_this_words(const Allowance<Amount>& allowance, Show show) {
    const auto limit = limit_words(allowance, show);
    return cat(show(allowance.used), " with this one", limit.starts_with(',') ? "" : ",", limit);
}

/// "2, then 3 of 5": what is used now, and with `more`.
template <class Amount, class Show>
std::string now_and_after(const Allowance<Amount>& allowance, Amount more, Show show) {
    return cat(show(allowance.used), ", then ", show(allowance.used + more), limit_words(allowance, show));
}

}  // namespace desk::views
