// What the kernels say while the test, as the wire, holds a segment between them.
#include "tools/lab/host/kernel.hpp"

#include <gtest/gtest.h>
#include <linux/netlink.h>

#include "tests/lab/host/isolation.hpp"
#include "tests/lab/host/two_hosts.hpp"

namespace echolab::lab {
namespace {

using capture::State;

capture::Endpoint endpoint(const net::Address& address) {
  const auto octets = std::as_bytes(address.octets());
  return {.address = octets.size() == 4 ? capture::IpAddress::v4(octets) : capture::IpAddress::v6(octets),
          .port = address.port()};
}

/// A server that listens and a client that has begun to connect; its SYN is on the wire.
class Connection {
 public:
  explicit Connection(bool v6 = false)
      : listener(hosts.bound(Host::server, SOCK_STREAM, v6)), client(hosts.bound(Host::client, SOCK_STREAM, v6)) {
    net::system_call("listen", ::listen(listener.get(), 1));
    const auto address = net::local_address(listener.get());
    server_at = endpoint(address);
    client_at = endpoint(net::local_address(client.get()));
    ::connect(client.get(), address.data(), address.size());
  }

  State client_state() { return state(client_kernel, client_at, server_at); }
  State server_state() { return state(server_kernel, server_at, client_at); }
  bool server_listens() { return Kernel::listens(server_kernel.sockets(), server_at); }
  KernelSocket client_socket() { return row(client_kernel, client_at, server_at); }

