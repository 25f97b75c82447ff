#include "cgi/views/admin_users.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/admin_users.tpl.hpp"

namespace desk::views {
namespace {

std::string words_of(const std::set<Role>& roles) {
    std::vector<std::string> words;
    for (const auto role : roles) words.push_back(lower(title(role)));
    return join(words, ", ");
}

}  // namespace

std::string roles_words(const users::User& user) {
    std::vector<std::string> words;
    if (!user.desk_roles.empty()) words.push_back(words_of(user.desk_roles));
    for (const auto& [team, roles] : user.teams) words.push_back(cat(team, ": ", words_of(roles)));
    return words.empty() ? "none" : join(words, "; ");
}

State state_of(const users::User& user) {
    if (user.disabled_at) return {{"off", "Switched off"}};
    if (user.must_change_password) return {{"wait", "New password due"}};
    return {{"good", "Active"}};
}

AdminUsers AdminUsers::of(const std::vector<users::User>& users, std::string search, bool may_write,
                          const Reader& reader) {
    AdminUsers page{.search = std::move(search), .may_write = may_write};
    for (const auto& user : users)
        page.rows.push_back({.id = user.id.str(),
                             .username = user.username,
                             .name = user.display_name,
                             .roles = roles_words(user),
                             .state = state_of(user),
                             .seen = Moment::of(user.last_seen, reader, "not lately")});
    page.username = {.name = "username",
                     .label = "User name",
                     .hint = "Lower case; letters, digits and . _ @ -",
                     .autocomplete = "off",
                     .required = true};
    page.display_name = {.name = "displayName", .label = "Display name", .autocomplete = "off", .optional = true};
    page.email = {.name = "email", .label = "Mail address", .type = "email", .autocomplete = "off", .optional = true};
    return page;
}

void AdminUsers::refuse(const FormErrors& faults, const Form& typed) {
    ErrorSummary::Labels labels;
    for (auto* field : {&username, &display_name, &email}) {
        labels.emplace_back(field->name, field->label);
        field->value = typed[field->name];
        field->error = error_of(faults, field->name);
    }
    errors = ErrorSummary::of(faults, "No account was made", labels);
}

void AdminUsers::fill(Dictionary& out) const {
    out.SetValue(kau_SEARCH, search);
    include(out, kau_ERRORS, errors);
    if (password) {
        auto* made = out.AddSectionDictionary(kau_CREATED);
        made->SetValue(kau_USERNAME, created);
        made->SetValue(kau_PASSWORD, password->reveal());
    }
    for (const auto& row : rows) {
        auto* item = out.AddSectionDictionary(kau_USER);
        item->SetValue(kau_ID, row.id);
        item->SetValue(kau_USERNAME, row.username);
        item->SetValue(kau_NAME, row.name);
        item->SetValue(kau_ROLES, row.roles);
        include(*item, kau_STATE, row.state);
        include(*item, kau_SEEN, row.seen);
    }
    if (rows.empty()) out.ShowSection(kau_NONE);
    if (!may_write) return;
    auto* form = out.AddSectionDictionary(kau_MAY_WRITE);
    include(*form, kau_NEW_USERNAME, username);
    include(*form, kau_NEW_NAME, display_name);
    include(*form, kau_NEW_EMAIL, email);
}

}  // namespace desk::views
