// session_client as a user runs it, against session_server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/support/echo_pair.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What to run over: --state of the server, and whether the client asks over UDP.
struct Way {
  std::string state;
  bool udp;
};
std::string name_of(const testing::TestParamInfo<Way>& info) {
  return info.param.state + (info.param.udp ? "OverUdp" : "OverTcp");
}
const auto ways = testing::Values(Way{"memory", false}, Way{"memory", true}, Way{"store", false}, Way{"store", true},
                                  Way{"token", false}, Way{"token", true});

class SessionClient : public testing::TestWithParam<Way> {
 protected:
  SessionClient() {
    const std::string key = "k1 MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\n";
    std::ofstream(folder_.file("key")) << key;
    std::filesystem::permissions(folder_.file("key"), std::filesystem::perms(0600));
  }
  std::vector<std::string> server_options() const {
    return {"--state",   GetParam().state,       "--store", "sqlite:" + folder_.file("sessions.db"),
            "--key",     folder_.file("key"),    "--log",   "off",
            "--uploads", folder_.file("uploads")};
  }
  std::vector<std::string> client(const std::string& port, std::vector<std::string> more) const {
    more.insert(more.end(), {"--port", port});
    if (GetParam().udp) more.emplace_back("--udp");
    return command("session_client", more);
  }
  Ended ask(const std::string& port, std::vector<std::string> more, std::string typed = {}) const {
    return Process(client(port, std::move(more)), std::move(typed)).wait();
  }

  TemporaryFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Ways, SessionClient, ways, name_of);

TEST_P(SessionClient, CarriesWhatLoginGaveAndSaysWhatItHolds) {
  const Server server("session_server", server_options());
  const Ended ended = ask(server.port(), {"-m", "LOGIN kim", "-m", "CART ADD 사과", "-m", "CART"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("CART\n    OK 사과:1\n"), HasSubstr("this client holds ")));
  EXPECT_THAT(ended.out, HasSubstr(GetParam().state == "token" ? "a token" : "an id"));
  EXPECT_EQ(ended.out.find("padded") != std::string::npos, GetParam().udp && GetParam().state == "token");
}

TEST_P(SessionClient, ARefusalIsToldAndIsTheExitStatus) {
  const Server server("session_server", server_options());
  const Ended ended = ask(server.port(), {}, "PING\nWHO\nnonsense\x1b[31m\n");
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("OK pong A"), HasSubstr("NO login-first"), HasSubstr("NO bad-request"),
                               Not(HasSubstr("\x1b["))));
}

TEST_P(SessionClient, WithoutAServerItSaysWhatStartsOne) {
  std::string port;
  {
    const Server server("session_server", server_options());
    port = server.port();
  }
  const Ended ended = ask(port, {"-m", "PING"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("session_server --port " + port));
}

TEST_P(SessionClient, AnUploadGoesOnAfterKills) {
  std::mt19937 random(7);
  std::string bytes(GetParam().udp ? 1'000'000 : 8'000'000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  const std::string file = folder_.file("file", std::as_bytes(std::span(bytes)));
  std::optional<Server> first(std::in_place, "session_server", server_options());
  const std::string port = first->port();
  Process uploading(client(port, {"--upload", file, "--format", "json"}));
  while (std::filesystem::is_empty(folder_.file("uploads"))) std::this_thread::yield();  // it has begun
  std::unique_ptr<Process> again;
  for (int kills = 0; kills < 6; ++kills) {
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 60));  // any moment shall do
    (again ? *again : first->process()).end(SIGKILL);
    auto options = server_options();
    options.insert(options.end(), {"--port", port});
    again = std::make_unique<Process>(command("session_server", options));
    again->wait_for("listening on ");
  }
  const Ended ended = uploading.wait();
  ASSERT_EQ(ended.status, 0) << ended.err;
  const auto told = nlohmann::json::parse(ended.out);
  EXPECT_EQ(told["bytes"], bytes.size());
  if (GetParam().state != "memory") {
    EXPECT_EQ(told["begun_anew"], 0);
  }
  int same = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.file("uploads")))
    same += content(entry.path()) == bytes ? 1 : 0;
  EXPECT_GE(same, 1) << "the file is there, whole";
}

TEST(SessionClientAlone, AnyoneReadsATokenAndItsBytesAreEscaped) {
  // {"alg":"HS256"} . {"sub":"kim ESC[31m","exp":999999} . three bytes
  const Ended ended =
      run("session_client", {"read", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW0bWzMxbSIsImV4cCI6OTk5OTk5fQ.AAAA"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out, AllOf(HasSubstr(R"({"alg":"HS256"})"), HasSubstr(R"("exp":999999)"), HasSubstr("3 B, not"),
                               Not(HasSubstr("\x1b"))));
  EXPECT_EQ(run("session_client", {"read", "a.b"}).status, 1);
}

class SessionAttack : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(Ways, SessionAttack, testing::Values(Way{"token", false}, Way{"token", true}), name_of);

TEST_P(SessionAttack, IsRefusedForItsReason) {
  const TemporaryFolder folder;
  const std::string key = folder.file("key");
  std::ofstream(key) << "k1 MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\n";
  std::filesystem::permissions(key, std::filesystem::perms(0600));
  const Server server("session_server", {"--state", "token", "--deny-list", "--key", key});
  std::vector<std::string> options = {"attack", "all", "--key", key, "--port", server.port(), "--format", "json"};
  if (GetParam().udp) options.emplace_back("--udp");
  const Ended ended = run("session_client", options);
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  std::istringstream lines(ended.out);
  int attacks = 0;
  for (std::string line; std::getline(lines, line); ++attacks) {
    const auto told = nlohmann::json::parse(line);
    EXPECT_EQ(told.value("reason", ""), told["expected"]) << line;
  }
  EXPECT_EQ(attacks, 8);
}

TEST(SessionAttackWithoutKey, SaysWhatNeedsItAndThatAReplayWithoutADenyListIsTaken) {
  const Server server("session_server", {"--state", "token"});
  const Ended ended = run("session_client", {"attack", "all", "--port", server.port()});
  EXPECT_EQ(ended.status, 1) << "a replay was accepted";
  EXPECT_THAT(ended.out, AllOf(HasSubstr("--key FILE"), HasSubstr("ACCEPTED"), HasSubstr("--deny-list")));
  EXPECT_EQ(run("session_client", {"attack", "forged", "--port", server.port()}).status, 0);
}

TEST(SessionAttackWithoutKey, AServerThatGivesIdsIsSaid) {
  const Server server("session_server", {"--state", "memory"});
  const Ended ended = run("session_client", {"attack", "all", "--port", server.port()});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("session_server --state token"));
}

}  // namespace
}  // namespace echolab::test
