#include "tcp/sessions.hpp"

#include <gtest/gtest.h>

namespace echolab::tcp {
namespace {

using std::chrono::seconds;

Session& open(Sessions& sessions, std::uint16_t port, Clock::time_point now) {
  return sessions.open(Socket(AF_INET, nullptr), net::resolve("127.0.0.1", port), now);
}

TEST(Sessions, KnowWhoHasBeenSilentLongest) {
  const Clock::time_point start{};
  Sessions sessions;
  Session& first = open(sessions, 1, start);
  Session& second = open(sessions, 2, start + seconds(1));
  EXPECT_EQ(&sessions.longest_silent(), &first);
  sessions.touch(first, start + seconds(2));
  EXPECT_EQ(&sessions.longest_silent(), &second);
}

TEST(Sessions, AClosedOneIsRememberedByItsTrace) {
  Sessions sessions;
  Session& client = open(sessions, 7, {});
  client.bytes_in = 5;
  client.bytes_out = 4;
  sessions.close(client);
  EXPECT_TRUE(sessions.empty());
  EXPECT_LT(client.socket.fd(), 0) << "closed, but events of this round may still name it";
  sessions.forget_closed();
  ASSERT_EQ(sessions.traces().size(), 1U);
  EXPECT_EQ(sessions.traces()[0].peer.port(), 7);
  EXPECT_EQ(sessions.bytes_in(), 5U);
  EXPECT_EQ(sessions.bytes_out(), 4U);
}

TEST(Sessions, TracesAreBounded) {
  Sessions sessions;
  for (std::uint16_t port = 1; port <= 100; ++port) sessions.close(open(sessions, port, {}));
  EXPECT_EQ(sessions.count(), 100U);
  EXPECT_EQ(sessions.traces().size(), Sessions::most_traces);
  EXPECT_EQ(sessions.traces().back().peer.port(), 100);
}

TEST(Sessions, TheKernelSaysHowLargeItsSocketIs) { EXPECT_GT(kernel_socket_bytes(AF_INET), 500U); }

}  // namespace
}  // namespace echolab::tcp
