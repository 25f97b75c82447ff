// Comma-separated tables, for spreadsheets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cgi/http.hpp"

namespace desk {

/// A cell as RFC 4180 wants it. What a spreadsheet would take for a formula (=, +, -, @, tab, CR in front) gets an
/// apostrophe before it; numbers stay numbers.
std::string csv_cell(std::string_view text);

class Csv {
  public:
    explicit Csv(const std::vector<std::string>& head) { add(head); }
    void add(const std::vector<std::string>& cells);
    /// As a download of this name.
    Response answer(const std::string& file_name) &&;

  private:
    std::string text_;
};

}  // namespace desk