  void accept() {
    server = net::FileDescriptor(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  }
  void establish() {
    for (int segment = 0; segment < 3; ++segment) hosts.pass_next();
    accept();
  }
  /// The next segment, with its flags as tcpdump has them.
  std::string pass_segment() {
    const Frame frame = hosts.pass_next();
    const auto flags = std::get<capture::Segment>(frame.decoded).flags;
    return std::string(to_string(frame.from)) + (flags.syn() ? " S" : "") + (flags.fin() ? " F" : "") +
           (flags.ack() ? " ." : "");
  }

  test::TwoHosts hosts;
  net::FileDescriptor listener, client, server;
  capture::Endpoint client_at, server_at;
  Kernel client_kernel = Kernel::of(hosts.network, Host::client),
         server_kernel = Kernel::of(hosts.network, Host::server);

 private:
  static KernelSocket row(Kernel& kernel, const capture::Endpoint& local, const capture::Endpoint& remote) {
    const auto sockets = kernel.sockets();
    const auto* found = Kernel::find(sockets, local, remote);
    return found != nullptr ? *found : KernelSocket{.state = State::closed};
  }
  static State state(Kernel& kernel, const capture::Endpoint& local, const capture::Endpoint& remote) {
    return state_of(row(kernel, local, remote));
  }
};

class AHeldConnection : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Kernel, AHeldConnection, ::testing::Bool(),
                         [](const auto& version) { return version.param ? "IPv6" : "IPv4"; });

TEST_P(AHeldConnection, ShowsBothKernelsStatesFromTheSynToTimeWait) {
  INSIDE({
    Connection talk(GetParam());
    EXPECT_EQ(talk.client_state(), State::syn_sent);
    EXPECT_EQ(talk.server_state(), State::closed);  // no socket of this conversation ...
    EXPECT_TRUE(talk.server_listens());             // ... but one that waits for it

    EXPECT_EQ(talk.pass_segment(), "client S");
    EXPECT_EQ(talk.server_state(), State::syn_received);
    EXPECT_EQ(talk.pass_segment(), "server S .");
    EXPECT_EQ(talk.client_state(), State::established);
    EXPECT_EQ(talk.server_state(), State::syn_received);
    EXPECT_EQ(talk.pass_segment(), "client .");
    EXPECT_EQ(talk.server_state(), State::established);

    talk.accept();
    ::shutdown(talk.client.get(), SHUT_WR);
    EXPECT_EQ(talk.client_state(), State::fin_wait_1);
    EXPECT_EQ(talk.pass_segment(), "client F .");
    EXPECT_EQ(talk.server_state(), State::close_wait);
    EXPECT_EQ(talk.pass_segment(), "server .");
    EXPECT_EQ(talk.client_state(), State::fin_wait_2);
    talk.server.reset();
    EXPECT_EQ(talk.server_state(), State::last_ack);
    EXPECT_EQ(talk.pass_segment(), "server F .");
    EXPECT_EQ(talk.client_state(), State::time_wait);
    EXPECT_EQ(talk.pass_segment(), "client .");
    EXPECT_EQ(talk.server_state(), State::closed);
  });
}

TEST(Kernel, AFinBehindBytesThatWereNeverSentHasNotBeenSentEither) {
  INSIDE({
    Connection talk;
    talk.establish();
    const std::string text(60'000, 'x');  // more than the first window allows
    ASSERT_EQ(::send(talk.client.get(), text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
    ::shutdown(talk.client.get(), SHUT_WR);
    EXPECT_EQ(talk.client_socket().state, State::fin_wait_1);
    EXPECT_GT(talk.client_socket().unsent, 0U);
    EXPECT_EQ(talk.client_state(), State::established);
  });
}

TEST(Kernel, TheUnsentRuleHoldsInEveryStateThatFollowsAClose) {
  const auto with_unsent = [](State state) { return state_of({.state = state, .unsent = 1}); };
  EXPECT_EQ(with_unsent(State::fin_wait_1), State::established);
  EXPECT_EQ(with_unsent(State::last_ack), State::close_wait);
  EXPECT_EQ(with_unsent(State::closing), State::close_wait);
  EXPECT_EQ(with_unsent(State::established), State::established);
}

TEST(Kernel, BytesThatTheProgramHasNotReadAreCounted) {
  INSIDE({
    Connection talk;
    talk.establish();
    ASSERT_EQ(::send(talk.server.get(), "hello", 5, MSG_NOSIGNAL), 5);
    talk.hosts.pass_next();
    EXPECT_EQ(talk.client_socket().unread, 5U);
  });
}

TEST(Kernel, AListenerOnEveryAddressTakesBothVersionsUnlessItMayNot) {
  const auto listener = [](const char* address, bool v6_only) {
    return std::vector<KernelSocket>{
        {.local = endpoint(net::resolve(address, 9000)), .state = State::listen, .v6_only = v6_only}};
  };
  const auto v4 = endpoint(net::resolve("10.0.0.2", 9000)), v6 = endpoint(net::resolve("fd00::2", 9000));
  EXPECT_TRUE(Kernel::listens(listener("::", false), v4));
  EXPECT_TRUE(Kernel::listens(listener("::", false), v6));
  EXPECT_FALSE(Kernel::listens(listener("::", true), v4));
  EXPECT_TRUE(Kernel::listens(listener("0.0.0.0", false), v4));
  EXPECT_FALSE(Kernel::listens(listener("0.0.0.0", false), v6));
  EXPECT_FALSE(Kernel::listens(listener("10.0.0.1", false), v4));
  EXPECT_FALSE(Kernel::listens(listener("::", false), endpoint(net::resolve("10.0.0.2", 9001))));
}

TEST(Kernel, ASocketOfIPv6ThatSpeaksIPv4HasIPv4Addresses) {
  INSIDE({
    test::TwoHosts hosts;
    if (!hosts.network.has_ipv6()) return;
    const auto client = hosts.socket(Host::client, SOCK_STREAM, true);
    const auto server = net::resolve("::ffff:10.0.0.2", 9);
    ::connect(client.get(), server.data(), server.size());
    const auto sockets = Kernel::of(hosts.network, Host::client).sockets();
    ASSERT_EQ(sockets.size(), 1U);
    EXPECT_EQ(to_string(sockets[0].remote), "10.0.0.2:9");
    EXPECT_EQ(sockets[0].state, State::syn_sent);
  });
}

TEST(Kernel, ARetransmissionIsCounted) {
  INSIDE({
    Connection talk;
    talk.hosts.next();  // lost
    talk.hosts.next();  // the kernel sends it again after a second
    EXPECT_EQ(talk.client_socket().retransmits, 1U);
  });
}

}  // namespace
}  // namespace echolab::lab
