// E: what goes wrong between the TCP pair. More of it stands where the pair is tested: docs/faults.en.md has the list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/ipv6.h>
#include <sys/resource.h>

#include <algorithm>
#include <list>
#include <regex>

#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/random_bytes.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

TEST(FaultE1, NobodyElseMayShareThePort) {
  Server server("tcp_server");
  const net::Address same = net::resolve("127.0.0.1", static_cast<std::uint16_t>(std::stoi(server.port())));
  const net::FileDescriptor other(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  for (const int option : {SO_REUSEADDR, SO_REUSEPORT})
    ASSERT_EQ(::setsockopt(other.get(), SOL_SOCKET, option, &yes, sizeof yes), 0);
  EXPECT_LT(::bind(other.get(), same.data(), same.size()), 0) << "the server itself has set SO_REUSEPORT";
  EXPECT_EQ(errno, EADDRINUSE);
}

TEST(FaultE2, PortZeroPrintsTheChosenPort) {
  Process server(command("tcp_server", quiet({"--port", "0"})));
  const std::string said = server.wait_for("\n");
  EXPECT_TRUE(std::regex_search(said, std::regex("listening on 127\\.0\\.0\\.1:[1-9][0-9]*\n"))) << said;
}

TEST(FaultE5, AServerKilledInMidTransferIsToldInBytes) {
  Server server("tcp_server");
  SleepyReader reader;  // the client cannot get rid of the echo: the transfer stands still half-way
  Process client(in_shell("exec ", server.client("tcp_client", quiet({"--count", "1", "--size", "50000000"})),
                          ">" + reader.path()));
  ASSERT_TRUE(until([&] { return reader.is_full(); }));
  server.process().end(SIGKILL);
  const std::size_t came = reader.rest().size();
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("server closed after " + std::to_string(came) + " of 50000000 bytes"));
  EXPECT_LT(came, 50'000'000U);
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1);
}

TEST(FaultE6, AKilledClientCostsTheServerThatClientAlone) {
  Server server("tcp_server");
  Process other(server.client("tcp_client", quiet({})), std::nullopt);
  other.say("before\n");
  other.wait_for("before\n");
  const std::size_t before = open_descriptors(server.process().pid());
  {
    SleepyReader reader;
    Process victim(in_shell("exec ", server.client("tcp_client", quiet({"--count", "1", "--size", "50000000"})),
                            ">" + reader.path()));
    ASSERT_TRUE(until([&] { return reader.is_full(); }));
    EXPECT_EQ(open_descriptors(server.process().pid()), before + 1);
    victim.end(SIGKILL);
  }
  EXPECT_TRUE(until([&] { return open_descriptors(server.process().pid()) == before; })) << "it is let go";
  other.say("after\n");
  other.wait_for("after\n");
}

TEST(FaultE7, InterruptedCallsLoseNoByte) {
  Server server("tcp_server");
  const std::string sent = random_bytes(20'000'000, 21);
  Process client(server.client("tcp_client", quiet({"--timeout", "60"})), sent);
  for (int round = 0; round < 300; ++round)
    for (const pid_t pid : {client.pid(), server.process().pid()}) {
      ::kill(pid, SIGSTOP);  // epoll_wait, and recv with a time-out, end with EINTR after SIGCONT (signal(7))
      ::kill(pid, SIGCONT);
      ::poll(nullptr, 0, 1);
    }
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(ended.out == sent) << ended.out.size();
}

TEST(FaultE8, WritingToAPeerThatIsGoneIsAnErrorAndNoSignal) {
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  Process client(command("tcp_client", quiet({"--port", port_of(listener), "--count", "1", "--size", "10000000"})));
  ::close(::accept(listener.get(), nullptr, nullptr));
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1) << "not -SIGPIPE";
  EXPECT_THAT(ended.err, HasSubstr("server closed after 0 of 10000000 bytes"));
}

TEST(FaultE9, WhatIsKeptForASlowReaderIsBounded) {
  Server server("tcp_server");
  const auto greedy = connected_to(server.port());
  const std::string much(1 << 20, 'x');
  std::size_t taken = 0;
  pollfd room{.fd = greedy.get(), .events = POLLOUT, .revents = 0};
  while (::poll(&room, 1, 200) == 1)  // until the server reads no more
    taken +=
        static_cast<std::size_t>(std::max<ssize_t>(0, ::send(greedy.get(), much.data(), much.size(), MSG_DONTWAIT)));
  const Ended ended = server.process().end(SIGTERM);
  std::smatch most;
  ASSERT_TRUE(std::regex_search(ended.out, most, std::regex("unsent at most ([0-9]+)"))) << ended.out;
  EXPECT_GT(std::stoul(most[1]), 0U);
  EXPECT_LE(std::stoul(most[1]), 65536U) << taken << " bytes were sent";
}

