// What looks like a secret, whoever it belongs to: words that announce one, and tokens with a known beginning.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace desk::worker {

/// Part of a line: from `begin` up to, not including, `end`.
struct Span {
    std::size_t begin = 0, end = 0;
};
using Spans = std::vector<Span>;

/// Adds to `found` what should be hidden of `line` by its looks. Spans may overlap.
void find_secret_shapes(std::string_view line, Spans& found);

}  // namespace desk::worker
