// S: strangers at the other end of the UDP pair.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/fsuid.h>

#include <algorithm>
#include <regex>
#include <thread>

#include "net/privileges.hpp"
#include "tests/faults/forged.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

long lines(const std::string& text) { return std::ranges::count(text, '\n'); }

/// The number that stands behind `name` in a line of JSON, or in a sentence.
long count_of(const std::string& name, const std::string& text) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(name + R"(\D*(\d+))")) ? std::stol(found[1]) : -1;
}

/// Sends `bytes` to `to` without a pause, until it is destroyed.
std::jthread flood(const net::FileDescriptor& from, const net::Address& to, const std::string& bytes) {
  return std::jthread([&from, to, bytes](const std::stop_token& stop) {
    while (!stop.stop_requested()) ::sendto(from.get(), bytes.data(), bytes.size(), 0, to.data(), to.size());
  });
}

/// A client that asks the test.
struct Asking {
  net::FileDescriptor server = bound_socket(SOCK_DGRAM);
  Process client;
  net::Address address;  // of the client
  std::string asked;

  explicit Asking(std::vector<std::string> arguments) : client(with_port(std::move(arguments))) {
    char room[65536];
    const auto size = ::recvfrom(server.get(), room, sizeof room, 0, address.fill(), address.fill_size());
    asked.assign(room, static_cast<std::size_t>(size));
  }
  void answer() const { ::sendto(server.get(), asked.data(), asked.size(), 0, address.data(), address.size()); }

 private:
  std::vector<std::string> with_port(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--port", port_of(server)});
    return command("udp_client", quiet(std::move(arguments)));
  }
};

TEST(FaultS11, OfAFloodOfStrangersAFewAreToldAndAllAreCounted) {
  Asking asking({"-m", "hello", "--timeout", "0.5", "--format", "json"});
  const auto stranger = bound_socket(SOCK_DGRAM);
  const auto flooding = flood(stranger, asking.address, "\x1b]0;owned\x07");
  const Ended ended = asking.client.wait();
  EXPECT_GT(count_of("strangers", ended.out), 100);
  EXPECT_LT(lines(ended.out) + lines(ended.err), 10) << ended.out.substr(0, 1000);
  EXPECT_THAT(ended.out, HasSubstr("More of these are counted, not told"));
}

TEST(FaultS11, SoItIsWithWhatClaimsToComeFromTheServer) {
  Asking asking({"--count", "1", "--size", "8", "--timeout", "0.5", "--format", "json"});
  const auto flooding = flood(asking.server, asking.address, "00000001, but with other bytes");
  const Ended ended = asking.client.wait();
  EXPECT_GT(count_of("unexpected", ended.out.substr(ended.out.rfind("summary"))), 100);
  EXPECT_LT(lines(ended.out) + lines(ended.err), 10) << ended.out.substr(0, 1000);
}

TEST(FaultS11, CopiesWithoutEndDoNotKeepTheClient) {
  Asking asking({"--count", "1", "--size", "8"});
  const auto flooding = flood(asking.server, asking.address, asking.asked);
  const Ended ended = asking.client.wait(std::chrono::seconds(10));
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "00000001");
}

TEST(FaultS11, CtrlCEndsAClientThatIsFlooded) {
  Asking asking({"-m", "hello", "--timeout", "0"});
  const auto stranger = bound_socket(SOCK_DGRAM);
  const auto flooding = flood(stranger, asking.address, "x");
  asking.client.wait_for("whom we did not ask");
  asking.client.send_signal(SIGINT);
  EXPECT_EQ(asking.client.wait(std::chrono::seconds(10)).status, 0);
}

class FaultS12 : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  }
};

TEST_F(FaultS12, OneForgedDatagramBetweenTwoServersGoesRoundForALimitedTime) {
  constexpr long most = 200;
  Server one("udp_server", quiet({"--rate", std::to_string(most)})), two("udp_server");
  ASSERT_TRUE(send_forged(ipv4("127.0.0.1", two.port()), ipv4("127.0.0.1", one.port())));
  one.process().wait_for("more than 200 datagrams in a second");
  EXPECT_EQ(two.ask("udp_client", {"-m", "honest"}).out, "honest");
  EXPECT_LT(count_of("answered", two.process().end(SIGTERM).out), 3 * most) << "the first answer withheld has ended it";
}

TEST_F(FaultS12, UnlessToldTheLimitIsBelowWhatGoesRoundOnLoopbackAndMuchLowerElsewhere) {
  Server narrow("udp_server"), wide("udp_server", quiet({"--bind", "0.0.0.0"}));
  const auto client = bound_socket(SOCK_DGRAM);
  const auto ask_until_withheld = [&](Server& server) {
    const auto flooding =
        flood(client, net::resolve("127.0.0.1", static_cast<std::uint16_t>(std::stoi(server.port()))), "x");
    return count_of("more than", server.process().wait_for("datagrams in a second"));
  };
  EXPECT_EQ(ask_until_withheld(narrow), 10'000);
  EXPECT_EQ(ask_until_withheld(wide), 1'000);
}

TEST(FaultS17, TheUdpClientNamesTheOwnerToo) {
  if (!net::is_root_of_the_machine()) GTEST_SKIP() << "not root of this machine: it takes two users";
  ::setfsuid(net::nobody().uid);
  const auto silent = bound_socket(SOCK_DGRAM);
  ::setfsuid(::geteuid());
  const Ended ended = run("udp_client", quiet({"--port", port_of(silent), "-m", "hello", "--timeout", "0.1"}));
  EXPECT_THAT(ended.err, HasSubstr("the server at 127.0.0.1:" + port_of(silent) + " belongs to another user, nobody"));
}

}  // namespace
}  // namespace echolab::test
