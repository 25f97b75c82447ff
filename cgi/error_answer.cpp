#include "cgi/error_answer.hpp"

#include <algorithm>
#include <array>

#include "cgi/render.hpp"
#include "cgi/views/error_page.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

struct CodeWords {
    int status;
    std::string_view title;
    std::string_view next_step;
    std::string_view link, link_text;  ///< where to go from here
};
constexpr std::array kCodeWords = {
    CodeWords{400, "This could not be understood", "Go back, check what you entered, and try again.", "/", "Home"},
    CodeWords{
        401, "You are not signed in",
        "Your session has ended. Sign in in another tab, then come back here and send again: nothing you typed is "
        "lost.",
        "/sign-in", "Sign in"},
    CodeWords{403, "You may not do this", "If you should be able to, ask an admin of your team for the role.", "/",
              "Home"},
    CodeWords{404, "Not found", "It may belong to a team that you are not in.", "/", "Home"},
    CodeWords{405, "This address does not take that", "Follow a link or use the form of a page instead.", "/", "Home"},
    CodeWords{409, "This is not possible now",
              "The world has changed, or the state forbids it. Load the page again and look.", "/clusters", "Clusters"},
    CodeWords{413, "That is too large", "A form or a file may have 1 MB. Leave out what is not needed.", "/", "Home"},
    CodeWords{415, "That is in a form this desk does not read", "Use the form of the page.", "/", "Home"},
    CodeWords{422, "Something breaks a rule", "Go back, change it, and send again.", "/", "Home"},
    CodeWords{429, "That was too often", "Nothing was changed. Wait as long as it says above, then send again.", "/",
              "Home"},
    CodeWords{500, "Something went wrong inside the desk",
              "It was logged. Try again; if it happens again, ask an admin.", "/", "Home"},
    CodeWords{503, "The desk can’t do this now",
              "Nothing was changed. Try again in a moment; if it lasts, ask an admin.", "/", "Home"},
};

const CodeWords& words_of(int status) {
    const auto* const found = std::find_if(kCodeWords.begin(), kCodeWords.end(),
                                           [&](const CodeWords& words) { return words.status == status; });
    return found == kCodeWords.end() ? words_of(500) : *found;
}

}  // namespace

Response error_answer(App& app, const Request& request, int status, std::string_view code, const std::string& message) {
    if (request.wants_json()) return json({{"code", code}, {"message", message}, {"requestId", request.id()}}, status);
    const CodeWords& words = words_of(status);
    try {
        return render(app, request, {.file = "error.tpl", .title = std::string(words.title), .status = status},
                      views::ErrorPage{.status = status,
                                       .title = words.title,
                                       .message = message,
                                       .next_step = words.next_step,
                                       .link = words.link,
                                       .link_text = words.link_text,
                                       .request_id = request.id()});
    } catch (const std::exception& error) {
        log::error("error_page_failed", {{"why", error.what()}});
        return plain(message + "\nRequest " + request.id() + "\n").with_status(status);
    }
}

Response error_answer(App& app, const Request& request, const Error& error) {
    auto answer = error_answer(app, request, http_status(error.code()), code_word(error.code()), error.for_user());
    if (const auto* later = dynamic_cast<const RetryLater*>(&error))
        return std::move(answer).with_header("Retry-After", std::to_string(later->after().count()));
    return answer;
}

void log_failure(const std::exception& failure) {
    const auto* error = dynamic_cast<const Error*>(&failure);
    if (error == nullptr) return log::error("request_failed", {{"why", failure.what()}});
    const bool ours = error->code() == Code::internal || error->code() == Code::unavailable;
    if (!ours && error->for_log().empty()) return;
    const log::Fields fields = {{"code", code_word(error->code())},
                                {"why", error->for_log().empty() ? error->for_user() : error->for_log()},
                                {"at", cat(error->where().file_name(), ':', error->where().line())}};
    ours ? log::error("request_failed", fields) : log::info("request_refused", fields);
}

}  // namespace desk
