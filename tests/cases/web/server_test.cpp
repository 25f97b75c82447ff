// The program as it is started: its socket, its signals, its refusals, and what it makes of hostile FastCGI.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>

#include "core/base/keyring.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/cases/web/fastcgi_client.hpp"
#include "tests/support/given.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

constexpr const char* kProgram = DESK_BINARY_DIR "/clusterdesk";
constexpr const char* kClockOfTheMigrations =
    "CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()'";

using Params = std::map<std::string, std::string>;

const std::string kKeptHealth =
    begin_records({{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", "/healthz"}}, true) + body_records("");

class Server : public ::testing::Test {
  protected:
    Server() {
        db.owner().execute(kClockOfTheMigrations);
        replace_file(dir / "keys", Keyring::new_line("k1").reveal());
        make_dir(dir / "profiles");
        replace_file(dir / "clusterdesk.yaml",
                     cat("web:\n  socket: \"", socket(), "\"\n  threads: 4\n  max_body_bytes: 65536\n  templates: \"",
                         DESK_SOURCE_DIR, "/templates\"\ndatabase:\n  url: \"", db.url(), "\"\nstore:\n  root: \"",
                         (dir / "store").string(), "\"\nsecrets:\n  key_file: \"", (dir / "keys").string(),
                         "\"\nprofiles:\n  dir: \"", (dir / "profiles").string(), "\"\n"));
    }
    ~Server() override {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
    }

    std::string socket() const { return (dir / "web.sock").string(); }
    std::string log() const { return read_file(dir / "log"); }

    pid_t start(std::map<std::string, std::string> env = {}, std::vector<std::string> args = {}) {
        args.insert(args.begin(), {"--config", (dir / "clusterdesk.yaml").string()});
        return start_program(kProgram, std::move(args), std::move(env), {});
    }
    /// As a service manager starts it that keeps the socket. The shell knows the process id that it becomes.
    pid_t start_on(const UniqueFd& listener) {
        return start_program("/bin/sh",
                             {"-c", "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" --config \"$1\"", kProgram,
                              (dir / "clusterdesk.yaml").string()},
                             {}, {listener.get()});
    }
    pid_t start_program(const std::string& program, std::vector<std::string> args,
                        std::map<std::string, std::string> env, const std::vector<int>& more_fds) {
        UniqueFd out(::open((dir / "out").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        UniqueFd err(::open((dir / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
        std::vector<int> fds = {-1, out.get(), err.get()};
        fds.insert(fds.end(), more_fds.begin(), more_fds.end());
        auto pid = spawn({.program = program, .args = std::move(args), .env = std::move(env)}, {.fds = fds});
        if (!pid) throw std::runtime_error(pid.error());
        return *pid;
    }
    void serve() {
        const std::string before = fs::exists(dir / "log") ? log() : "";
        pid_ = start();
        ASSERT_TRUE(eventually([&] { return log().find("\"serving\"", before.size()) != std::string::npos; })) << log();
        ASSERT_TRUE(eventually([&] { return answers(); }));
    }
    bool answers() {
        try {
            return get("/healthz").find("Status: 200") == 0;
        } catch (const Error&) {
            return false;
        }
    }
    /// Exit code; 128 + signal.
    int end_of(pid_t pid) {
        int status = 0;
        ::waitpid(pid, &status, 0);
        if (pid == pid_) pid_ = 0;
        return exit_of(status).code;
    }

    /// How often the log has this.
    std::size_t logged(const std::string& text) const {
        const std::string lines = log();
        std::size_t count = 0;
        for (std::size_t at = 0; (at = lines.find(text, at)) != std::string::npos; ++at) ++count;
        return count;
    }

    std::string get(const std::string& path, Params more = {}) {
        more.insert({{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", path}, {"REMOTE_ADDR", "192.0.2.7"}});
        FastCgiClient client(socket());
        client.send(begin_records(more, false) + body_records(""));
        return client.receive(1).out;
    }

    TestDb db;
    TempDir dir;
    pid_t pid_ = 0;
};

TEST_F(Server, AnswersOnASocketForItsGroup) {
    serve();

    EXPECT_EQ(dir.mode("web.sock"), 0660U);
    const auto answer = get("/healthz");
    EXPECT_EQ(answer.find("Status: 200\r\n"), 0U) << answer;
    EXPECT_NE(answer.find("\r\nX-Content-Type-Options: nosniff\r\n"), std::string::npos);
    EXPECT_EQ(get("/clusters").find("Status: 303\r\n"), 0U);
}

TEST_F(Server, EndsCleanly) {
    serve();

    ::kill(pid_, SIGTERM);

    EXPECT_EQ(end_of(pid_), 0) << log();
    EXPECT_FALSE(fs::exists(socket()));
}

TEST_F(Server, AnswersWhatIsInFlightBeforeItEnds) {
    const auto people = given::people(db);
    const auto session = given::session(db, people.requester);
    serve();
    db.owner().execute("BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE");
    auto answer = std::async(std::launch::async, [&] {
        return get("/account", {{"HTTP_COOKIE", "desk_session=" + session.session}});
    });
    pg::Connection look({.url = db.owner_url()});
    ASSERT_TRUE(eventually(
        [&] { return !look.execute("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'").empty(); }));

    ::kill(pid_, SIGTERM);
    ASSERT_TRUE(eventually([&] { return log().find("\"stopping\"") != std::string::npos; }));
    db.owner().execute("COMMIT");

    EXPECT_EQ(answer.get().find("Status: 200\r\n"), 0U);
    EXPECT_EQ(end_of(pid_), 0);
}

TEST_F(Server, RefusesASocketThatAnotherOneServes) {
    serve();

    const int code = end_of(start());

    EXPECT_EQ(code, 1);
    EXPECT_NE(log().find("Another clusterdesk serves"), std::string::npos);
    EXPECT_TRUE(answers()) << "the first one goes on";
}

TEST_F(Server, TakesOverTheSocketOfAKilledOne) {
    serve();
    ::kill(pid_, SIGKILL);
    end_of(pid_);
    ASSERT_TRUE(fs::exists(socket()));

    serve();

    EXPECT_TRUE(answers());
}

TEST_F(Server, ReplacesNoFileThatIsNoSocket) {
    replace_file(socket(), "precious");

    EXPECT_EQ(end_of(start()), 1);

    EXPECT_EQ(read_file(socket()), "precious");
}

TEST_F(Server, RefusesADatabaseWithAnotherClock) {
    db.owner().execute(
        "CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql STABLE "
        "AS 'SELECT now() - interval ''1 year'''");

    EXPECT_EQ(end_of(start()), 1);

    EXPECT_NE(log().find("desk_now()"), std::string::npos) << log();
}

TEST_F(Server, RefusesTheKeysOfAnotherDesk) {
    serve();
    ::kill(pid_, SIGTERM);
    end_of(pid_);
    replace_file(dir / "keys", Keyring::new_line("k1").reveal());

    EXPECT_EQ(end_of(start()), 1);

    EXPECT_NE(log().find("key file does not belong"), std::string::npos) << log();
}

TEST_F(Server, AnswersOneRequestAsPlainCgi) {
    const int code = end_of(start({{"GATEWAY_INTERFACE", "CGI/1.1"},
                                   {"REQUEST_METHOD", "GET"},
                                   {"SCRIPT_NAME", ""},
                                   {"PATH_INFO", "/version"},
                                   {"REMOTE_ADDR", "192.0.2.7"}}));

    EXPECT_EQ(code, 0) << log();
    const auto out = read_file(dir / "out");
    EXPECT_EQ(out.find("Status: 200\r\n"), 0U) << out;
    EXPECT_NE(out.find(DESK_VERSION), std::string::npos);
}

TEST_F(Server, TellsItsVersionAndItsSettings) {
    EXPECT_EQ(end_of(start({}, {"--version"})), 0);
    EXPECT_EQ(read_file(dir / "out"), "clusterdesk " DESK_VERSION "\n");
    EXPECT_EQ(end_of(start({}, {"--check-config"})), 0);
    EXPECT_NE(read_file(dir / "out").find("web.socket: " + socket()), std::string::npos);
    EXPECT_EQ(end_of(start({}, {"--no-such-option"})), 2);
    EXPECT_EQ(end_of(start({{"CLUSTERDESK_WEB_THREADS", "none"}}, {"--check-config"})), 1);
}

TEST_F(Server, RefusesABodyOverTheLimitWithoutReadingIt) {
    serve();
    FastCgiClient client(socket());

    client.send(
        begin_records({{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/sign-in"}, {"CONTENT_LENGTH", "65537"}}, false) +
        body_records(std::string(65537, 'x')));

    EXPECT_EQ(client.receive(1).out.find("Status: 413\r\n"), 0U);
}

TEST_F(Server, NoticesABodyThatIsShorterThanItSays) {
    serve();
    FastCgiClient client(socket());

    client.send(
        begin_records({{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/sign-in"}, {"CONTENT_LENGTH", "10"}}, false) +
        body_records("x"));

    EXPECT_EQ(client.receive(1).out.find("Status: 400\r\n"), 0U);
}

TEST_F(Server, ExecutesNoRequestThatIsForgedInsideABody) {
    // On a kept connection libfcgi would take the rest of an unread body for records; where in a record they begin
    // depends on its buffer, so the forged request stands at every alignment.
    serve();
    const std::string forged =
        begin_records({{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", "/forged"}}, true) + body_records("");
    for (std::size_t shift = 0; shift < 16; ++shift) {
        std::string body(shift, 'x');
        while (body.size() < 60000) body += forged + std::string(16 - forged.size() % 16, '\0');
        for (const char* announced : {"0", "100", "70000"}) {
            FastCgiClient client(socket());
            client.send(
                begin_records({{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/sign-in"}, {"CONTENT_LENGTH", announced}},
                              true) +
                body_records(body));
            const auto received = client.receive(2);
            EXPECT_EQ(received.ended, 1) << "shift " << shift << ", announced " << announced;
            EXPECT_TRUE(received.closed) << "shift " << shift << ", announced " << announced;
        }
    }
    EXPECT_TRUE(answers());
    EXPECT_EQ(log().find("/forged"), std::string::npos);
    EXPECT_EQ(logged("\"route\":\"\""), 0U) << "a request for no route was executed";
}

TEST_F(Server, AnswersARequestAfterTheOtherOnAKeptConnection) {
    serve();
    FastCgiClient client(socket());

    client.send(kKeptHealth);
    const auto first = client.receive(1);
    client.send(kKeptHealth);
    const auto second = client.receive(1);

    EXPECT_EQ(first.ended + second.ended, 2) << "what proves that the test before can see a second request";
}

TEST_F(Server, AnswersAFreshConnectionBesides512ThatAreIdle) {
    serve();
    std::vector<FastCgiClient> idle;
    for (int i = 0; i < 512; ++i) {
        idle.emplace_back(socket());
        idle.back().send(kKeptHealth);
        ASSERT_EQ(idle.back().receive(1).ended, 1) << i;
    }

    EXPECT_TRUE(answers());

    for (auto& client : idle) client.send(kKeptHealth);
    for (auto& client : idle) ASSERT_EQ(client.receive(1).ended, 1) << "and the idle ones are kept";
}

TEST_F(Server, GoesOnWhenAPeerSendsHalfARequestAndLeaves) {
    serve();
    for (std::size_t cut : {std::size_t{0}, std::size_t{3}, kKeptHealth.size() / 2, kKeptHealth.size() - 1}) {
        FastCgiClient client(socket());
        client.send(kKeptHealth.substr(0, cut));
    }

    EXPECT_TRUE(answers());
}

TEST_F(Server, AsksAnIdlePeerToLeaveAndAnswersWhatItHasSentMeanwhile) {
    serve();
    FastCgiClient client(socket());
    client.send(kKeptHealth);
    ASSERT_EQ(client.receive(1).ended, 1);

    ::kill(pid_, SIGTERM);
    ASSERT_TRUE(client.hears_something());
    client.send(kKeptHealth);  // as a web server that had not looked yet
    const auto answer = client.receive(1);

    EXPECT_GE(answer.empty_errors, 1) << "what nginx takes for a reason to close an idle connection";
    EXPECT_EQ(answer.out.find("Status: 200\r\n"), 0U);
}

TEST_F(Server, EndsThoughAnIdlePeerStays) {
    serve();
    FastCgiClient client(socket());
    client.send(kKeptHealth);
    ASSERT_EQ(client.receive(1).ended, 1);

    ::kill(pid_, SIGTERM);

    EXPECT_EQ(end_of(pid_), 0) << log();
    EXPECT_TRUE(client.receive(1).closed);
}

TEST_F(Server, FollowsAnotherOnASocketThatAServiceManagerKeeps) {
    const auto listener = listen_on(socket());
    const pid_t old = start_on(listener);
    ASSERT_TRUE(eventually([&] { return logged("\"serving\"") == 1 && answers(); })) << log();

    pid_ = start_on(listener);
    ASSERT_TRUE(eventually([&] { return logged("\"serving\"") == 2; })) << log();
    ::kill(old, SIGTERM);

    EXPECT_TRUE(answers()) << "while one of them ends";
    EXPECT_EQ(end_of(old), 0) << log();
    EXPECT_TRUE(fs::exists(socket()));
    EXPECT_TRUE(answers());
}

TEST_F(Server, KeepsRequestsWaitingWhileNobodyServesOnAKeptSocket) {
    const auto listener = listen_on(socket());
    FastCgiClient early(socket());
    early.send(kKeptHealth);

    pid_ = start_on(listener);

    EXPECT_EQ(early.receive(1).out.find("Status: 200\r\n"), 0U);
}

TEST_F(Server, RefusesAKeptSocketOfAnotherPath) {
    const auto listener = listen_on((dir / "other.sock").string());

    EXPECT_EQ(end_of(start_on(listener)), 1);

    EXPECT_NE(log().find("does not listen on web.socket"), std::string::npos) << log();
}

}  // namespace
}  // namespace desk
