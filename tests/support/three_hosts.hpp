// A client, a router and a server, each in a network namespace of its own. The test program is the client; the router
// is a real one, and the test may have it say what it likes by ICMP.
//
//     client 10.0.1.2, fd00:1::2 -- 10.0.1.1, fd00:1::1 router 10.0.2.1, fd00:2::1 -- 10.0.2.2, fd00:2::2 server
#pragma once

#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "net/address.hpp"
#include "net/file_descriptor.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/process.hpp"

namespace echolab::test {

/// A network namespace: it lasts as long as the process in it.
class NetworkHost {
 public:
  NetworkHost() { holder_.wait_for("here"); }

  std::string pid() const { return std::to_string(holder_.pid()); }
  /// The words of a command that runs there.
  std::vector<std::string> command(std::vector<std::string> words) const {
    words.insert(words.begin(), {"nsenter", "--net=/proc/" + pid() + "/ns/net"});
    return words;
  }
  /// Runs lines of a shell there. Throws where one fails.
  void does(const std::string& lines) const { run(command({"sh", "-ec", lines})); }
  static void run(std::vector<std::string> words) {
    const Ended ended = Process(std::move(words)).wait();
    if (ended.status != 0) throw std::runtime_error(ended.err);
  }
  /// A socket that belongs there.
  net::FileDescriptor socket(int family, int type, int protocol) const {
    const net::FileDescriptor here(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
    const net::FileDescriptor there(::open(("/proc/" + pid() + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC));
    if (::setns(there.get(), CLONE_NEWNET) < 0) throw std::runtime_error("setns");
    net::FileDescriptor fd(::socket(family, type | SOCK_CLOEXEC, protocol));
    if (::setns(here.get(), CLONE_NEWNET) < 0) throw std::runtime_error("setns back");
    if (!fd) throw std::runtime_error("socket");
    return fd;
  }

 private:
  Process holder_{{"unshare", "--net", "sh", "-c", "ip link set lo up; echo here; exec cat"}, std::nullopt};
};

/// What an ICMP error is to say.
struct IcmpWords {
  std::uint8_t type, code;
  std::uint16_t mtu = 0;
  std::size_t quotes = 548;  // bytes of the packet, its IP header included
};

class ThreeHosts {
 public:
  NetworkHost router, server;

  /// "" or why there can be none here.
  static std::string why_not() {
    if (const auto& reason = enter_private_network(); !reason.empty()) return reason;
    static const bool writable = static_cast<bool>(std::ofstream("/proc/sys/net/ipv4/ip_forward") << "0" << std::flush);
    return writable ? "" : "/proc/sys is read-only here: no router";
  }

  ThreeHosts() {
    // Where a link's index is its peer's Linux takes up to a second to notice that it is up (net/core/link_watch.c).
    // Neighbours are known from the beginning: looking for one that is not yet up takes another second (RFC 4861, 10).
    NetworkHost::run({"sh", "-ec",
                      "ip link add eth0 index 101 address 02:00:00:00:00:01 type veth peer name left index 102 address "
                      "02:00:00:00:00:02 netns " +
                          router.pid() + link("eth0", "1::2", "1.2") + neighbour("eth0", "1::1", "1.1", 2)});
    router.does(
        "ip link add right index 103 address 02:00:00:00:00:03 type veth peer name eth0 index 104 address "
        "02:00:00:00:00:04 netns " +
        server.pid() + link("left", "1::1", "1.1") + link("right", "2::1", "2.1") +
        neighbour("left", "1::2", "1.2", 1) + neighbour("right", "2::2", "2.2", 4) +
        "; cd /proc/sys/net; echo 1 >ipv4/ip_forward; echo 1 >ipv6/conf/all/forwarding"
        "; echo 0 >ipv4/icmp_ratelimit; echo 0 >ipv6/icmp/ratelimit");
    server.does("true" + link("eth0", "2::2", "2.2") + neighbour("eth0", "2::1", "2.1", 3) +
                "; ip route add default via 10.0.2.1; ip -6 route add default via fd00:2::1");
    NetworkHost::run({"sh", "-ec", "ip route add default via 10.0.1.1; ip -6 route add default via fd00:1::1"});
    left_ = router.socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL));
    // A link that is up may still throw packets away for a moment.
    for (const char* host : {"10.0.2.2", "fd00:2::2"}) reach(host);
    while (next_packet(IPPROTO_UDP, 0)) continue;
  }
  ~ThreeHosts() { remove_interface("eth0"); }

