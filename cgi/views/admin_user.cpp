#include "cgi/views/admin_user.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/admin_user.tpl.hpp"

namespace desk::views {

AdminUser AdminUser::of(const users::User& user, bool may_write, const Reader& reader) {
    AdminUser page{
        .id = user.id.str(),
        .username = user.username,
        .name = user.display_name,
        .state = state_of(user),
        .facts = {{"Mail address", user.email.value_or("none")}, {"Time zone", user.time_zone}, {"Id", user.id.str()}},
        .made = Moment::of(user.created_at, reader),
        .seen = Moment::of(user.last_seen, reader, "not lately"),
        .may_write = may_write,
        .is_disabled = user.disabled_at.has_value()};
    for (const auto& [team, roles] : user.teams) {
        std::vector<std::string> words;
        for (const auto role : roles) words.push_back(std::string(title(role)));
        page.teams.push_back({team, join(words, ", ")});
    }
    for (const auto name : all_texts<desk::Role>()) {
        const auto role = *parse_enum<desk::Role>(name);
        if (!is_team_role(role))
            page.roles.push_back({.value = std::string(name),
                                  .text = std::string(title(role)),
                                  .is_given = user.desk_roles.contains(role)});
    }
    return page;
}

void AdminUser::fill(Dictionary& out) const {
    out.SetValue(kau_ID, id);
    out.SetValue(kau_USERNAME, username);
    out.SetValue(kau_NAME, name);
    include(out, kau_STATE, state);
    include(out, kau_MADE, made);
    include(out, kau_SEEN, seen);
    if (password) out.AddSectionDictionary(kau_NEW_PASSWORD)->SetValue(kau_PASSWORD, password->reveal());
    fill_facts(out, kau_FACT, kau_LABEL, kau_VALUE, facts);
    if (teams.empty())
        out.ShowSection(kau_NO_TEAMS);
    else
        fill_facts(*out.AddSectionDictionary(kau_HAVE_TEAMS), kau_TEAM, kau_TEAM_NAME, kau_ROLES, teams);
    if (!may_write) return;
    auto* form = out.AddSectionDictionary(kau_MAY_WRITE);
    for (const auto& role : roles) {
        auto* item = form->AddSectionDictionary(kau_ROLE);
        item->SetValue(kau_VALUE, role.value);
        item->SetValue(kau_TEXT, role.text);
        if (role.is_given) item->ShowSection(kau_CHECKED);
    }
    form->ShowSection(is_disabled ? kau_DISABLED : kau_ENABLED);
}

}  // namespace desk::views
