#include "tools/lab/host/packet_ring.hpp"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/icmpv6.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <array>
#include <atomic>

#include "net/option.hpp"
#include "net/system_call.hpp"

namespace echolab::lab {
namespace {

constexpr unsigned slot_size = 2048;  // a frame of 1514 bytes and the kernel's header of about 70
constexpr unsigned block_size = 64 * slot_size;
constexpr unsigned block_count = 64;
constexpr unsigned slot_count = block_count * (block_size / slot_size);
constexpr std::size_t ring_size = std::size_t{block_size} * block_count;

/// Keeps what hosts say to multicast routers (RFC 3810) off the wire: nobody here is one, and no lesson asks for it.
void leave_out_multicast_listeners(int socket) {
  constexpr unsigned ipv6 = 14, options = ipv6 + 40, icmp = options + 8;  // behind Ethernet, IPv6, hop-by-hop options
  std::array program{
      sock_filter BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 12),
      sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IPV6, 0, 9),
      sock_filter BPF_STMT(BPF_LD | BPF_B | BPF_ABS, ipv6 + 6),
      sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_HOPOPTS, 0, 7),
      sock_filter BPF_STMT(BPF_LD | BPF_B | BPF_ABS, options),
      sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_ICMPV6, 0, 5),
      sock_filter BPF_STMT(BPF_LD | BPF_B | BPF_ABS, icmp),
      sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMPV6_MLD2_REPORT, 2, 0),
      sock_filter BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, ICMPV6_MGM_QUERY, 0, 2),
      sock_filter BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, ICMPV6_MGM_REDUCTION, 1, 0),
      sock_filter BPF_STMT(BPF_RET | BPF_K, 0),
      sock_filter BPF_STMT(BPF_RET | BPF_K, 0x40000),
  };
  const sock_fprog filter{.len = program.size(), .filter = program.data()};
  net::system_call("setsockopt", ::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter),
                   "SO_ATTACH_FILTER");
}

void make_ring(int socket) {
  net::system_call("setsockopt", net::set_option(socket, SOL_PACKET, PACKET_VERSION, TPACKET_V2), "PACKET_VERSION");
  const tpacket_req request{
      .tp_block_size = block_size, .tp_block_nr = block_count, .tp_frame_size = slot_size, .tp_frame_nr = slot_count};
  net::system_call("setsockopt", ::setsockopt(socket, SOL_PACKET, PACKET_RX_RING, &request, sizeof request),
                   "PACKET_RX_RING");
}

}  // namespace

void PacketRing::Unmap::operator()(std::byte* memory) const { ::munmap(memory, ring_size); }

PacketRing::PacketRing(const std::string& interface)
    // Protocol 0: it hears nothing until it is bound, and so nothing of any other interface.
    : socket_(net::system_call("socket", ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), "packet")) {
  leave_out_multicast_listeners(socket_.get());
  net::system_call("setsockopt", net::set_option(socket_.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, 1),
                   "PACKET_IGNORE_OUTGOING");
  make_ring(socket_.get());
  void* memory = ::mmap(nullptr, ring_size, PROT_READ | PROT_WRITE, MAP_SHARED, socket_.get(), 0);
  if (memory == MAP_FAILED) throw net::CallError("mmap", "packet ring", errno);
  memory_.reset(static_cast<std::byte*>(memory));

  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(::if_nametoindex(interface.c_str()));
  net::system_call("bind", ::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
                   interface);
}

std::optional<PacketRing::Arrival> PacketRing::next() {
  std::byte* slot = memory_.get() + next_ * slot_size;
  auto& header = *reinterpret_cast<tpacket2_hdr*>(slot);
  const std::atomic_ref status(header.tp_status);  // the slot is ours from here ...
  if ((status.load(std::memory_order_acquire) & TP_STATUS_USER) == 0) return std::nullopt;

  const auto time = std::chrono::seconds(header.tp_sec) + std::chrono::nanoseconds(header.tp_nsec);
  const std::byte* frame = slot + header.tp_mac;
  Arrival arrival{.time = capture::Time(time), .bytes = {frame, frame + header.tp_snaplen}};

  status.store(TP_STATUS_KERNEL, std::memory_order_release);  // ... to here
  next_ = (next_ + 1) % slot_count;
  return arrival;
}

void PacketRing::send(std::span<const std::byte> bytes) {
  net::system_call("send", net::uninterrupted([&] { return ::send(socket_.get(), bytes.data(), bytes.size(), 0); }),
                   "frame");
}

std::uint32_t PacketRing::lost() {
  tpacket_stats statistics{};
  socklen_t size = sizeof statistics;
  net::system_call("getsockopt", ::getsockopt(socket_.get(), SOL_PACKET, PACKET_STATISTICS, &statistics, &size),
                   "PACKET_STATISTICS");
  return statistics.tp_drops;
}

}  // namespace echolab::lab