  /// The next packet of this protocol that the router sees come from the client, from its IP header on.
  std::string packet(int protocol) {
    auto found = next_packet(protocol, 20'000);
    if (!found) throw std::runtime_error("no packet comes");
    return *found;
  }
  /// The router says this of the packet, to the client.
  void refuse(const std::string& packet, IcmpWords words) const {
    const bool v6 = packet[0] >> 4 == 6;
    std::string icmp(8, '\0');
    icmp[0] = static_cast<char>(words.type);
    icmp[1] = static_cast<char>(words.code);
    icmp[6] = static_cast<char>(words.mtu >> 8);
    icmp[7] = static_cast<char>(words.mtu & 0xff);
    icmp += packet.substr(0, words.quotes);
    if (!v6) write_checksum(icmp);  // of ICMPv6 the kernel does
    const auto raw = router.socket(v6 ? AF_INET6 : AF_INET, SOCK_RAW, v6 ? int{IPPROTO_ICMPV6} : int{IPPROTO_ICMP});
    const net::Address client = net::resolve(v6 ? "fd00:1::2" : "10.0.1.2", 0);
    if (::sendto(raw.get(), icmp.data(), icmp.size(), 0, client.data(), client.size()) < 0)
      throw std::runtime_error("the router cannot speak");
  }

 private:
  static std::string link(const std::string& name, const std::string& v6, const std::string& v4) {
    return "; ip address add 10.0." + v4 + "/24 dev " + name + "; ip address add fd00:" + v6 + "/64 dev " + name +
           " nodad; ip link set " + name + " up";
  }
  static std::string neighbour(const std::string& name, const std::string& v6, const std::string& v4, int mac) {
    const std::string there = " lladdr 02:00:00:00:00:0" + std::to_string(mac) + " dev " + name;
    return "; ip neigh add 10.0." + v4 + there + "; ip neigh add fd00:" + v6 + there;
  }

  /// Datagrams to a closed port of the host, until the answer shows that the way is there.
  static void reach(const char* host) {
    const net::Address address = net::resolve(host, 9);
    for (int tries = 0; tries < 2000; ++tries) {
      const net::FileDescriptor probe(::socket(address.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
      if (::connect(probe.get(), address.data(), address.size()) == 0 && ::send(probe.get(), "", 1, 0) == 1) {
        pollfd waiting{.fd = probe.get(), .events = POLLIN, .revents = 0};
        char room = 0;
        if (::poll(&waiting, 1, 10) == 1 && ::recv(probe.get(), &room, 1, 0) < 0 && errno == ECONNREFUSED) return;
      }
      ::poll(nullptr, 0, 5);
    }
    throw std::runtime_error(std::string("no way to ") + host);
  }

  std::optional<std::string> next_packet(int protocol, int milliseconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
      pollfd waiting{.fd = left_.get(), .events = POLLIN, .revents = 0};
      if (::poll(&waiting, 1, static_cast<int>(std::max<long>(left, 0))) <= 0) return std::nullopt;
      std::string bytes(65536, '\0');
      sockaddr_ll from{};
      socklen_t size = sizeof from;
      const auto got =
          ::recvfrom(left_.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (got < 28 || from.sll_pkttype == PACKET_OUTGOING) continue;
      bytes.resize(static_cast<std::size_t>(got));
      if (bytes[bytes[0] >> 4 == 6 ? 6 : 9] == static_cast<char>(protocol)) return bytes;
    }
  }

  /// RFC 1071.
  static void write_checksum(std::string& icmp) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < icmp.size(); ++i)
      sum += static_cast<std::uint32_t>(static_cast<unsigned char>(icmp[i])) << (i % 2 == 0 ? 8 : 0);
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    icmp[2] = static_cast<char>(~sum >> 8);
    icmp[3] = static_cast<char>(~sum & 0xff);
  }

  net::FileDescriptor left_;
};

}  // namespace echolab::test
