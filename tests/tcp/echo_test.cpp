// What goes in comes out: byte for byte, however the pieces fall, for one client and for many.
#include <gtest/gtest.h>

#include <algorithm>
#include <list>

#include "tests/support/echo_pair.hpp"
#include "tests/support/random_bytes.hpp"

namespace echolab::test {
namespace {

TEST(TcpEcho, MessagesComeBackExactly) {
  Server server("tcp_server");
  const Ended client = server.ask("tcp_client", {"-m", "hello", "-m", "", "-m", "안녕\n", "-m", " end"});
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_EQ(client.out, "hello안녕\n end");
  EXPECT_EQ(client.err, "") << "--log off is quiet";
}

TEST(FaultE7, EverySizeIsByteExact) {
  Server server("tcp_server");
  for (const std::size_t size : {1, 2, 1447, 1448, 1449, 65535, 65536, 65537, 300'001, 3'000'000}) {
    const std::string sent = random_bytes(size, size);
    const Ended client = server.ask("tcp_client", {}, sent);
    ASSERT_EQ(client.status, 0) << size << " bytes: " << client.err;
    ASSERT_TRUE(client.out == sent) << size << " bytes came back as " << client.out.size();
  }
}

TEST(FaultE7, InputInPiecesIsByteExact) {
  Server server("tcp_server");
  const std::string sent = random_bytes(200'000, 7);
  Process client(server.client("tcp_client", quiet({})), std::nullopt);
  std::mt19937 random(11);
  for (std::size_t at = 0; at < sent.size();) {
    const std::size_t piece = std::min<std::size_t>(1 + random() % 9000, sent.size() - at);
    client.say(sent.substr(at, piece));
    at += piece;
  }
  client.end_input();
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(ended.out == sent);
}

TEST(FaultE7, AHundredMegabytesComeBackExactly) {
  Server server("tcp_server");
  const std::string sent = random_bytes(100'000'000, 100);
  const Ended client = server.ask("tcp_client", {}, sent);
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_TRUE(client.out == sent) << client.out.size() << " bytes";
}

TEST(FaultE9, OneHugeMessageDoesNotBlockOnAServerThatWaitsForTheClientToRead) {
  Server server("tcp_server");
  const Ended client = server.ask("tcp_client", {"--count", "1", "--size", "30000000"});
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_EQ(client.out.size(), 30'000'000U);
  EXPECT_EQ(client.out.substr(0, 8), "00000001");
}

TEST(TcpEcho, SixtyFourBusyClientsAtOnce) {
  Server server("tcp_server");
  std::list<Process> clients;
  for (int i = 0; i < 64; ++i)
    clients.emplace_back(server.client("tcp_client", quiet({"--timeout", "60"})), random_bytes(1'000'000 + i, i));
  int i = 0;
  for (Process& client : clients) {
    const Ended ended = client.wait();
    ASSERT_EQ(ended.status, 0) << ended.err;
    ASSERT_TRUE(ended.out == random_bytes(1'000'000 + i, i)) << "client " << i;
    ++i;
  }
}

TEST(TcpEcho, WorksOverIPv6) {
  Server server("tcp_server", quiet({"--bind", "::1"}));
  const std::string sent = random_bytes(1'000'000, 6);
  const Ended client = server.ask("tcp_client", {}, sent);
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_TRUE(client.out == sent);
}

TEST(TcpEcho, EndOfInputEndsTheClientAndTheServerServesOn) {
  Server server("tcp_server");
  EXPECT_EQ(server.ask("tcp_client", {}, "first\n").out, "first\n");
  EXPECT_EQ(server.ask("tcp_client", {}, "second\n").out, "second\n");
}

TEST(TcpEcho, CountNumbersTheMessages) {
  Server server("tcp_server");
  const Ended client = server.ask("tcp_client", {"--count", "3", "--size", "10"});
  EXPECT_EQ(client.out, "00000001j\n00000002k\n00000003l\n");
}

}  // namespace
}  // namespace echolab::test
