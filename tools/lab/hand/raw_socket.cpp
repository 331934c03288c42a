#include "tools/lab/hand/raw_socket.hpp"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

#include <array>

#include "net/option.hpp"
#include "net/system_call.hpp"

namespace echolab::lab::hand {

RawSocket::RawSocket(const std::string& interface)
    // Protocol 0: it hears nothing until it is bound, and so nothing of any other interface.
    : socket_(net::system_call("socket", ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), "packet")) {
  const auto index = static_cast<int>(::if_nametoindex(interface.c_str()));
  if (index == 0) throw net::CallError("if_nametoindex", interface, errno);
  net::system_call("setsockopt", net::set_option(fd(), SOL_PACKET, PACKET_IGNORE_OUTGOING, 1),
                   "PACKET_IGNORE_OUTGOING");
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = index;
  net::system_call("bind", ::bind(fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address), interface);
  // Our MAC address is not the interface's own: a card would not hand us what is sent to it.
  packet_mreq everything{};
  everything.mr_ifindex = index;
  everything.mr_type = PACKET_MR_PROMISC;
  net::system_call("setsockopt", ::setsockopt(fd(), SOL_PACKET, PACKET_ADD_MEMBERSHIP, &everything, sizeof everything),
                   "PACKET_ADD_MEMBERSHIP");
}

std::optional<std::vector<std::byte>> RawSocket::next() const {
  std::array<std::byte, 2048> room;
  const auto size = net::uninterrupted([&] { return ::recv(fd(), room.data(), room.size(), 0); });
  if (size < 0 && errno == EAGAIN) return std::nullopt;
  net::system_call("recv", size, "frame");
  return std::vector<std::byte>(room.data(), room.data() + size);
}

void RawSocket::send(std::span<const std::byte> frame) const {
  net::system_call("send", net::uninterrupted([&] { return ::send(fd(), frame.data(), frame.size(), 0); }), "frame");
}

}  // namespace echolab::lab::hand
