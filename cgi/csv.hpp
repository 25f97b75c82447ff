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
    /// An answer is made in memory, and a table of more rows is nothing to read.
    static constexpr int kMostRows = 100'000;

    explicit Csv(const std::vector<std::string>& head, int most_rows = kMostRows)
        : most_rows_(most_rows), text_(line_of(head)) {}
    /// What is more than the most rows is left out, and the last line says so.
    void add(const std::vector<std::string>& cells);
    /// Whether rows were left out.
    bool is_cut() const { return rows_ > most_rows_; }
    /// As a download of this name.
    Response answer(const std::string& file_name) &&;

  private:
    static std::string line_of(const std::vector<std::string>& cells);

    int most_rows_, rows_ = 0;
    std::string text_;
};

}  // namespace desk
