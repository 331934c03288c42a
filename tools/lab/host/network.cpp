#include "tools/lab/host/network.hpp"

#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sched.h>

#include <chrono>

#include "net/system_call.hpp"
#include "tools/lab/host/links.hpp"
#include "tools/lab/host/netlink.hpp"

namespace echolab::lab {
namespace {

constexpr std::array hosts = {Host::client, Host::server};

/// The wire's end towards `host`.
std::string wire_name(Host host) { return "eth-" + std::string(capture::to_string(host)); }
std::string host_name(Host host) { return "host " + std::string(capture::to_string(host)); }

constexpr std::uint8_t number_of(Host host) { return host == Host::client ? 1 : 2; }
constexpr Mac host_mac(Host host) { return {0x02, 0, 0, 0, 0, number_of(host)}; }
constexpr Mac wire_mac(Host host) { return {0x02, 0, 0, 0, 1, number_of(host)}; }

net::FileDescriptor current_namespace() {
  constexpr auto path = "/proc/self/ns/net";
  return net::FileDescriptor(net::system_call("open", ::open(path, O_RDONLY | O_CLOEXEC), path));
}

void enter(const net::FileDescriptor& network, const std::string& subject) {
  net::system_call("setns", ::setns(network.get(), CLONE_NEWNET), subject);
}

/// Whether a CallError says that there is no IPv6 here: not in the kernel, or switched off for new interfaces.
bool lacks_ipv6(const net::CallError& error) {
  const int code = error.code().value();
  return code == EAFNOSUPPORT || code == EOPNOTSUPP || code == EACCES;
}

}  // namespace

HostAddress address_of(Host host) {
  const auto number = std::to_string(number_of(host));
  return {.v4 = "10.0.0." + number, .v6 = "fd00::" + number};
}

Network::Network() try : own_namespace_(current_namespace()), rtnetlink_(open_netlink(NETLINK_ROUTE)) {
  // Each host with a small table of connections: sock_diag walks through all of the machine's, every time. Linux 6.1;
  // else it is only slower.
  lab::set_sysctl("net/ipv4/tcp_child_ehash_entries", "16384");
  for (const Host host : hosts) {
    make_host(host);
    const std::string wire = wire_name(host);
    add(rtnetlink_, {.name = wire,
                     .index = 100 + number_of(host),
                     .mac = wire_mac(host),
                     .peer_name = "eth0",
                     .peer_mac = host_mac(host),
                     .peer_namespace = namespace_of(host)});
    switch_offloads_off(wire);
    // This end belongs to the wire alone: the kernel on it says nothing and answers nothing.
    lab::set_sysctl("net/ipv6/conf/" + wire + "/disable_ipv6", "1");
    if (!give_no_link_local_address(rtnetlink_, wire)) has_ipv6_ = false;
    bring_up(rtnetlink_, wire, false);
    wire_[index(host)].emplace(wire);
    set_up_host(host);
  }
  wait_until_usable();
} catch (const net::CallError& error) {
  throw Unavailable(error.what());
}

void Network::make_host(Host host) {
  net::system_call("unshare", ::unshare(CLONE_NEWNET), "network namespace, " + host_name(host));
  namespace_[index(host)] = current_namespace();
  enter(own_namespace_, "the wire");
}

void Network::set_up_host(Host host) {
  on_host(host, [&] {
    const auto rtnetlink = open_netlink(NETLINK_ROUTE);
    switch_offloads_off("eth0");
    if (has_ipv6_) has_ipv6_ = give_no_link_local_address(rtnetlink, "eth0");
    bring_up(rtnetlink, "lo");
    bring_up(rtnetlink, "eth0");
    const HostAddress address = address_of(host);
    add_address(rtnetlink, "eth0", address.v4, 24);
    try {
      if (has_ipv6_) add_address(rtnetlink, "eth0", address.v6, 64);
    } catch (const net::CallError& error) {
      if (!lacks_ipv6(error)) throw;
      has_ipv6_ = false;
    }
  });
}

void Network::wait_until_usable() const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  const auto wait_here = [&] {
    const auto rtnetlink = open_netlink(NETLINK_ROUTE);
    while (!are_usable(rtnetlink)) {
      if (std::chrono::steady_clock::now() > deadline) throw Unavailable("veth: the links do not come up");
      ::poll(nullptr, 0, 1);
    }
  };
  wait_here();
  for (const Host host : hosts) on_host(host, wait_here);
}

std::optional<Frame> Network::receive(Host host) {
  auto arrival = end(host).next();
  if (!arrival) return std::nullopt;
  return make_frame(0, host, arrival->time, std::move(arrival->bytes));
}

void Network::on_host(Host host, const std::function<void()>& body) const {
  enter(namespace_[index(host)], host_name(host));
  const auto come_back = [&] { enter(own_namespace_, "the wire"); };
  try {
    body();
  } catch (...) {
    come_back();
    throw;
  }
  come_back();
}

bool Network::set_sysctl(Host host, const std::string& name, const std::string& value) const {
  bool done = false;
  on_host(host, [&] { done = lab::set_sysctl(name, value); });
  return done;
}

}  // namespace echolab::lab