TEST(FaultE10, AThousandIdleClientsAreServed) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < 1100) GTEST_SKIP() << "only " << limit.rlim_max << " descriptors are allowed here (ulimit -Hn)";
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  Server server("tcp_server");
  std::list<net::FileDescriptor> idle;
  for (int i = 0; i < 1000; ++i) idle.push_back(connected_to(server.port()));
  EXPECT_EQ(server.ask("tcp_client", {"-m", "the thousand and first"}).out, "the thousand and first");
  EXPECT_TRUE(until([&] { return open_descriptors(server.process().pid()) >= 1000; })) << "all are accepted";
  EXPECT_LT(resident(server.process().pid()), sanitized ? 512 * 1024 : 64 * 1024) << "KiB";
}

TEST(FaultE11, ClientsThatDribbleAreClosedWhereNothingCameForTheIdleTimeout) {
  Server server("tcp_server", quiet({"--idle-timeout", "0.3"}));
  const auto dribbler = connected_to(server.port());
  for (int i = 0; i < 3; ++i) {  // each byte buys it the time-out again, and no more
    ASSERT_EQ(::send(dribbler.get(), "x", 1, MSG_NOSIGNAL), 1);
    char echo = 0;
    ASSERT_EQ(::recv(dribbler.get(), &echo, 1, 0), 1);
  }
  EXPECT_EQ(read_all(dribbler.get()), "") << "the server closes";
}

TEST(FaultE12, AStormOfConnectionsThatResetAtOnceIsSurvived) {
  Server server("tcp_server");
  server.process().send_signal(SIGSTOP);  // so that they are gone before accept comes to them
  for (int i = 0; i < 300; ++i) {
    const auto client = connected_to(server.port());
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ASSERT_EQ(::setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset), 0);
  }
  server.process().send_signal(SIGCONT);
  EXPECT_EQ(server.ask("tcp_client", {"-m", "alive"}).out, "alive");
  EXPECT_EQ(server.process().end(SIGTERM).status, 0);
}

TEST(FaultE14, EveryIPv6AddressLeavesThoseOfIPv4Alone) {
  Server server("tcp_server", quiet({"--bind", "::"}));
  const Ended v4 = run("tcp_client", quiet({"127.0.0.1", "--port", server.port(), "-m", "x"}));
  EXPECT_EQ(v4.status, 1);
  EXPECT_EQ(server.ask("tcp_client", {"-m", "over IPv6"}).out, "over IPv6");
  const Ended ended = server.process().end(SIGTERM);
  EXPECT_THAT(ended.out, HasSubstr("listening on [::]:" + server.port())) << "says what was bound";
}

TEST(FaultE14, WithoutIPv6ItFailsClearly) {
  if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  // Taken from loopback, for /proc/sys may be read-only.
  in6_ifreq address{.ifr6_addr = IN6ADDR_LOOPBACK_INIT, .ifr6_prefixlen = 128, .ifr6_ifindex = 1};
  const net::FileDescriptor any(::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::ioctl(any.get(), SIOCDIFADDR, &address), 0) << std::strerror(errno);
  const Ended server = run("tcp_server", quiet({"--bind", "::1", "--port", "0"}));
  EXPECT_EQ(server.status, 1);
  EXPECT_THAT(server.err, HasSubstr("[::1]:0 is not an address of this machine"));
  EXPECT_EQ(std::ranges::count(server.err, '\n'), 1);
}

TEST(FaultE15, TerminatedWithLiveClientsItEndsWithinItsGrace) {
  Server server("tcp_server");
  const auto idle = connected_to(server.port()), greedy = connected_to(server.port());
  const std::string much(1 << 20, 'x');
  while (::send(greedy.get(), much.data(), much.size(), MSG_DONTWAIT) > 0) {
  }
  ASSERT_EQ(::send(idle.get(), "x", 1, 0), 1);
  char echo = 0;
  ASSERT_EQ(::recv(idle.get(), &echo, 1, 0), 1);
  server.process().send_signal(SIGTERM);
  EXPECT_EQ(read_all(idle.get()), "") << "the idle one gets a FIN";
  const Ended ended = server.process().wait(std::chrono::seconds(10));
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THROW(connected_to(server.port()), std::runtime_error) << "nobody is accepted any more";
}

TEST(FaultE16, WithoutBeingAskedItIsReachedFromThisMachineAlone) {
  for (const char* name : {"tcp_server", "udp_server"}) {
    Server server(name);
    EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("listening on 127.0.0.1:"));
  }
}

}  // namespace
}  // namespace echolab::test
