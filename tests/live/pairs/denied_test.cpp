// Where capturing is not allowed. A program of its own: it gives up its rights for good.
#include "net/privileges.hpp"
#include "tests/live/pairs/in_order.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class WithoutRights : public testing::Test {
 protected:
  void SetUp() override {
    // In a network of its own no setting of this machine says otherwise about low ports.
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
    net::drop_privileges();
  }
};

using FaultD1 = WithoutRights;
using FaultE2 = WithoutRights;

TEST_F(FaultD1, CaptureIsExitThreeWithTheMendsInBothLanguages) {
  for (const char* language : {"en", "ko"}) {
    const Ended capture = run("capture", {"-i", "lo", "--lang", language});
    EXPECT_EQ(capture.status, 3);
    EXPECT_EQ(capture.out, "");
    const std::string path = program("capture");
    for (const std::string& mend : {std::string("CAP_NET_RAW"), std::string("tools/shell"), "sudo " + path + " ...\n",
                                    "sudo setcap cap_net_raw+p " + path + "\n",
                                    std::string("unshare -Urn sh -c 'ip link set lo up; exec $SHELL'")})
      EXPECT_THAT(capture.err, HasSubstr(mend));
    EXPECT_THAT(capture.err, Not(HasSubstr("+ep"))) << "such a binary does not start where the bounding set lacks it";
  }
}

TEST_F(FaultD1, AProgramThatThePathFoundIsNamedInItsMendsAsItWasCalled) {
  const Ended capture = Process({"sh", "-c", "PATH=" ECHOLAB_BIN_DIR ":$PATH; capture -i lo"}).wait();
  EXPECT_THAT(capture.err, HasSubstr("sudo capture ...\n"));
  EXPECT_THAT(capture.err, HasSubstr("sudo setcap cap_net_raw+p $(command -v capture)\n"));
}

TEST_F(FaultD1, StatesOnIsExitThreeWithTheMends) {
  Server server("tcp_server");
  const Ended client = Process(server.client("tcp_client", {"--states", "on", "-m", "x"})).wait();
  EXPECT_EQ(client.status, 3);
  EXPECT_EQ(client.out, "") << "nothing is sent";
  const std::string path = program("tcp_client");
  for (const std::string& mend : {std::string("tools/shell"), "sudo " + path, "setcap cap_net_raw+p " + path,
                                  std::string("unshare -Urn sh -c 'ip link set lo up; exec $SHELL'")})
    EXPECT_THAT(client.err, HasSubstr(mend));
  EXPECT_EQ(run("udp_server", {"--states", "on", "--port", "0"}).status, 3);
}

TEST_F(WithoutRights, AutoFallsBackToTheKernelAndSaysSoOnce) {
  Server server("tcp_server");
  const Ended client = Process(server.client("tcp_client", {"-m", "hello"})).wait();
  EXPECT_EQ(client.status, 0);
  EXPECT_EQ(client.out, "hello");
  EXPECT_TRUE(
      in_order(client.err, {"not allowed here", "connect = 0", "kernel (TCP_INFO): ESTABLISHED", "shutdown = 0"}));
  const auto said = client.err.find("not allowed here");
  EXPECT_EQ(client.err.find("not allowed here", said + 1), std::string::npos);
  EXPECT_EQ(client.err.find("SYN_RECEIVED", client.err.find("connect(")), std::string::npos) << "it is never deduced";
}

TEST_F(WithoutRights, UdpFallsBackToItsCallsAlone) {
  Server server("udp_server");
  const Ended client = Process(server.client("udp_client", {"-m", "hello"})).wait();
  EXPECT_EQ(client.out, "hello");
  EXPECT_THAT(client.err, HasSubstr("packets are not shown"));
  EXPECT_THAT(client.err, Not(HasSubstr("TCP_INFO")));
}

TEST_F(FaultE2, APortBelow1024IsExitThreeWithTheMend) {
  for (const char* name : {"tcp_server", "udp_server"}) {
    const Ended server = run(name, quiet({"--port", "7"}));
    EXPECT_EQ(server.status, 3);
    EXPECT_THAT(server.err, HasSubstr("sudo " + program(name) + " --port 7"));
  }
}

TEST_F(WithoutRights, StatesOffIsQuietAboutIt) {
  Server server("tcp_server");
  const Ended client = Process(server.client("tcp_client", {"--states", "off", "-m", "x"})).wait();
  EXPECT_THAT(client.err, Not(HasSubstr("allowed")));
  EXPECT_THAT(client.err, Not(HasSubstr("TCP_INFO")));
}

}  // namespace
}  // namespace echolab::test
