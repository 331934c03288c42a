// The client's and the server's story on real packets: calls and states in true order.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/live/pairs/in_order.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/random_bytes.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Words = std::vector<std::string>;

class TcpPair : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  }
  static Ended tell(Server& server, Words arguments, std::string input = {}) {
    return Process(server.client("tcp_client", std::move(arguments)), std::move(input)).wait();
  }
};

const Words client_story = {"connect(",
                            "S 0:0(0)",
                            "client CLOSED → SYN_SENT",
                            "S. 0:0(0) ack 1",
                            "server LISTEN → SYN_RECEIVED",
                            "client SYN_SENT → ESTABLISHED",
                            "connect = 0",
                            "send(3, \"hello\")",
                            "send = 5",
                            "recv(3)",
                            "recv = 5 \"hello\"",
                            "shutdown(3, SHUT_WR)",
                            "client ESTABLISHED → FIN_WAIT_1",
                            "FIN_WAIT_2 → TIME_WAIT",
                            "recv = 0",
                            "close(3)",
                            "close = 0",
                            "at the end: client TIME_WAIT, server CLOSED?"};

TEST_F(TcpPair, OfAHundredRunsAHundredAreInTrueOrder) {
  Server server("tcp_server");
  for (int run = 0; run < 100; ++run) {
    const Ended client = tell(server, {"--states", "on", "-m", "hello"});
    ASSERT_EQ(client.status, 0) << client.err;
    ASSERT_EQ(client.out, "hello");
    ASSERT_TRUE(in_order(client.err, client_story)) << "run " << run;
  }
}

TEST_F(TcpPair, TheSameOverIPv6) {
  Server server("tcp_server", quiet({"--bind", "::1"}));
  for (int run = 0; run < 10; ++run) {
    const Ended client = tell(server, {"--states", "on", "-m", "hello"});
    ASSERT_TRUE(in_order(client.err, client_story)) << "run " << run;
  }
}

TEST_F(TcpPair, TheSameInKorean) {
  Server server("tcp_server");
  const Ended client = tell(server, {"--states", "on", "-m", "안녕", "--lang", "ko"});
  EXPECT_TRUE(in_order(client.err, {"connect(", "핸드셰이크", "SYN_SENT", "SYN_RECEIVED", "ESTABLISHED", "connect = 0",
                                    "send(3, \"안녕\")", "FIN_WAIT_1", "TIME_WAIT", "마지막 상태: client TIME_WAIT"}));
}

TEST_F(TcpPair, TheServerSeesTheSameStatesAndServesOn) {
  Server server("tcp_server", {"--states", "on"});
  for (int run = 0; run < 2; ++run) tell(server, quiet({"-m", "hello"}));
  const Ended ended = server.process().end(SIGTERM);
  EXPECT_EQ(ended.status, 0);
  const Words story = {"client CLOSED → SYN_SENT",
                       "server LISTEN → SYN_RECEIVED",
                       "client SYN_SENT → ESTABLISHED",
                       "server SYN_RECEIVED → ESTABLISHED",
                       "accept(",
                       "recv = 5 \"hello\"",
                       "send(",
                       "CLOSE_WAIT",
                       "recv = 0",
                       "close(",
                       "LAST_ACK"};
  Words twice = story;
  twice.insert(twice.end(), story.begin(), story.end());
  EXPECT_TRUE(in_order(ended.err, twice));
}

TEST_F(TcpPair, AClientShowsItsOwnConversationAlone) {
  Server server("tcp_server");
  Process other(server.client("tcp_client", quiet({})), std::nullopt);
  std::jthread noise([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) other.say("noise\n");
  });
  const Ended client = tell(server, {"--states", "on", "-m", "hello"});
  noise.request_stop();
  noise.join();
  other.end(SIGKILL);
  EXPECT_TRUE(in_order(client.err, client_story));
  EXPECT_THAT(client.err, Not(HasSubstr("(6)"))) << "a packet with the other's six bytes";
}

TEST_F(TcpPair, ARefusedConnectionShowsTheRstBeforeConnectReturns) {
  const auto closed = bound_socket(SOCK_STREAM);
  const Ended client = run("tcp_client", {"--states", "on", "--port", port_of(closed), "-m", "x"});
  EXPECT_EQ(client.status, 1);
  EXPECT_TRUE(in_order(
      client.err, {"connect(", "S 0:0(0)", "R.", "SYN_SENT → CLOSED", "connect = ECONNREFUSED", "nobody listens"}));
}

TEST_F(TcpPair, RepeatedSynsAreSeenWhileConnectWaits) {
  const auto full = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(full.get(), 0), 0);
  const auto first = connected_to(port_of(full));
  Process client(command("tcp_client", {"--states", "on", "--port", port_of(full), "-m", "x", "--timeout", "20"}));
  const std::string story = [&] {
    client.wait_for("S 0:0(0)");
    return client.wait_for("again, SYN");
  }();
  EXPECT_THAT(story, Not(HasSubstr("connect ="))) << "connect still waits";
  const Ended ended = client.end(SIGINT);
  EXPECT_EQ(ended.status, 0) << "Ctrl-C is a clean end";
}

TEST_F(TcpPair, AHugeTransferIsFoldedAndStillByteExact) {
  Server server("tcp_server", {"--states", "on"});
  const std::string sent = random_bytes(20'000'000, 20);
  const Ended client = tell(server, {"--states", "on", "--timeout", "60"}, sent);
  EXPECT_EQ(client.status, 0);
  EXPECT_TRUE(client.out == sent);
  EXPECT_THAT(client.err, HasSubstr("packets like these"));
  EXPECT_LT(std::ranges::count(client.err, '\n'), 3000);
}

TEST_F(TcpPair, JsonIsOneObjectALineAndNothingElse) {
  Server server("tcp_server");
  const Ended client = tell(server, {"--states", "on", "--format", "json", "-m", "h\"\x01i\xff"});
  EXPECT_EQ(client.err, "");
  std::map<std::string, int> kinds;
  std::vector<std::string> states;
  std::istringstream lines(client.out);
  for (std::string line; std::getline(lines, line);) {
    ASSERT_TRUE(line.starts_with("{\"v\":1,\"kind\":\"")) << line;
    const auto object = nlohmann::json::parse(line);
    ++kinds[object["kind"]];
    if (object["kind"] == "echo") {
      EXPECT_EQ(object["base64"], "aCIBaf8=");
    }
    if (object["kind"] == "packet" && object["client"]["before"] != object["client"]["after"])
      states.push_back(object["client"]["after"]);
    if (object["kind"] == "summary") {
      EXPECT_EQ(object["bytes_back"], 5);
    }
  }
  EXPECT_GE(kinds["call"], 14);
  EXPECT_GE(kinds["packet"], 9);
  EXPECT_EQ(kinds["echo"], 1);
  EXPECT_EQ(kinds["summary"], 1);
  ASSERT_GE(states.size(), 4U);
  EXPECT_EQ(states.front(), "SYN_SENT");
  EXPECT_EQ(states[1], "ESTABLISHED");
  EXPECT_EQ(states.back(), "TIME_WAIT");
}

}  // namespace
}  // namespace echolab::test
