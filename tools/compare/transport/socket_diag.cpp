#include "tools/compare/transport/socket_diag.hpp"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "tcp/sessions.hpp"
#include "tools/lab/host/netlink.hpp"

namespace echolab::compare {
namespace {

constexpr std::uint32_t bit(int state) { return 1U << state; }
/// include/net/tcp_states.h: 12 is a request socket. A UDP socket that is not connected says TCP_CLOSE.
constexpr std::uint32_t opening_or_closing =
    bit(TCP_SYN_SENT) | bit(TCP_SYN_RECV) | bit(TCP_FIN_WAIT1) | bit(TCP_CLOSING) | bit(TCP_LAST_ACK) | bit(12);
constexpr std::uint32_t with_a_peer = bit(TCP_ESTABLISHED) | bit(TCP_CLOSE_WAIT);
constexpr std::uint32_t any_state = ~0U;

using Row = std::function<void(const inet_diag_msg& socket, std::uint64_t queued)>;

void each_socket(const net::FileDescriptor& diag, int family, int protocol, std::uint32_t states,
                 const std::function<void()>& begin, const Row& row) {
  lab::NetlinkRequest request(SOCK_DIAG_BY_FAMILY, 0);
  auto& wanted = request.header<inet_diag_req_v2>();
  wanted.sdiag_family = static_cast<std::uint8_t>(family);
  wanted.sdiag_protocol = static_cast<std::uint8_t>(protocol);
  wanted.idiag_ext = 1 << (INET_DIAG_SKMEMINFO - 1);
  wanted.idiag_states = states;
  lab::dump(diag, request, "sock_diag", begin, [&](const nlmsghdr& message) {
    const auto& socket = *static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(&message));
    std::uint64_t queued = 0;
    lab::each_attribute(message, sizeof socket, [&](const nlattr& attribute) {
      if (mnl_attr_get_type(&attribute) != INET_DIAG_SKMEMINFO) return;
      std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
      std::memcpy(memory.data(), mnl_attr_get_payload(&attribute),
                  std::min<std::size_t>(mnl_attr_get_payload_len(&attribute), sizeof memory));
      queued = std::uint64_t{memory[SK_MEMINFO_RMEM_ALLOC]} + memory[SK_MEMINFO_WMEM_QUEUED];
    });
    row(socket, queued);
  });
}

}  // namespace

SocketDiag::SocketDiag() : diag_(lab::open_netlink(NETLINK_SOCK_DIAG)) {}

KernelState SocketDiag::at(Protocol protocol, const net::Address& server) const {
  const bool stream = protocol == Protocol::tcp;
  KernelState state;
  each_socket(
      diag_, server.family(), stream ? IPPROTO_TCP : IPPROTO_UDP, stream ? with_a_peer : any_state, [&] { state = {}; },
      [&](const inet_diag_msg& socket, std::uint64_t queued) {
        if (ntohs(socket.id.idiag_sport) != server.port()) return;
        ++state.sockets;
        state.queued_bytes += queued;
      });
  if (!stream && state.sockets > 0) --state.sockets;  // the one that hears everybody
  state.object_bytes = stream ? tcp::kernel_socket_bytes(server.family()) : 0;
  return state;
}

bool SocketDiag::waits_for_a_packet() const {
  bool waits = false;
  each_socket(
      diag_, AF_INET, IPPROTO_TCP, opening_or_closing, [] {},
      [&](const inet_diag_msg&, std::uint64_t) { waits = true; });
  return waits;
}

}  // namespace echolab::compare
