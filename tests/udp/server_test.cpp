// Whom the server answers, whom it never answers, and that it keeps nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

void send(const net::FileDescriptor& from, const std::string& bytes, const std::string& host, const std::string& port) {
  const net::Address to = net::resolve(host, static_cast<std::uint16_t>(std::stoi(port)));
  ASSERT_EQ(::sendto(from.get(), bytes.data(), bytes.size(), 0, to.data(), to.size()), ssize_t(bytes.size()));
}

TEST(FaultF8, KeepsNothingForAClientAndSaysSo) {
  Server server("udp_server");
  for (int i = 0; i < 5; ++i) server.ask("udp_client", {"-m", "x"});
  const Ended ended = server.process().end(SIGINT);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("datagrams 5, answered 5, bytes 5"));
  EXPECT_THAT(ended.out, HasSubstr("for each client: nothing"));
}

TEST(FaultF6, NeverAnswersItsOwnPortNumber) {
  Server server("udp_server");
  // 127.0.0.2 with the server's own port: what a second server like it would look like.
  const auto twin = bound_socket(SOCK_DGRAM, "127.0.0.2", static_cast<std::uint16_t>(std::stoi(server.port())));
  send(twin, "round and round", "127.0.0.1", server.port());
  EXPECT_EQ(server.ask("udp_client", {"-m", "client"}).out, "client") << "it is past the first one now";
  char room[64];
  EXPECT_LT(::recv(twin.get(), room, sizeof room, MSG_DONTWAIT), 0);
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("our own port number 1"));
}

TEST(FaultF6, NeverAnswersALowPort) {
  net::FileDescriptor service;
  try {
    service = bound_socket(SOCK_DGRAM, "127.0.0.1", 1023);
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "no right to bind a port below 1024 here";
  }
  Server server("udp_server");
  send(service, "from a service", "127.0.0.1", server.port());
  EXPECT_EQ(server.ask("udp_client", {"-m", "client"}).out, "client");
  char room[64];
  EXPECT_LT(::recv(service.get(), room, sizeof room, MSG_DONTWAIT), 0);
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("below 1024 1"));
}

TEST(UdpServer, BoundToEveryAddressItAnswersFromTheOneThatWasAsked) {
  Server server("udp_server", quiet({"--bind", "0.0.0.0"}));
  const Ended client = run("udp_client", quiet({"127.0.0.3", "--port", server.port(), "-m", "hello"}));
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_EQ(client.out, "hello");
}

TEST(FaultF7, DoesNotAnswerABroadcast) {
  Server server("udp_server", quiet({"--bind", "0.0.0.0"}));
  const auto client = bound_socket(SOCK_DGRAM);
  const int one = 1;
  ASSERT_EQ(::setsockopt(client.get(), SOL_SOCKET, SO_BROADCAST, &one, sizeof one), 0);
  send(client, "anybody?", "127.255.255.255", server.port());
  EXPECT_EQ(server.ask("udp_client", {"-m", "x"}).out, "x");
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("a group 1"));
}

TEST(FaultF6, TheRateLimitHoldsForAllTogetherAndIsCounted) {
  Server server("udp_server", quiet({"--rate", "3"}));
  const auto client = bound_socket(SOCK_DGRAM);
  for (int i = 0; i < 50; ++i) send(client, "x", "127.0.0.1", server.port());
  const Ended ended = [&] {
    server.ask("udp_client", {"-m", "last", "--timeout", "0.1"});
    return server.process().end(SIGTERM);
  }();
  EXPECT_THAT(ended.out, HasSubstr("datagrams 51, answered "));
  EXPECT_THAT(ended.out, HasSubstr("over the rate limit 4"));
}

TEST(FaultF11, LivesOnWhenAClientIsGoneBeforeItsAnswer) {
  Server server("udp_server");
  for (int i = 0; i < 10; ++i) send(bound_socket(SOCK_DGRAM), "gone", "127.0.0.1", server.port());
  EXPECT_EQ(server.ask("udp_client", {"-m", "alive"}).out, "alive");
}

TEST(UdpServer, OnceAnswersOnceAndEnds) {
  Server server("udp_server", quiet({"--once"}));
  EXPECT_EQ(server.ask("udp_client", {"-m", "x"}).out, "x");
  EXPECT_EQ(server.process().wait().status, 0);
}

TEST(UdpServer, APortInUseIsExitOneAndNamesIt) {
  Server first("udp_server");
  const Ended second = run("udp_server", quiet({"--port", first.port()}));
  EXPECT_EQ(second.status, 1);
  EXPECT_THAT(second.err, HasSubstr("Address already in use: 127.0.0.1:" + first.port()));
}

TEST(UdpServer, WarnsWhereOthersCanReachIt) {
  Server wide("udp_server", quiet({"--bind", "::"}));
  EXPECT_THAT(wide.process().end(SIGTERM).err, HasSubstr("can be reached from other machines"));
}

}  // namespace
}  // namespace echolab::test
