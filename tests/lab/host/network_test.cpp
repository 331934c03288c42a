// The two hosts and the wire's ends, with the test as the wire.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/lab/host/isolation.hpp"
#include "tests/lab/host/two_hosts.hpp"

namespace echolab::lab {
namespace {

using test::TwoHosts;
namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void send_to(const net::FileDescriptor& socket, const net::Address& to, std::string_view text) {
  net::system_call("sendto", ::sendto(socket.get(), text.data(), text.size(), 0, to.data(), to.size()));
}
/// What has come in; empty where nothing has.
std::string read_from(const net::FileDescriptor& socket) {
  char room[4096];
  const auto size = ::recv(socket.get(), room, sizeof room, 0);
  return {room, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

std::string run(Network& network, Host host, std::vector<std::string> words, int log_fd = -1) {
  int pipe[2];
  EXPECT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
  const pid_t child = network.start(host, {.words = std::move(words), .stdout_fd = pipe[1], .log_fd = log_fd});
  ::close(pipe[1]);
  std::string said;
  char room[4096];
  for (ssize_t size; (size = ::read(pipe[0], room, sizeof room)) > 0;)
    said.append(room, static_cast<std::size_t>(size));
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  return said;
}

/// RFC 9293, 3.1: the segment and its pseudo-header add up to all ones. `bytes` are Ethernet, IPv4 without options,
/// TCP.
bool tcp_checksum_holds(std::span<const std::byte> bytes) {
  constexpr std::size_t addresses = 14 + 12, tcp = 14 + 20;
  std::uint32_t sum = IPPROTO_TCP + static_cast<std::uint32_t>(bytes.size() - tcp);
  for (std::size_t i = addresses; i < bytes.size(); ++i)
    sum += std::to_integer<std::uint32_t>(bytes[i]) << (i % 2 == 0 ? 8 : 0);
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return sum == 0xffff;
}

class Over : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Network, Over, ::testing::Bool(),
                         [](const auto& version) { return version.param ? "IPv6" : "IPv4"; });

TEST_P(Over, ADatagramCrossesTheWireAndNothingElseDoes) {
  INSIDE({
    TwoHosts hosts;
    if (GetParam() && !hosts.network.has_ipv6()) return;
    const auto client = hosts.bound(Host::client, SOCK_DGRAM, GetParam());
    const auto server = hosts.bound(Host::server, SOCK_DGRAM, GetParam());
    send_to(client, net::local_address(server.get()), "hello");
    const Frame frame = hosts.pass_next();
    EXPECT_EQ(frame.from, Host::client);
    EXPECT_EQ(read_from(server), "hello");
    // They have looked for each other: two frames each way at most, and no router, no listener's report among them.
    EXPECT_LE(hosts.seen.size(), 4U);
    for (const Frame& other : hosts.seen) {
      const auto& said = std::get<capture::Other>(other.decoded);
      const bool arp = said.kind == capture::Other::Kind::not_ip && said.number == ETH_P_ARP;
      const bool neighbours = said.kind == capture::Other::Kind::icmp && (said.number == 135 || said.number == 136);
      EXPECT_TRUE(arp || neighbours) << said.number;
    }
  });
}

TEST(Network, FramesFitTheWireAndTheirChecksumsAreComputed) {
  INSIDE({
    TwoHosts hosts;
    const auto listener = hosts.bound(Host::server, SOCK_STREAM);
    ASSERT_EQ(::listen(listener.get(), 1), 0);
    const auto client = hosts.socket(Host::client, SOCK_STREAM);
    const auto address = net::local_address(listener.get());
    ::connect(client.get(), address.data(), address.size());
    const std::string text(4096, 'x');
    std::size_t left = 200'000;
    net::FileDescriptor server;
    std::size_t received = 0;
    hosts.pass_until([&] {
      if (left > 0)
        if (const auto sent = ::send(client.get(), text.data(), std::min(left, text.size()), MSG_NOSIGNAL); sent > 0)
          left -= static_cast<std::size_t>(sent);
      if (!server)
        server = net::FileDescriptor(::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (server) received += read_from(server).size();
      return received == 200'000;
    });
    for (const Frame& frame : hosts.seen) {
      EXPECT_LE(frame.bytes.size(), 1514U);
      if (!test::is_segment(frame)) continue;
      EXPECT_TRUE(tcp_checksum_holds(frame.bytes));
    }
    EXPECT_EQ(hosts.network.lost(Host::client), 0U);
  });
}

TEST(Network, AHostThrowsAwayWhatWasCorrupted) {
  INSIDE({
    TwoHosts hosts;
    const auto client = hosts.bound(Host::client, SOCK_DGRAM), server = hosts.bound(Host::server, SOCK_DGRAM);
    const auto to = net::local_address(server.get());
    send_to(client, to, "first");
    Frame frame = hosts.next();
    frame.bytes.back() ^= std::byte{1};
    hosts.pass(frame);
    send_to(client, to, "second");
    hosts.pass_next();
    EXPECT_EQ(read_from(server), "second");
  });
}

TEST(Network, ABurstIsKept) {
  INSIDE({
    TwoHosts hosts;
    const auto client = hosts.bound(Host::client, SOCK_DGRAM), server = hosts.bound(Host::server, SOCK_DGRAM);
    const auto to = net::local_address(server.get());
    send_to(client, to, "hello");  // now they know each other
    hosts.pass_next();
    constexpr int burst = 4000;
    for (int i = 0; i < burst; ++i) send_to(client, to, std::string(1400, 'x'));
    int kept = 0;
    capture::Time before{};
    while (const auto frame = hosts.network.receive(Host::client)) {
      EXPECT_LE(before, frame->arrived);
      before = frame->arrived;
      ++kept;
    }
    EXPECT_EQ(kept, burst);
    EXPECT_EQ(hosts.network.lost(Host::client), 0U);
  });
}

TEST(Network, AFrameIsStampedWithTheTimeOfItsArrival) {
  INSIDE({
    TwoHosts hosts;
    const auto client = hosts.bound(Host::client, SOCK_DGRAM), server = hosts.bound(Host::server, SOCK_DGRAM);
    const capture::Time before = std::chrono::system_clock::now();
    send_to(client, net::local_address(server.get()), "hello");
    const Frame frame = hosts.next();
    EXPECT_LE(before, frame.arrived);
    EXPECT_LE(frame.arrived, std::chrono::system_clock::now());
  });
}

TEST(Network, AProgramRunsOnItsHost) {
  INSIDE({
    Network network;
    EXPECT_NE(run(network, Host::client, {"cat", "/proc/net/fib_trie"}).find("10.0.0.1"), std::string::npos);
    EXPECT_NE(run(network, Host::server, {"cat", "/proc/net/fib_trie"}).find("10.0.0.2"), std::string::npos);
  });
}

TEST(Network, AProgramHasTheDescriptorsThatItWasGivenAndNoOther) {
  INSIDE({
    Network network;
    const net::FileDescriptor log(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
    const auto seen =
        run(network, Host::client, {"sh", "-c", "for fd in /proc/$$/fd/*; do readlink $fd; done; :"}, log.get());
    // $$ is a number of another namespace than /proc's: ask by /proc/self, whose directory ls itself holds open.
    const auto listed = run(network, Host::client, {"ls", "-l", "/proc/self/fd"}, log.get());
    EXPECT_NE(listed.find("3 -> /dev/zero"), std::string::npos) << listed;
    EXPECT_NE(listed.find("0 -> /dev/null"), std::string::npos) << listed;
    EXPECT_EQ(std::ranges::count(listed, '\n'), 6) << listed;  // "total", 0 to 3, and 4: the directory
    EXPECT_EQ(seen.find("socket"), std::string::npos) << seen;
  });
}

TEST(Network, AProgramFindsNoSignalIgnoredOrBlocked) {
  INSIDE({
    ::signal(SIGPIPE, SIG_IGN);
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
    Network network;
    const auto status = run(network, Host::client, {"cat", "/proc/self/status"});
    for (const auto* set : {"SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"})
      EXPECT_NE(status.find(set), std::string::npos) << status;
  });
}

TEST(Network, AProgramThatIsNotThereIsNamed) {
  INSIDE({
    Network network;
    try {
      network.start(Host::client, {.words = {"/no/such/program"}});
      ADD_FAILURE() << "it was started";
    } catch (const net::CallError& error) {
      EXPECT_EQ(error.subject(), "/no/such/program");
      EXPECT_EQ(error.code().value(), ENOENT);
    }
  });
}

/// The machine's own interfaces, routes, addresses and settings. Not its packet sockets: others sniff meanwhile.
std::map<std::string, std::string> the_machine() {
  std::map<std::string, std::string> seen;
  for (const auto* table : {"/proc/net/route", "/proc/net/ipv6_route", "/proc/net/if_inet6"})
    seen[table] = text_of(table);
  std::istringstream devices(text_of("/proc/net/dev"));
  for (std::string line; std::getline(devices, line);) seen["interface " + line.substr(0, line.find(':'))] = "";
  const auto options = fs::directory_options::skip_permission_denied;
  for (const auto& entry : fs::recursive_directory_iterator("/proc/sys/net", options))
    if (entry.is_regular_file()) seen[entry.path()] = text_of(entry.path());
  return seen;
}

TEST(Network, NothingOutsideIsTouched) {
  const auto before = the_machine();
  INSIDE({
    Network network;
    EXPECT_NE(the_machine(), before);  // it can be told apart
  });
  EXPECT_EQ(the_machine(), before);
}

TEST(Network, NothingOutsideIsTouchedWhereItIsKilled) {
  const auto before = the_machine();
  std::string why_not;
  if (test::run_inside([] {}, why_not) == test::Inside::impossible) GTEST_SKIP() << why_not;
  int life[2];
  ASSERT_EQ(::pipe2(life, O_CLOEXEC), 0);
  const pid_t lab = ::fork();
  if (lab == 0) {
    ::_exit(isolated([&] {
      Network network;
      network.start(Host::server, {.words = {"sleep", "1000"}, .log_fd = life[1]});
      EXPECT_EQ(::write(life[1], "r", 1), 1);
      return ::pause();
    }));
  }
  ::close(life[1]);
  char said = 0;
  ASSERT_EQ(::read(life[0], &said, 1), 1);
  EXPECT_EQ(the_machine(), before);
  ::kill(lab, SIGKILL);
  EXPECT_EQ(::read(life[0], &said, 1), 0);  // the lab, and the program on its host
  ::waitpid(lab, nullptr, 0);
  ::close(life[0]);
  EXPECT_EQ(the_machine(), before);
}

}  // namespace
}  // namespace echolab::lab
