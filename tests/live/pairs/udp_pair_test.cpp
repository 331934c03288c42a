// The story of datagrams: no states, and told why.
#include "tests/live/pairs/in_order.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class UdpPair : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  }
};

void expect_no_states(const std::string& story) {
  for (const char* state : {"SYN_SENT", "SYN_RECEIVED", "ESTABLISHED", "LISTEN", "CLOSED", "TIME_WAIT"})
    EXPECT_THAT(story, Not(HasSubstr(state)));
}

TEST_F(UdpPair, TwoDatagramsAndNoStates) {
  for (const char* host : {"127.0.0.1", "::1"}) {
    Server server("udp_server", quiet({"--bind", host}));
    const Ended client = Process(server.client("udp_client", {"--states", "on", "-m", "hello"})).wait();
    EXPECT_EQ(client.status, 0) << client.err;
    EXPECT_EQ(client.out, "hello");
    EXPECT_TRUE(in_order(client.err,
                         {"UDP has no states", "sendto(3, ", "→ UDP 5", "← UDP 5", "recvfrom = 5 from", "close = 0"}));
    expect_no_states(client.err);
  }
}

TEST_F(UdpPair, ItIsSaidInKoreanToo) {
  Server server("udp_server");
  const Ended client = Process(server.client("udp_client", {"--states", "on", "-m", "x", "--lang", "ko"})).wait();
  EXPECT_THAT(client.err, HasSubstr("UDP에는 상태가 없습니다"));
}

TEST_F(UdpPair, TheServerTellsItsDatagrams) {
  Server server("udp_server", {"--states", "on"});
  Process(server.client("udp_client", quiet({"-m", "hello"}))).wait();
  const Ended ended = server.process().end(SIGTERM);
  EXPECT_TRUE(in_order(ended.err, {"bind(3, 127.0.0.1:0)", "UDP has no states", "    127.0.0.1:", " → UDP 5",
                                   "recvfrom = 5 from 127.0.0.1:", "sendto(3, ", "sendto = 5"}));
  expect_no_states(ended.err);
}

TEST_F(UdpPair, AClosedPortShowsTheIcmpErrorThatQuotesTheDatagram) {
  const std::string port = port_of(bound_socket(SOCK_DGRAM));
  for (const char* host : {"127.0.0.1", "::1"}) {
    const Ended client = run("udp_client", {host, "--states", "on", "--port", port, "-m", "x"});
    EXPECT_EQ(client.status, 1);
    EXPECT_TRUE(in_order(client.err, {"sendto(3, ", "→ UDP 1", "ICMP", "recvfrom = ECONNREFUSED", "port unreachable"}));
  }
}

}  // namespace
}  // namespace echolab::test
