// H35: a time-out is a deadline. SIGSTOP and SIGCONT interrupt every call that waits with one (signal(7)).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class FaultH35 : public testing::Test {
 protected:
  /// At the end of a program LeakSanitizer stops its threads as a debugger does, and hangs where others stop them, too.
  static void SetUpTestSuite() { ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1); }
};

void interrupt(const Process& process) {
  process.send_signal(SIGSTOP);
  process.send_signal(SIGCONT);
}

/// Interrupts the process much more often than its time-out passes, until `so`. False: not within ten seconds.
bool comes_though_interrupted(const Process& process, const std::function<bool()>& so) {
  const auto end = Clock::now() + std::chrono::seconds(10);
  while (!so() && Clock::now() < end) {
    interrupt(process);
    ::poll(nullptr, 0, 20);
  }
  return so();
}

bool has_ended(const Process& process) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(process.pid()), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

void expect_given_up(Process& client, const std::string& words) {
  EXPECT_TRUE(comes_though_interrupted(client, [&] { return has_ended(client); })) << "its timer begins anew";
  const Ended ended = client.end(SIGCONT);
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr(words));
}

TEST_F(FaultH35, AUdpClientThatIsStoppedAndContinuedGivesUpInTime) {
  const auto silent = bound_socket(SOCK_DGRAM);
  Process client(command("udp_client", quiet({"--port", port_of(silent), "-m", "x", "--timeout", "0.5"})));
  expect_given_up(client, "message 1: unknown: no answer in 0.5 s");
}

TEST_F(FaultH35, ATcpClientThatWaitsForItsEchoToo) {
  const auto silent = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(silent.get(), 1), 0);
  Process client(command("tcp_client", quiet({"--port", port_of(silent), "-m", "x", "--timeout", "0.5"})));
  expect_given_up(client, "no echo from");
}

TEST_F(FaultH35, ATcpClientThatConnectsToo) {
  const auto full = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(full.get(), 0), 0);
  const auto first = connected_to(port_of(full));
  Process client(command("tcp_client", {"--port", port_of(full), "-m", "x", "--timeout", "2", "--states", "off"}));
  client.wait_for("connect(");
  const auto began = Clock::now();
  ASSERT_TRUE(until([&] { return Clock::now() >= began + std::chrono::milliseconds(1700); }));
  interrupt(client);
  EXPECT_THAT(client.wait().err, HasSubstr("no answer from"));
  EXPECT_LT(Clock::now() - began, std::chrono::milliseconds(3000)) << "two seconds, or the 1.7 and two more";
}

TEST_F(FaultH35, TheIdleTimeoutOfAServerToo) {
  Server server("tcp_server", quiet({"--idle-timeout", "0.5"}));
  const auto idle = connected_to(server.port());
  pollfd waiting{.fd = idle.get(), .events = POLLIN, .revents = 0};
  EXPECT_TRUE(comes_though_interrupted(server.process(), [&] { return ::poll(&waiting, 1, 0) == 1; }));
  EXPECT_EQ(read_all(idle.get()), "");
}

/// Stops the process until the moment.
void stop_until(const Process& process, Clock::time_point moment) {
  process.send_signal(SIGSTOP);
  ASSERT_TRUE(until([&] { return Clock::now() >= moment; }));
}

TEST_F(FaultH35, WhatCameWhileAUdpClientWasStoppedCounts) {
  const auto server = bound_socket(SOCK_DGRAM);
  Process client(command("udp_client", quiet({"--port", port_of(server), "-m", "x", "--timeout", "0.5"})));
  char room = 0;
  net::Address from;
  ASSERT_EQ(::recvfrom(server.get(), &room, 1, 0, from.fill(), from.fill_size()), 1);
  stop_until(client, Clock::now() + std::chrono::milliseconds(700));
  ASSERT_EQ(::sendto(server.get(), "x", 1, 0, from.data(), from.size()), 1);
  client.send_signal(SIGCONT);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "x");
}

TEST_F(FaultH35, WhatCameWhileATcpClientWasStoppedCounts) {
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  Process client(command("tcp_client", quiet({"--port", port_of(listener), "-m", "x", "--timeout", "0.5"})));
  const net::FileDescriptor server(::accept(listener.get(), nullptr, nullptr));
  char room = 0;
  ASSERT_EQ(::recv(server.get(), &room, 1, 0), 1);
  stop_until(client, Clock::now() + std::chrono::milliseconds(700));
  ASSERT_EQ(::send(server.get(), "x", 1, 0), 1);
  ASSERT_EQ(::shutdown(server.get(), SHUT_WR), 0);
  client.send_signal(SIGCONT);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "x");
}

TEST_F(FaultH35, WhatAClientSentWhileTheServerWasStoppedCounts) {
  Server server("tcp_server", quiet({"--idle-timeout", "0.5"}));
  const auto client = connected_to(server.port());
  char echo = 0;
  ASSERT_EQ(::send(client.get(), "a", 1, 0), 1);
  ASSERT_EQ(::recv(client.get(), &echo, 1, 0), 1);
  stop_until(server.process(), Clock::now() + std::chrono::milliseconds(700));
  ASSERT_EQ(::send(client.get(), "b", 1, 0), 1);
  server.process().send_signal(SIGCONT);
  EXPECT_EQ(::recv(client.get(), &echo, 1, 0), 1) << "it was not silent";
}

}  // namespace
}  // namespace echolab::test
