// Parsers of what anybody may send: forms, paths, cookies, CGI parameters; and what goes onto the wire.
#include <gtest/gtest.h>

#include <cstring>

#include "cgi/form.hpp"
#include "cgi/router.hpp"
#include "cgi/session.hpp"
#include "cgi/wire.hpp"

namespace desk {
namespace {

TEST(Form, DecodesFieldsInOrderWithRepetitions) {
    const auto form = Form::parse("a=1&b=x+y%26z&a=2&empty=&flag&&%C3%A9=%E2%82%AC");

    EXPECT_EQ(form["a"], "1");
    EXPECT_EQ(form.all("a"), (std::vector<std::string_view>{"1", "2"}));
    EXPECT_EQ(form["b"], "x y&z");
    EXPECT_TRUE(form.has("empty"));
    EXPECT_TRUE(form.has("flag"));
    EXPECT_EQ(form["\xc3\xa9"], "\xe2\x82\xac");
    EXPECT_EQ(form["no"], "");
    EXPECT_FALSE(form.has("no"));
}

TEST(Form, RefusesWhatIsNotText) {
    for (const char* text : {"a=%", "a=%4", "a=%gg", "a=%ff", "a=%00", "%c3=1", "a=\xff", "a=%ED%A0%80"})
        EXPECT_THROW(Form::parse(text), Error) << text;
}

TEST(Form, HasLimits) {
    std::string many;
    for (std::size_t i = 0; i < Form::kMostFields; ++i) many += "a=1&";
    EXPECT_EQ(Form::parse(many).fields().size(), Form::kMostFields);
    EXPECT_THROW(Form::parse(many + "a=1"), Error);

    EXPECT_NO_THROW(Form::parse("a=" + std::string(Form::kMostBytes, 'x')));
    EXPECT_THROW(Form::parse("a=" + std::string(Form::kMostBytes + 1, 'x')), Error);
    std::string escaped = "a=";
    for (std::size_t i = 0; i < Form::kMostBytes; ++i) escaped += "%41";
    EXPECT_NO_THROW(Form::parse(escaped));
}

TEST(QueryString, EscapesAndLeavesEmptyFieldsOut) {
    EXPECT_EQ(query_string({{"a", "1"}, {"b", ""}, {"c", "x y&z"}}), "?a=1&c=x%20y%26z");
    EXPECT_EQ(query_string({{"b", ""}}), "");
}

TEST(LocalPath, LeadsNowhereElse) {
    EXPECT_EQ(local_path("/clusters?a=b#c"), "/clusters?a=b#c");
    for (const char* next : {"", "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example",
                             "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "clusters"})
        EXPECT_EQ(local_path(next), "/") << next;
    EXPECT_EQ(local_path("/" + std::string(3000, 'a')), "/");
}

TEST(Cookie, IsFoundByItsWholeName) {
    const Request request({.params = {{"HTTP_COOKIE", "a=1; desk_session=x=y; not_desk_session=z;b"}}});

    EXPECT_EQ(request.cookie("desk_session"), "x=y");
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("b"), "");
    EXPECT_EQ(request.cookie("session"), "");
}

TEST(RequestTarget, IsTakenFromWhateverTheServerGives) {
    const Request nginx({.params = {{"REQUEST_URI", "/a%2Fb?c=d"}, {"SCRIPT_NAME", "/x"}}});
    const Request plain({.params = {{"SCRIPT_NAME", "/cgi-bin"}, {"PATH_INFO", "/a"}, {"QUERY_STRING", "c=d"}}});

    EXPECT_EQ(nginx.path(), "/a%2Fb");
    EXPECT_EQ(nginx.query()["c"], "d");
    EXPECT_EQ(plain.target(), "/cgi-bin/a?c=d");
}

/// What read_incoming makes of these parameters and this body, read in pieces of `piece` bytes.
Incoming incoming(std::vector<std::string> environment, std::string body, std::size_t most, std::size_t piece = 7) {
    std::vector<char*> pointers;
    for (auto& entry : environment) pointers.push_back(entry.data());
    pointers.push_back(nullptr);
    const auto read = [&](char* to, std::size_t count) {
        const auto got = std::min({count, piece, body.size()});
        std::memcpy(to, body.data(), got);
        body.erase(0, got);
        return got;
    };
    return read_incoming(pointers.data(), read, most);
}

TEST(Incoming, HasTheParametersAndTheWholeBody) {
    const std::string body(100, 'b');

    const auto read = incoming({"REQUEST_METHOD=POST", "CONTENT_LENGTH=100", "NO_EQUALS", "HTTP_X=a=b"}, body, 1000);

    EXPECT_EQ(read.state, Incoming::Body::whole);
    EXPECT_EQ(read.body, body);
    EXPECT_EQ(read.param("HTTP_X"), "a=b");
    EXPECT_EQ(read.param("NO_EQUALS"), "");
}

TEST(Incoming, DoesNotTrustTheAnnouncedLength) {
    using Body = Incoming::Body;
    const std::string body(100, 'b');

    EXPECT_EQ(incoming({"CONTENT_LENGTH=101"}, body, 1000).state, Body::cut_short);
    EXPECT_EQ(incoming({"CONTENT_LENGTH=1001"}, body, 1000).state, Body::too_large);
    EXPECT_EQ(incoming({"CONTENT_LENGTH=99999999999999999999"}, body, 1000).body, "");
    EXPECT_EQ(incoming({"CONTENT_LENGTH=-5"}, body, 1000).body, "");
    EXPECT_EQ(incoming({"CONTENT_LENGTH="}, body, 1000).body, "");
    EXPECT_EQ(incoming({"CONTENT_LENGTH=40"}, body, 1000).body.size(), 40U) << "what is behind it is not ours";
}

TEST(Wire, LetsNoValueBecomeAHeader) {
    const auto text = header_text(Response{.status = 303}.with_header("Location", "/x\r\nSet-Cookie: a=b"));

    EXPECT_EQ(text, "Status: 303\r\nContent-Length: 0\r\nLocation: /xSet-Cookie: a=b\r\n\r\n");
}

TEST(Wire, GivesNoLengthWhereThereIsNoBody) {
    EXPECT_EQ(header_text({.status = 304}), "Status: 304\r\n\r\n");
    EXPECT_EQ(header_text({.status = 204}), "Status: 204\r\n\r\n");
    EXPECT_EQ(header_text(x_accel("/_store/a", "text/plain", "a")).find("Content-Length"), std::string::npos);
    EXPECT_NE(header_text(html("abc")).find("Content-Length: 3\r\n"), std::string::npos);
}

TEST(Wire, SplitsALargeAnswerIntoRecordsThatReadersTake) {
    const std::string body(200'000, 'x');
    const auto answer = html(body);

    const auto bytes = answer_records(258, answer);

    std::string content;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(bytes.at(at + offset)); };
        ASSERT_EQ((std::vector<int>{byte(0), byte(1), byte(2), byte(3), byte(6)}), (std::vector<int>{1, 6, 1, 2, 0}))
            << "version, type STDOUT, request 258, no padding";
        const std::size_t length = byte(4) * 256U + byte(5);
        ASSERT_GT(length, 0U) << "an empty record ends the stream";
        content += bytes.substr(at + 8, length);
        at += 8 + length;
    }
    EXPECT_EQ(content, header_text(answer) + body);
}

constexpr Route kA[] = {{Method::get, "/a/{x}", {}, nullptr}, {Method::get, "/a/b", {}, nullptr}};
constexpr Route kB[] = {{Method::get, "/a/{x}", {}, nullptr}, {Method::get, "/a/{y}", {}, nullptr}};
constexpr Route kC[] = {{Method::get, "/a/{x}/c", {}, nullptr}, {Method::get, "/a/{x}", {}, nullptr}};
constexpr Route kD[] = {{Method::get, "/a", {}, nullptr}, {Method::post, "/a", {}, nullptr}};
static_assert(unambiguous(kA) && !unambiguous(kB) && unambiguous(kC) && unambiguous(kD));

TEST(Router, PrefersTheStaticPartWhereverTheRowStands) {
    constexpr Route first[] = {{Method::get, "/a/b", {}, nullptr}, {Method::get, "/a/{x}", {}, nullptr}};

    EXPECT_EQ(match(kA, "GET", "/a/b").route->path, "/a/b");
    EXPECT_EQ(match(first, "GET", "/a/b").route->path, "/a/b");
    EXPECT_EQ(match(kA, "GET", "/a/c").path_parts.at("x"), "c");
}

}  // namespace
}  // namespace desk
