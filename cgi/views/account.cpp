#include "cgi/views/account.hpp"

#include <array>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "core/model/password.hpp"
#include "keys/account.tpl.hpp"

namespace desk::views {
namespace {

/// "Firefox on Linux", as far as the browser says so.
std::string browser_words(std::string_view user_agent) {
    struct Known {
        std::string_view mark, word;
    };
    static constexpr std::array kBrowsers = {Known{"Edg/", "Edge"}, Known{"Firefox/", "Firefox"},
                                             Known{"Chrome/", "Chrome"}, Known{"Safari/", "Safari"},
                                             Known{"curl/", "curl"}};
    static constexpr std::array kSystems = {Known{"Android", "Android"}, Known{"iPhone", "iPhone"},
                                            Known{"Windows", "Windows"}, Known{"Mac OS", "macOS"},
                                            Known{"Linux", "Linux"}};
    const auto word_of = [&](const auto& table) -> std::string_view {
        for (const auto& known : table)
            if (user_agent.find(known.mark) != std::string_view::npos) return known.word;
        return {};
    };
    const auto browser = word_of(kBrowsers), system = word_of(kSystems);
    if (browser.empty()) return "Another program";
    return system.empty() ? std::string(browser) : cat(browser, " on ", system);
}

std::string roles_words(const Principal& principal) {
    std::vector<std::string> words;
    for (const auto role : principal.desk_roles) words.push_back(std::string(title(role)));
    for (const auto& [team, roles] : principal.teams)
        for (const auto role : roles) words.push_back(cat(lower(title(role)), " in ", team));
    return words.empty() ? "no role yet: ask an administrator" : join(words, ", ");
}

Account::TokenRow token_row(const tokens::Token& token, const Reader& reader) {
    constexpr Phrase kLive{"good", "Works"}, kRevoked{"off", "Revoked"}, kExpired{"off", "Expired"};
    return {.id = token.id.str(),
            .name = token.name,
            .scope = token.scope == TokenScope::READ ? "read" : "read and write",
            .state = {token.is_live      ? kLive
                      : token.revoked_at ? kRevoked
                                         : kExpired},
            .expires = Moment::of(token.expires_at, reader),
            .used = Moment::of(token.last_used_at, reader, "never"),
            .is_live = token.is_live};
}

}  // namespace

Account Account::of(const Principal& principal, Theme theme, const std::vector<sessions::Session>& sessions,
                    const std::vector<tokens::Token>& tokens, const Reader& reader) {
    Account page{
        .username = principal.username, .roles = roles_words(principal), .must_change = principal.must_change_password};
    page.display_name = {.name = "displayName",
                         .label = "Display name",
                         .value = principal.display_name,
                         .autocomplete = "name",
                         .required = true};
    page.time_zone = {
        .name = "timeZone",
        .label = "Time zone",
        .value = principal.time_zone,
        .hint = "A name like Europe/Berlin, America/New_York or Etc/UTC. All times on pages are shown in it.",
        .required = true};
    page.theme = {.name = "theme",
                  .label = "Theme",
                  .value = std::string(text(theme)),
                  .kind = Field::Kind::select,
                  .options = {{"SYSTEM", "As my system says"}, {"LIGHT", "Light"}, {"DARK", "Dark"}}};
    page.token_name = {
        .name = "tokenName", .label = "Name", .hint = "What it is for.", .autocomplete = "off", .required = true};
    page.token_scope = {.name = "scope",
                        .label = "Scope",
                        .value = "READ",
                        .hint = "Read gives no credentials of clusters.",
                        .kind = Field::Kind::select,
                        .options = {{"READ", "Read"}, {"WRITE", "Read and write"}}};
    page.token_days = {.name = "days",
                       .label = "Days",
                       .value = "90",
                       .hint = cat("At most ", tokens::kLongestDays, '.'),
                       .type = "number",
                       .required = true,
                       .minimum = 1,
                       .maximum = tokens::kLongestDays};
    page.current = {.name = "current",
                    .label = "Current password",
                    .type = "password",
                    .autocomplete = "current-password",
                    .required = true};
    page.new_password = {.name = "newPassword",
                         .label = "New password",
                         .hint = cat("At least ", kShortestPassword, " characters; several words are good."),
                         .type = "password",
                         .autocomplete = "new-password",
                         .required = true};
    page.repeated = {.name = "repeated",
                     .label = "New password again",
                     .type = "password",
                     .autocomplete = "new-password",
                     .required = true};
    for (const auto& session : sessions)
        page.sessions.push_back({.id = session.id,
                                 .browser = browser_words(session.user_agent),
                                 .address = session.address,
                                 .used = Moment::of(session.last_used_at, reader),
                                 .is_here = session.is_current});
    for (const auto& token : tokens) page.tokens.push_back(token_row(token, reader));
    return page;
}

void Account::refuse(const FormErrors& faults, const Form& typed, std::string title) {
    ErrorSummary::Labels labels;
    for (auto* field : {&display_name, &time_zone, &theme, &token_name, &token_scope, &token_days, &current,
                        &new_password, &repeated}) {
        labels.emplace_back(field->name, field->label);
        field->error = error_of(faults, field->name);
        const bool is_secret = field->type == "password";
        if (!is_secret && typed.has(field->name)) field->value = typed[field->name];
    }
    errors = ErrorSummary::of(faults, std::move(title), labels);
}

void Account::fill(Dictionary& out) const {
    out.SetValue(ka_USERNAME, username);
    out.SetValue(ka_ROLES, roles);
    if (must_change) out.ShowSection(ka_MUST_CHANGE);
    include(out, ka_ERRORS, errors);
    include(out, ka_DISPLAY_NAME, display_name);
    include(out, ka_TIME_ZONE, time_zone);
    include(out, ka_THEME, theme);
    include(out, ka_TOKEN_NAME_FIELD, token_name);
    include(out, ka_TOKEN_SCOPE, token_scope);
    include(out, ka_TOKEN_DAYS, token_days);
    include(out, ka_CURRENT, current);
    include(out, ka_NEW_PASSWORD, new_password);
    include(out, ka_REPEATED, repeated);
    if (new_token) {
        auto* made = out.AddSectionDictionary(ka_NEW_TOKEN);
        made->SetValue(ka_TOKEN_NAME, new_token_name);
        made->SetValue(ka_TOKEN, new_token->reveal());
    }
    if (tokens.empty()) out.ShowSection(ka_NO_TOKENS);
    auto* table = tokens.empty() ? nullptr : out.AddSectionDictionary(ka_HAVE_TOKENS);
    for (const auto& token : tokens) {
        auto* item = table->AddSectionDictionary(ka_TOKEN_ROW);
        item->SetValue(ka_ID, token.id);
        item->SetValue(ka_NAME, token.name);
        item->SetValue(ka_SCOPE, token.scope);
        include(*item, ka_STATE, token.state);
        include(*item, ka_EXPIRES, token.expires);
        include(*item, ka_USED, token.used);
        if (token.is_live) item->ShowSection(ka_LIVE);
    }
    for (const auto& session : sessions) {
        auto* item = out.AddSectionDictionary(ka_SESSION);
        item->SetValue(ka_ID, session.id);
        item->SetValue(ka_BROWSER, session.browser);
        item->SetValue(ka_ADDRESS, session.address);
        include(*item, ka_USED, session.used);
        item->ShowSection(session.is_here ? ka_HERE : ka_OTHER);
    }
}

}  // namespace desk::views
