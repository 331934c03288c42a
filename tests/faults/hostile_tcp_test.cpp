// S: strangers at the other end of the TCP pair.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/fsuid.h>

#include <thread>

#include "net/privileges.hpp"
#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

const std::string retitle = "\x1b]0;owned\x07";  // a terminal that gets it changes its title

/// Takes one client, reads `size` bytes of it, answers with `answer`, and then dribbles until the client has gone.
std::jthread hostile_server(const net::FileDescriptor& listener, std::size_t size, const std::string& answer) {
  EXPECT_EQ(::listen(listener.get(), 1), 0);
  return std::jthread([&listener, size, answer] {
    const net::FileDescriptor client(::accept(listener.get(), nullptr, nullptr));
    std::string room(size, '\0');
    ::recv(client.get(), room.data(), size, MSG_WAITALL);
    ::send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
    pollfd gone{.fd = client.get(), .events = POLLRDHUP, .revents = 0};
    while (::send(client.get(), retitle.data(), retitle.size(), MSG_NOSIGNAL) >= 0 &&
           (::poll(&gone, 1, 20) == 0 || (gone.revents & (POLLERR | POLLHUP)) == 0))
      ;
  });
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(FaultS2, WhatComesBeyondTheEchoIsCountedNotPrintedAndNotReadForEver) {
  const auto listener = bound_socket(SOCK_STREAM);
  const auto server = hostile_server(listener, 5, "hello" + repeated(retitle, 100'000));
  Process client(command("tcp_client", quiet({"--port", port_of(listener), "-m", "hello", "--timeout", "0.5"})));
  const Ended ended = client.wait(std::chrono::seconds(10));
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(ended.out == "hello") << ended.out.size() << " bytes were printed";
  EXPECT_THAT(ended.err, HasSubstr(" bytes that are not an echo, counted but not shown"));
}

TEST(FaultS2, AnotherAnswerThanTheEchoIsNotPrintedEither) {
  const auto listener = bound_socket(SOCK_STREAM);
  const auto server = hostile_server(listener, 20, "the" + retitle + repeated("x", 20));
  const Ended ended = run("tcp_client", quiet({"--port", port_of(listener), "-m", "the message goes out"}));
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out, "the") << "what is an echo so far";
  EXPECT_THAT(ended.err, HasSubstr("not what was sent"));
}

TEST(FaultS2, CtrlCEndsTheReadingWhileBytesCome) {
  const auto listener = bound_socket(SOCK_STREAM);
  const auto server = hostile_server(listener, 5, "hello" + repeated(retitle, 100'000));
  Process client(command("tcp_client", quiet({"--port", port_of(listener), "-m", "hello", "--timeout", "0"})));
  client.wait_for("hello");
  client.send_signal(SIGINT);
  EXPECT_EQ(client.wait(std::chrono::seconds(10)).status, 0);
}

/// Clients that never leave: each sends a byte again and again, and comes back when it is sent away.
std::jthread occupiers(const std::string& port, std::size_t count) {
  std::vector<net::FileDescriptor> sockets;
  for (std::size_t i = 0; i < count; ++i) sockets.push_back(connected_to(port));
  return std::jthread([port, sockets = std::move(sockets)](const std::stop_token& stop) mutable {
    while (!stop.stop_requested()) {
      for (net::FileDescriptor& socket : sockets) {
        char echo[64];
        const bool gone = ::recv(socket.get(), echo, sizeof echo, MSG_DONTWAIT) == 0;
        if (gone || ::send(socket.get(), "x", 1, MSG_NOSIGNAL) < 0) socket = connected_to(port);
      }
      ::poll(nullptr, 0, 20);
    }
  });
}

TEST(FaultS13, ClientsThatSendAByteNowAndThenDoNotKeepTheServerFull) {
  Server server("tcp_server", quiet({"--max-clients", "8"}));
  auto attack = occupiers(server.port(), 8);
  for (int turn = 0; turn < 2; ++turn)
    EXPECT_EQ(server.ask("tcp_client", {"-m", "my turn", "--timeout", "20"}).out, "my turn");
  attack.request_stop();
  attack.join();
  EXPECT_THAT(server.process().end(SIGTERM).err, HasSubstr("full (8 clients)"));
}

/// A socket that belongs to nobody's program, although it is ours: the kernel notes who makes it.
net::FileDescriptor foreign_listener() {
  ::setfsuid(net::nobody().uid);
  net::FileDescriptor listener = bound_socket(SOCK_STREAM);
  ::listen(listener.get(), 1);
  ::setfsuid(::geteuid());
  return listener;
}

TEST(FaultS17, TheClientNamesTheOwnerOfAnothersServer) {
  if (!net::is_root_of_the_machine()) GTEST_SKIP() << "not root of this machine: it takes two users";
  const auto listener = foreign_listener();
  const auto server = hostile_server(listener, 5, "hello");
  const Ended ended = run("tcp_client", quiet({"--port", port_of(listener), "-m", "hello", "--timeout", "0.1"}));
  EXPECT_THAT(ended.err,
              HasSubstr("the server at 127.0.0.1:" + port_of(listener) + " belongs to another user, nobody"));
}

TEST(FaultS17, OfOnesOwnServerNothingIsSaid) {
  Server tcp("tcp_server"), udp("udp_server");
  EXPECT_EQ(tcp.ask("tcp_client", {"-m", "x"}).err, "");
  EXPECT_EQ(udp.ask("udp_client", {"-m", "x"}).err, "");
}

}  // namespace
}  // namespace echolab::test
