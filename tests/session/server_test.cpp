// session_server as a user runs it: a line typed into TCP, a datagram, wrong keys, floods.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>

#include <nlohmann/json.hpp>

#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::test {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

/// Sends `text` over a connection, and our FIN; what comes back.
std::string over_tcp(const std::string& port, const std::string& text) {
  const auto client = connected_to(port);
  ::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL);
  ::shutdown(client.get(), SHUT_WR);
  return read_all(client.get());
}

std::string over_tcp(const Server& server, const std::string& text) { return over_tcp(server.port(), text); }

/// A UDP client with a port of its own.
class UdpClient {
 public:
  explicit UdpClient(const Server& server) {
    const net::Address address = net::resolve("127.0.0.1", static_cast<std::uint16_t>(std::stoi(server.port())));
    ::connect(socket_.get(), address.data(), address.size());
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  void send(const std::string& text) const { ::send(socket_.get(), text.data(), text.size(), 0); }
  std::string ask(const std::string& text) const {
    send(text);
    std::string room(65536, '\0');
    const auto size = ::recv(socket_.get(), room.data(), room.size(), 0);
    return size < 0 ? "no answer" : room.substr(0, static_cast<std::size_t>(size));
  }

 private:
  net::FileDescriptor socket_ = bound_socket(SOCK_DGRAM);
};

/// "id=..." or "token=..." of an answer.
std::string credential(const std::string& answer) {
  const auto begin = std::min(answer.find("id="), answer.find("token="));
  if (begin == std::string::npos) throw std::runtime_error("no credential in " + answer);
  return answer.substr(begin, answer.find_first_of(" \n", begin) - begin);
}

class SessionServer : public testing::TestWithParam<std::string> {
 protected:
  std::vector<std::string> options(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--state", GetParam(), "--store", "sqlite:" + folder_.file("sessions.db")});
    return more;
  }

