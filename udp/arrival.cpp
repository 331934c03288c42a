#include "udp/arrival.hpp"

#include <netinet/in.h>

#include <array>
#include <cstring>

namespace echolab::udp {
namespace {

/// Room for the control message that carries the address.
struct ControlRoom {
  alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(in6_pktinfo))> bytes;
};

template <typename Value>
Value read(cmsghdr* message) {
  Value value;
  std::memcpy(&value, CMSG_DATA(message), sizeof value);
  return value;
}

void read_v4(const in_pktinfo& info, Datagram& datagram) {
  // ipi_addr is what the header says, ipi_spec_dst is ours: they differ where it was sent to a group.
  datagram.to_group = info.ipi_addr.s_addr != info.ipi_spec_dst.s_addr;
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr = info.ipi_spec_dst;
  datagram.to = net::Address(reinterpret_cast<const sockaddr*>(&to), sizeof to);
}

void read_v6(const in6_pktinfo& info, Datagram& datagram) {
  datagram.to_group = IN6_IS_ADDR_MULTICAST(&info.ipi6_addr);
  sockaddr_in6 to{};
  to.sin6_family = AF_INET6;
  to.sin6_addr = info.ipi6_addr;
  datagram.to = net::Address(reinterpret_cast<const sockaddr*>(&to), sizeof to);
}

template <typename Value>
void put(msghdr& message, int level, int type, const Value& value, ControlRoom& room) {
  message.msg_control = room.bytes.data();
  message.msg_controllen = CMSG_SPACE(sizeof value);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = level;
  header->cmsg_type = type;
  header->cmsg_len = CMSG_LEN(sizeof value);
  std::memcpy(CMSG_DATA(header), &value, sizeof value);
}

void read_destination(msghdr& message, Datagram& datagram) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) read_v4(read<in_pktinfo>(part), datagram);
    if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) read_v6(read<in6_pktinfo>(part), datagram);
  }
}

}  // namespace

ssize_t receive_with_destination(int fd, std::span<std::byte> room, Datagram& datagram, int flags) {
  iovec part{.iov_base = room.data(), .iov_len = room.size()};
  ControlRoom control;
  msghdr message{};
  message.msg_name = datagram.from.fill();
  message.msg_namelen = datagram.from.size();
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.bytes.data();
  message.msg_controllen = control.bytes.size();
  const auto size = ::recvmsg(fd, &message, MSG_TRUNC | flags);
  *datagram.from.fill_size() = message.msg_namelen;
  if (size >= 0) read_destination(message, datagram);
  return size;
}

ssize_t send_from(int fd, const net::Address& source, const net::Address& peer, std::span<const std::byte> bytes) {
  iovec part{.iov_base = const_cast<std::byte*>(bytes.data()), .iov_len = bytes.size()};
  msghdr message{};
  message.msg_name = const_cast<sockaddr*>(peer.data());
  message.msg_namelen = peer.size();
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  ControlRoom room;
  if (source.family() == AF_INET) {
    in_pktinfo info{};
    std::memcpy(&info.ipi_spec_dst, source.octets().data(), sizeof info.ipi_spec_dst);
    put(message, IPPROTO_IP, IP_PKTINFO, info, room);
  } else if (source.family() == AF_INET6) {
    in6_pktinfo info{};
    std::memcpy(&info.ipi6_addr, source.octets().data(), sizeof info.ipi6_addr);
    put(message, IPPROTO_IPV6, IPV6_PKTINFO, info, room);
  }
  return ::sendmsg(fd, &message, 0);
}

}  // namespace echolab::udp
