// F: what goes wrong between the UDP pair. More of it stands where the pair is tested: docs/faults.en.md has the list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/faults/forged.hpp"
#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

class PrivateUdp : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  }
  /// An honest client's turn: what came before it has been dealt with.
  static void expect_alive(const Server& server) {
    EXPECT_EQ(server.ask("udp_client", {"-m", "honest"}).out, "honest");
  }
};

using FaultF6 = PrivateUdp;
using FaultF7 = PrivateUdp;

TEST_F(FaultF6, ADatagramThatClaimsToBeFromTheServerItselfGoesNowhere) {
  Server server("udp_server");
  const auto itself = ipv4("127.0.0.1", server.port());
  ASSERT_TRUE(send_forged(itself, itself));
  expect_alive(server);
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("datagrams 2, answered 1,"));
}

TEST_F(FaultF6, TwoServersOnOnePortNumberDoNotTalkToEachOther) {
  Server one("udp_server");
  Process two(command("udp_server", quiet({"--bind", "127.0.0.2", "--port", one.port()})));
  two.wait_for("listening on 127.0.0.2:" + one.port());
  ASSERT_TRUE(send_forged(ipv4("127.0.0.2", one.port()), ipv4("127.0.0.1", one.port())));
  expect_alive(one);
  EXPECT_THAT(one.process().end(SIGTERM).out, HasSubstr("datagrams 2, answered 1,"));
  EXPECT_THAT(two.end(SIGTERM).out, HasSubstr("datagrams 0, answered 0,"));
}

TEST_F(FaultF6, AForgedServiceIsNotAnswered) {
  Server server("udp_server");
  for (const char* port : {"7", "13", "17", "19", "53", "123"})
    ASSERT_TRUE(send_forged(ipv4("127.0.0.1", port), ipv4("127.0.0.1", server.port())));
  expect_alive(server);
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("below 1024 6"));
}

TEST_F(FaultF6, NeitherIsAForgedGroup) {
  Server server("udp_server");
  // The kernel itself drops a multicast source as "martian" before any program sees it; a broadcast one it may pass.
  send_forged(ipv4("224.0.0.1", "5000"), ipv4("127.0.0.1", server.port()));
  send_forged(ipv4("127.255.255.255", "5000"), ipv4("127.0.0.1", server.port()));
  expect_alive(server);
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("answered 1,"));
}

TEST_F(FaultF7, AMulticastDestinationIsNotAnswered) {
  Server server("udp_server", quiet({"--bind", "0.0.0.0"}));
  const auto client = bound_socket(SOCK_DGRAM);
  const in_addr loopback{.s_addr = htonl(INADDR_LOOPBACK)};
  ASSERT_EQ(::setsockopt(client.get(), IPPROTO_IP, IP_MULTICAST_IF, &loopback, sizeof loopback), 0);
  const auto all_hosts = ipv4("224.0.0.1", server.port());
  ASSERT_EQ(::sendto(client.get(), "x", 1, 0, reinterpret_cast<const sockaddr*>(&all_hosts), sizeof all_hosts), 1);
  expect_alive(server);
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("a group 1"));
}

TEST_F(FaultF7, NeverMoreBytesGoOutThanCameIn) {
  Server server("udp_server");
  const auto client = bound_socket(SOCK_DGRAM);
  const auto to = ipv4("127.0.0.1", server.port());
  std::size_t sent = 0, back = 0;
  for (const std::size_t size : {0, 1, 8, 512, 1472, 9000, 65507}) {
    const std::string bytes(size, 'x');
    ASSERT_EQ(::sendto(client.get(), bytes.data(), size, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to),
              ssize_t(size));
    std::string room(65536, '\0');
    back += static_cast<std::size_t>(::recv(client.get(), room.data(), room.size(), 0));
    sent += size;
  }
  EXPECT_EQ(back, sent);
  char more = 0;
  EXPECT_LT(::recv(client.get(), &more, 1, MSG_DONTWAIT), 0) << "one answer each";
}

TEST(FaultF8, AFloodFromManySourcesLeavesNothingBehind) {
  Server server("udp_server");
  const auto to = ipv4("127.0.0.1", server.port());
  const auto flood = [&](int first, int last) {
    for (int i = first; i < last; ++i) {
      const auto source =
          bound_socket(SOCK_DGRAM, "127.1." + std::to_string(i / 250) + "." + std::to_string(i % 250 + 1));
      ::sendto(source.get(), "x", 1, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    EXPECT_EQ(server.ask("udp_client", {"-m", "x"}).out, "x") << "it is past them now";
  };
  flood(0, 1000);
  const long before = resident(server.process().pid());
  flood(1000, 20'000);
  EXPECT_LT(resident(server.process().pid()) - before, 1024) << "KiB for 19000 sources: a record each would be more";
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("for each client: nothing"));
}

TEST(FaultF10, WhatTheReceiveBufferLostIsCounted) {
  Server server("udp_server");
  const auto client = bound_socket(SOCK_DGRAM);
  const auto to = ipv4("127.0.0.1", server.port());
  const std::string large(60'000, 'x');
  server.process().send_signal(SIGSTOP);
  for (int i = 0; i < 200; ++i)
    ::sendto(client.get(), large.data(), large.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  server.process().send_signal(SIGCONT);
  server.ask("udp_client", {"-m", "x"});
  const Ended ended = server.process().end(SIGTERM);
  EXPECT_THAT(ended.out, HasSubstr("the receive buffer was full: 1"));  // a hundred and more
}

TEST(FaultF11, AnIcmpErrorAboutAnAnswerIsNoErrorOfTheServers) {
  Server server("udp_server");
  const auto to = ipv4("127.0.0.1", server.port());
  server.process().send_signal(SIGSTOP);
  for (int i = 0; i < 10; ++i) {  // gone before they are answered: each answer meets a closed port
    const auto gone = bound_socket(SOCK_DGRAM);
    ASSERT_EQ(::sendto(gone.get(), "x", 1, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to), 1);
  }
  server.process().send_signal(SIGCONT);
  EXPECT_EQ(server.ask("udp_client", {"-m", "alive"}).out, "alive");
  EXPECT_EQ(server.process().end(SIGTERM).status, 0);
}

}  // namespace
}  // namespace echolab::test