  TemporaryFolder folder_;
  Server server_{"session_server", options()};
};
INSTANTIATE_TEST_SUITE_P(Places, SessionServer, testing::Values("memory", "store", "token"));

TEST_P(SessionServer, KnowsOverTcpAndUdpWhoseIdOrTokenStandsInFront) {
  const std::string given = over_tcp(server_, "LOGIN kim\n");
  EXPECT_THAT(given, MatchesRegex("OK (id|token)=[A-Za-z0-9._-]+\n"));
  const std::string kim = credential(given);
  EXPECT_THAT(over_tcp(server_, kim + " CART ADD apple\n"), EndsWith("apple:1\n"));
  EXPECT_EQ(UdpClient(server_).ask(kim + " WHO\n"), "OK user=kim\n");
}

TEST_P(SessionServer, AConnectionDoesNotRememberItsLogin) {
  const std::string answers = over_tcp(server_, "LOGIN kim\nWHO\nPING\n");
  EXPECT_THAT(answers, EndsWith("\nNO login-first\nOK pong A\n"));
}

TEST_P(SessionServer, AnswersOverUdpAreAtMostThreeTimesTheRequestUntilTheAddressIsKnownToReceive) {
  const UdpClient client(server_);
  for (const std::string line :
       {"LOGIN kim", "LOGIN k", "PING", "WHO", "CART", "nonsense", "id=x WHO", "token=x WHO"}) {
    const std::string answer = client.ask(line);
    EXPECT_LE(answer.size(), 3 * line.size()) << line << " " << answer;
  }
  std::string login = "LOGIN a";
  const std::string refused = client.ask(login);
  ASSERT_THAT(refused, StartsWith("NO pad length="));
  login.resize(std::stoul(refused.substr(14)), ' ');
  const std::string kim = credential(client.ask(login));
  client.ask(kim + " WHO");
  EXPECT_THAT(client.ask("LOGIN a"), StartsWith("OK ")) << "it has shown that it receives";
}

TEST_P(SessionServer, BadLinesAreRefusedOrTheConnectionCloses) {
  for (const std::string& line :
       {std::string(), std::string(5120, 'x'), std::string("n=0 WHO"), std::string("n=-5 WHO"),
        std::string("n=99999999999999999999999 WHO"), std::string("LOGIN \xff\xfe\x80"), std::string("LOGIN \xec\xb2"),
        std::string("PUT 0 99999999"), std::string("\0\0", 2)}) {
    EXPECT_EQ(over_tcp(server_, line + "\n"), "NO bad-request\n") << line.substr(0, 30);
    if (line.empty()) continue;  // over UDP no answer is short enough
    const std::string over_udp = UdpClient(server_).ask(line + "\n");
    EXPECT_EQ(over_udp, line.size() < 4 ? "NO pad\n" : "NO bad-request\n") << line.substr(0, 30);
  }
  EXPECT_EQ(over_tcp(server_, std::string(1 << 20, 'x')), "NO bad-request\n");
}

TEST_P(SessionServer, ABodyThatNeverComesAndAClientThatNeverReadsDisturbNobody) {
  const auto waiting = connected_to(server_.port()), greedy = connected_to(server_.port());
  ::send(waiting.get(), "PUT 0 65536\nabc", 15, 0);
  std::string much;
  while (much.size() < (1 << 20)) much += "PING\n";
  while (::send(greedy.get(), much.data(), much.size(), MSG_DONTWAIT) > 0) {
  }
  EXPECT_EQ(over_tcp(server_, "PING\n"), "OK pong A\n");
}

TEST_P(SessionServer, ManyRequestsInOnePieceAreAllAnswered) {
  std::string requests, answers;
  for (int i = 0; i < 20'000; ++i) {
    requests += "PING\n";
    answers += "OK pong A\n";
  }
  const auto client = connected_to(server_.port());
  std::jthread sender([&] {
    for (std::size_t at = 0; at < requests.size();)
      at += static_cast<std::size_t>(::send(client.get(), requests.data() + at, requests.size() - at, 0));
    ::shutdown(client.get(), SHUT_WR);
  });
  EXPECT_TRUE(read_all(client.get()) == answers);
}

TEST_P(SessionServer, ADatagramThatIsAnAnswerIsNotAnswered) {
  const UdpClient client(server_);
  for (const char* answer : {"NO bad-request\n", "OK pong A\n", "NO"}) client.send(answer);
  EXPECT_EQ(client.ask("PING"), "OK pong A\n") << "the first answer is that of the request";
}

TEST_P(SessionServer, NoWholeIdAndNoWholeTokenIsShown) {
  const std::string kim = credential(over_tcp(server_, "LOGIN kim\n"));
  over_tcp(server_, kim + " CART ADD apple\n" + kim + " NONSENSE\nPING\n");
  const Ended ended = server_.process().end(SIGTERM);
  EXPECT_THAT(ended.out, HasSubstr("CART ADD apple"));
  for (const std::string& said : {ended.out, ended.err})
    EXPECT_THAT(said, Not(HasSubstr(kim.substr(kim.find('=') + 1, 20))));
}

TEST_P(SessionServer, SaysAtTheEndWhatGoesWithIt) {
  over_tcp(server_, "LOGIN kim\nWHO\n");
  const Ended ended = server_.process().end(SIGINT);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("requests 2 (TCP 2, UDP 0), refused 1"));
  const std::map<std::string, std::string> what = {
      {"memory", "go 1 sessions"}, {"store", "1 sessions stay in"}, {"token", "the key of this run"}};
  EXPECT_THAT(ended.out, HasSubstr(what.at(GetParam())));
}

TEST_P(SessionServer, EachLineOfJsonIsAnObject) {
  Process server(command("session_server", options({"--format", "json", "--port", "0"})));
  const std::string said = server.wait_for("\"kind\":\"listening\"");
  const std::string address = nlohmann::json::parse(said.substr(0, said.find('\n')))["address"];
  const std::string port = address.substr(address.rfind(':') + 1);
  const std::string kim = credential(over_tcp(port, "LOGIN 철수\nnonsense\n"));
  over_tcp(port, kim + " n=1 CART ADD 사과\n");
  std::istringstream lines(server.end(SIGINT).out);
  std::vector<std::string> kinds;
  for (std::string line; std::getline(lines, line);) {
    const auto object = nlohmann::json::parse(line);
    EXPECT_EQ(object["v"], 1);
    kinds.push_back(object["kind"]);
  }
  EXPECT_THAT(kinds, testing::ElementsAre("listening", "request", "held", "held", "request", "request", "held", "held",
                                          "summary"));
}

// --- memory ---

TEST(SessionServerInMemory, AFloodOfLoginsIsBounded) {
  Server server("session_server", {"--max-sessions", "50", "--log", "off"});
  const std::string kim = credential(over_tcp(server, "LOGIN kim\n"));
  over_tcp(server, kim + " WHO\n");
  std::string flood;
  for (int i = 0; i < 500; ++i) flood += "LOGIN flood\n";
  EXPECT_THAT(over_tcp(server, flood), HasSubstr("NO full\n"));
  EXPECT_EQ(over_tcp(server, kim + " WHO\n"), "OK user=kim\n");
}

TEST(SessionServerInMemory, APortThatIsTakenIsSaid) {
  Server server("session_server", std::vector<std::string>());
  const Ended ended = run("session_server", {"--port", server.port()});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("port " + server.port() + " is taken"), HasSubstr("--port 0")));
}

