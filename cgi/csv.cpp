#include "cgi/csv.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/cloud/object_store.hpp"

namespace desk {
namespace {

bool is_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

std::string csv_cell(std::string_view text) {
    const bool is_formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos && !is_number(text);
    if (!is_formula && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string cell = is_formula ? "\"'" : "\"";
    for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + '"';
}

void Csv::add(const std::vector<std::string>& cells) {
    if (!is_cut() && ++rows_ <= most_rows_) text_ += line_of(cells);
}

Response Csv::answer(const std::string& file_name) && {
    if (is_cut()) text_ += line_of({cat("Cut after ", most_rows_, " rows: more follow. Narrow the list to get them.")});
    return Response{.content_type = "text/csv; charset=utf-8", .body = std::move(text_)}.with_header(
        "Content-Disposition", attachment(file_name));
}

std::string Csv::line_of(const std::vector<std::string>& cells) {
    std::vector<std::string> line;
    std::ranges::transform(cells, std::back_inserter(line), [](const auto& cell) { return csv_cell(cell); });
    return join(line, ",") + "\r\n";
}

}  // namespace desk
