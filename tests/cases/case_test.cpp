// Runs every case file through dispatch, as the web server would, on a database of its own.
#include <algorithm>
#include <cctype>

#include "core/store/brakes.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/case_file.hpp"

namespace desk {
namespace {

using Words = std::vector<std::string>;

class Case : public ApiDesk, public ::testing::WithParamInterface<fs::path> {
  protected:
    /// `given` lines: what there is, and the name it gets for $name.
    void give(const Words& words) {
        const auto as = std::find(words.begin(), words.end(), "as");
        const std::string name = as != words.end() && as + 1 != words.end() ? as[1] : "";
        const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string(); };
        if (word(0) == "cluster") {  // given cluster STATUS owner [team] as NAME
            const auto id = given::cluster(db, {.name = "the-" + name,
                                                .owner = user(word(2)),
                                                .team = word(3) == "as" ? "demo" : word(3),
                                                .status = parse_enum<ClusterStatus>(word(1)).value()});
            variables[name] = id.str();
        } else if (word(0) == "request") {  // given request STATE cluster requester as NAME
            const auto id = given::request(db, {.cluster = ClusterId(variables.at(word(2))),
                                                .requester = user(word(3)),
                                                .state = parse_enum<RequestState>(word(1)).value()});
            variables[name] = id.str();
            variables[name + ".digest"] = db.value("SELECT digest FROM requests WHERE id = '" + id.str() + "'");
        } else if (word(0) == "job") {  // given job TYPE STATUS cluster as NAME
            const auto id = given::job(db, {.cluster = ClusterId(variables.at(word(3))),
                                            .type = parse_enum<JobType>(word(1)).value(),
                                            .status = parse_enum<JobStatus>(word(2)).value()});
            variables[name] = id.str();
        } else if (word(0) == "outputs") {  // given outputs cluster
            given::outputs(db, ClusterId(variables.at(word(1))));
        } else if (word(0) == "brake") {  // given brake NAME reason...
            auto tx = db.begin();
            const Words reason(words.begin() + 2, words.end());
            brakes::pull(tx, parse_enum<Brake>(word(1)).value(), join(reason, " "), people.admin,
                         given::actor(db, people.admin));
            tx.commit();
        } else if (word(0) == "newcomer") {  // given newcomer: must change the password first
            variables["newcomer"] =
                given::person(db,
                              {.username = "newcomer", .team_roles = {Role::requester}, .must_change_password = true})
                    .str();
        } else {
            FAIL() << "not understood: given " << join(words, " ");
        }
    }

    UserId user(const std::string& username) {
        const auto id = db.value("SELECT id FROM users WHERE username = '" + username + "'");
        if (id.empty()) throw std::runtime_error("nobody is called " + username);
        return UserId(id);
    }

    /// `as requester`, `as requester by token`, `as requester by READ token`, `as anyone`.
    Headers credentials(const Words& who) {
        if (who.empty() || who[0] == "anyone") return {};
        if (who.back() == "token") {
            const bool may_write = std::find(who.begin(), who.end(), "READ") == who.end();
            return {{"HTTP_AUTHORIZATION", "Bearer " + given::token(db, user(who[0]), may_write)}};
        }
        auto& session = sessions[who[0]];
        if (session.session.empty()) session = given::session(db, user(who[0]));
        variables["csrf"] = session.csrf;
        return {{"HTTP_COOKIE", "desk_session=" + session.session}};
    }

    /// $name and $name.digest by what was given; "$me", the others by username.
    std::string fill_in(std::string text) const {
        std::vector<std::string> names;
        for (const auto& [name, value] : variables) names.push_back(name);
        std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
        for (const auto& name : names)
            for (std::size_t at = 0; (at = text.find('$' + name, at)) != std::string::npos;)
                text.replace(at, name.size() + 1, variables.at(name));
        return text;
    }

    void run(const CaseStep& step) {
        Headers headers = credentials(step.who);
        const std::string body = fill_in(step.body);
        for (const auto& [name, value] : step.headers) {
            std::string key = lower(name) == "content-type" ? "" : "HTTP_";
            for (const char c : name) key += c == '-' ? '_' : static_cast<char>(std::toupper(c));
            headers[key] = fill_in(value);
        }
        if (step.method == "POST") headers["CONTENT_LENGTH"] = std::to_string(body.size());
        const auto answer = call(step.method, fill_in(step.target), headers, body);

        EXPECT_EQ(answer.status, step.status) << answer.body.substr(0, 3000);
        for (const auto& [name, value] : step.answer_headers)
            EXPECT_EQ(answer.header(name), value == "(none)" ? "" : fill_in(value)) << name;
        for (const auto& text : step.contains)
            EXPECT_NE(answer.body.find(fill_in(text)), std::string::npos)
                << "is missing: " << fill_in(text) << "\n in: " << answer.body.substr(0, 6000);
        for (const auto& text : step.lacks)
            EXPECT_EQ(answer.body.find(fill_in(text)), std::string::npos) << "is there: " << fill_in(text);
    }

    std::map<std::string, std::string> variables;
    std::map<std::string, given::SignedIn> sessions;
};

TEST_P(Case, GetsItsAnswers) {
    const auto file = parse_case(read_file(GetParam()));
    for (const auto* name : {"requester", "approver", "teamlead", "admin", "auditor", "stranger", "nobody"})
        variables[name] = user(name).str();
    for (const auto& words : file.given) give(words);

    for (const auto& step : file.steps) {
        SCOPED_TRACE(cat(GetParam().string(), ':', step.line));
        run(step);
    }
}

std::string name_of(const ::testing::TestParamInfo<fs::path>& info) {
    std::string name = info.param.parent_path().filename().string() + '_' + info.param.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Files, Case, ::testing::ValuesIn(case_files()), name_of);

TEST(CaseFile, ReadsWhatIsGivenAskedAndExpected) {
    const auto file = parse_case(
        "# a promise\ngiven cluster READY requester as blue\n\nas requester\nPOST /x\nA: 1\n\nbody\n----\n200\nB: 2\n\n"
        "+ yes\n- no\n====\nGET /y\n----\n404\n");

    ASSERT_EQ(file.given.size(), 1U);
    ASSERT_EQ(file.steps.size(), 2U);
    const auto& first = file.steps[0];
    EXPECT_EQ(first.method + ' ' + first.target, "POST /x");
    EXPECT_EQ(first.body, "body");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.contains, Words{"yes"});
    EXPECT_EQ(first.lacks, Words{"no"});
    EXPECT_EQ(file.steps[1].who, Words{"requester"}) << "goes on as the one before";
}

TEST(CaseFile, RefusesWhatItDoesNotUnderstand) {
    for (const char* text : {"", "GET /x\n", "GET /x\n----\n", "GET\n----\n200\n", "GET /x\n----\n200\n\nsomething\n"})
        EXPECT_THROW(parse_case(text), Error) << text;
}

}  // namespace
}  // namespace desk