TEST(SessionServerInMemory, TwoServersShareAPort) {
  Server one("session_server", {"--share-port"});
  Process other(command("session_server", {"--share-port", "--port", one.port(), "--name", "B"}));
  other.wait_for("listening on ");
}

// --- a store ---

TEST(SessionServerWithAStore, KilledAndStartedAgainItKnowsTheClient) {
  const TemporaryFolder folder;
  const std::vector<std::string> options = {
      "--state", "store", "--store", "sqlite:" + folder.file("sessions.db"), "--uploads", folder.file("uploads")};
  std::string kim;
  {
    Server first("session_server", options);
    kim = credential(over_tcp(first, "LOGIN kim\n"));
    over_tcp(first, kim + " CART ADD apple\n" + kim + " PUT 0 5\nhello");
    first.process().end(SIGKILL);
  }
  Server second("session_server", options);
  EXPECT_EQ(UdpClient(second).ask(kim + " CART\n"), "OK apple:1\n");
  EXPECT_EQ(over_tcp(second, kim + " HAVE\n"), "OK have=5\n");
}

TEST(SessionServerWithAStore, AStoreThatCannotBeUsedIsSaid) {
  const Ended ended = run("session_server", {"--state", "store", "--store", "sqlite:/nowhere/sessions.db"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("/nowhere/sessions.db"), HasSubstr("--store sqlite:FILE")));
  EXPECT_EQ(run("session_server", {"--store", "postgres:x"}).status, 2);
}

// --- tokens ---

class SessionServerWithAKey : public testing::Test {
 protected:
  SessionServerWithAKey() {
    const std::string key = "k1 MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\n";
    folder_.file("key", std::as_bytes(std::span(key)));
    ::chmod(key_.c_str(), 0600);
  }
  std::vector<std::string> options() const {
    return {"--state", "token", "--key", key_, "--uploads", folder_.file("uploads")};
  }

  TemporaryFolder folder_;
  std::string key_ = folder_.file("key");
};

TEST_F(SessionServerWithAKey, AnotherServerKnowsTheClientAndGoesOnWithItsUpload) {
  std::string kim;
  {
    Server first("session_server", options());
    kim = credential(over_tcp(first, "LOGIN kim\n"));
    kim = credential(over_tcp(first, kim + " PUT 0 5\nhello"));
    first.process().end(SIGKILL);
  }
  Server second("session_server", options());
  const std::string answer = UdpClient(second).ask(kim + " PUT 5 6\n world");
  EXPECT_THAT(answer, EndsWith(" have=11\n"));
  std::string written;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.file("uploads"))) {
    EXPECT_EQ(entry.status().permissions(), std::filesystem::perms(0600));
    std::getline(std::ifstream(entry.path()), written);
  }
  EXPECT_EQ(written, "hello world");
  over_tcp(second, credential(answer) + " LOGOUT\n");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.file("uploads")));
}

TEST_F(SessionServerWithAKey, WithoutTheBytesTheOffsetIsLost) {
  Server first("session_server", options()), stranger("session_server", {"--state", "token", "--key", key_});
  const std::string kim = credential(over_tcp(first, "LOGIN kim\n"));
  const std::string later = credential(over_tcp(first, kim + " PUT 0 5\nhello"));
  EXPECT_EQ(over_tcp(stranger, later + " PUT 5 1\n!"), "NO lost\n");
}

TEST_F(SessionServerWithAKey, AKeyThatOthersMayReadIsRefusedWithTheMend) {
  ::chmod(key_.c_str(), 0644);
  const Ended ended = run("session_server", options());
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("chmod 600 " + key_), Not(HasSubstr("MDEyMzQ1"))));
}

TEST_F(SessionServerWithAKey, AKeyFileThatIsNotThereIsSaidWithACommandThatMakesOne) {
  const std::string file = folder_.file("none");
  const Ended ended = run("session_server", {"--state", "token", "--key", file});
  EXPECT_EQ(ended.status, 1);
  const auto begin = ended.err.find("(umask 077");
  ASSERT_NE(begin, std::string::npos) << ended.err;
  if (std::system("command -v openssl >/dev/null") != 0) GTEST_SKIP() << "openssl is missing";
  ASSERT_EQ(std::system(ended.err.substr(begin, ended.err.find('\n', begin) - begin).c_str()), 0);
  Server server("session_server", {"--state", "token", "--key", file});
  EXPECT_THAT(over_tcp(server, "LOGIN kim\n"), StartsWith("OK token="));
}

}  // namespace
}  // namespace echolab::test
