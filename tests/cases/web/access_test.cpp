// Who may call what, in one reviewed file: a change of the routes table or of the roles shows up as a line of it.
#include <gtest/gtest.h>

#include "cgi/router.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

std::string flags_of(const Route& route) {
    std::string words;
    const std::pair<Flags, const char*> all[] = {{Flags::writes, " writes"},     {Flags::sensitive, " sensitive"},
                                                 {Flags::creates, " creates"},   {Flags::destroys, " destroys"},
                                                 {Flags::unbraked, " unbraked"}, {Flags::unchanged, " unchanged"}};
    for (const auto& [flag, word] : all)
        if (has(route.flags, flag)) words += word;
    return words;
}

std::string who_may(const Route& route) {
    if (route.access.permission == Permission::everyone) return "everyone";
    if (route.access.permission == Permission::signed_in) return "signed in";
    std::vector<std::string> roles;
    for (const auto word : all_texts<Role>())
        if (grants(*parse_enum<Role>(word), route.access.permission)) roles.emplace_back(word);
    return join(roles, " ");
}

std::string matrix() {
    std::string all;
    for (const Route& route : kAllRoutes)
        all += cat(text(route.method), ' ', route.path, ": ", who_may(route), " (", text(route.access.scope), ')',
                   flags_of(route), '\n');
    return all;
}

TEST(Access, IsWhatWasReviewed) {
    EXPECT_EQ(matrix(), read_file(DESK_SOURCE_DIR "/tests/cases/web/access.txt"))
        << "If the change is meant, this is the new content of access.txt:\n"
        << matrix();
}

TEST(Access, ToTheWholeDeskIsForRolesOnTheWholeDeskOnly) {
    for (const Route& route : kAllRoutes) {
        if (route.access.scope != Scope::any || route.access.permission == Permission::catalog_read) continue;
        for (const Role role : {Role::requester, Role::approver, Role::team_admin})
            EXPECT_FALSE(grants(role, route.access.permission)) << route.path << " by " << text(role);
    }
}

TEST(Access, OfAuditorsIsToLook) {
    for (const Route& route : kAllRoutes) {
        const bool changes = route.method == Method::post || has(route.flags, Flags::writes);
        const bool is_own = route.access.scope == Scope::own;
        EXPECT_FALSE(changes && !is_own && grants(Role::auditor, route.access.permission)) << route.path;
    }
    EXPECT_FALSE(grants(Role::auditor, Permission::outputs_read)) << "never a credential";
}

}  // namespace
}  // namespace desk
