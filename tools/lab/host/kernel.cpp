#include "tools/lab/host/kernel.hpp"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "tools/lab/host/netlink.hpp"

namespace echolab::lab {
namespace {

using capture::State;

/// The kernel's numbers (include/net/tcp_states.h), which /proc/net/tcp has too. 12 is a request socket.
constexpr std::array<State, 13> states = {
    State::unknown,    State::established, State::syn_sent,     State::syn_received, State::fin_wait_1,
    State::fin_wait_2, State::time_wait,   State::closed,       State::close_wait,   State::last_ack,
    State::listen,     State::closing,     State::syn_received,
};
/// All of them; later numbers are sockets that are bound and nothing more.
constexpr std::uint32_t every_state = (1U << states.size()) - 1;

capture::Endpoint endpoint(std::uint8_t family, const __be32 (&address)[4], __be16 port) {
  const auto octets = std::as_bytes(std::span(address));
  constexpr std::array<std::uint8_t, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};  // RFC 4291, 2.5.5.2
  const bool is_mapped = std::memcmp(address, mapped.data(), mapped.size()) == 0;
  const auto ip = family == AF_INET ? capture::IpAddress::v4(octets)
                  : is_mapped       ? capture::IpAddress::v4(octets.subspan(mapped.size()))
                                    : capture::IpAddress::v6(octets);
  return {.address = ip, .port = ntohs(port)};
}

/// An older kernel's tcp_info is shorter: what it lacks is 0.
tcp_info info_in(const nlattr& attribute) {
  tcp_info info{};
  std::memcpy(&info, mnl_attr_get_payload(&attribute),
              std::min<std::size_t>(mnl_attr_get_payload_len(&attribute), sizeof info));
  return info;
}

KernelSocket socket_in(const nlmsghdr& row) {
  const auto& seen = *static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(&row));
  KernelSocket socket{.local = endpoint(seen.idiag_family, seen.id.idiag_src, seen.id.idiag_sport),
                      .remote = endpoint(seen.idiag_family, seen.id.idiag_dst, seen.id.idiag_dport),
                      .state = seen.idiag_state < states.size() ? states[seen.idiag_state] : State::unknown,
                      .queued = seen.idiag_wqueue,
                      .unread = seen.idiag_rqueue,
                      .retransmits = seen.idiag_retrans};
  each_attribute(row, sizeof seen, [&](const nlattr& attribute) {
    const auto type = mnl_attr_get_type(&attribute);
    if (type == INET_DIAG_SKV6ONLY) socket.v6_only = mnl_attr_get_u8(&attribute) != 0;
    if (type != INET_DIAG_INFO || socket.state == State::listen) return;
    const tcp_info info = info_in(attribute);
    socket.unsent = info.tcpi_notsent_bytes;
    socket.retransmits = info.tcpi_retransmits;
  });
  return socket;
}

bool is_wildcard(const capture::IpAddress& address) {
  return std::ranges::all_of(address.bytes, [](std::uint8_t octet) { return octet == 0; });
}

bool takes(const KernelSocket& listener, const capture::Endpoint& local) {
  if (listener.state != State::listen || listener.local.port != local.port) return false;
  if (listener.local.address == local.address) return true;
  const bool same_version = listener.local.address.version == local.address.version;
  const bool dual = listener.local.address.version == capture::IpAddress::Version::v6 && !listener.v6_only;
  return is_wildcard(listener.local.address) && (same_version || dual);
}

}  // namespace

Kernel Kernel::of(const Network& network, Host host) {
  net::FileDescriptor diag;
  network.on_host(host, [&] { diag = open_netlink(NETLINK_SOCK_DIAG); });
  return Kernel(std::move(diag));
}

std::vector<KernelSocket> Kernel::sockets() {
  std::vector<KernelSocket> found;
  for (const int family : {AF_INET, AF_INET6}) {
    NetlinkRequest request(SOCK_DIAG_BY_FAMILY, 0);
    auto& wanted = request.header<inet_diag_req_v2>();
    wanted.sdiag_family = static_cast<std::uint8_t>(family);
    wanted.sdiag_protocol = IPPROTO_TCP;
    wanted.idiag_ext = 1 << (INET_DIAG_INFO - 1);
    wanted.idiag_states = every_state;
    const std::size_t before = found.size();
    dump(
        diag_, request, "sock_diag, TCP", [&] { found.resize(before); },
        [&](const nlmsghdr& row) { found.push_back(socket_in(row)); });
  }
  return found;
}

const KernelSocket* Kernel::find(const std::vector<KernelSocket>& sockets, const capture::Endpoint& local,
                                 const capture::Endpoint& remote) {
  const auto found = std::ranges::find_if(sockets, [&](const KernelSocket& socket) {
    return socket.local == local && socket.remote == remote && socket.state != State::listen;
  });
  return found != sockets.end() ? &*found : nullptr;
}

bool Kernel::listens(const std::vector<KernelSocket>& sockets, const capture::Endpoint& local) {
  return std::ranges::any_of(sockets, [&](const KernelSocket& socket) { return takes(socket, local); });
}

State state_of(const KernelSocket& socket) {
  if (socket.unsent == 0) return socket.state;
  if (socket.state == State::fin_wait_1) return State::established;
  if (socket.state == State::last_ack || socket.state == State::closing) return State::close_wait;
  return socket.state;
}

}  // namespace echolab::lab
