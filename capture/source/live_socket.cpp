#include "capture/source/live_socket.hpp"

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstring>

namespace echolab::capture {

namespace {

bool is_loopback(int fd, const char* interface) {
  ifreq request{};
  std::strncpy(request.ifr_name, interface, sizeof request.ifr_name - 1);
  return ::ioctl(fd, SIOCGIFFLAGS, &request) == 0 && (request.ifr_flags & IFF_LOOPBACK) != 0;
}

}  // namespace

void ignore_outgoing_copies_on_loopback(int fd, const char* interface) {
  const int yes = 1;
  if (is_loopback(fd, interface)) ::setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
}

void accept_no_more(int fd) {
  sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);  // keep 0 bytes of the packet: drop it
  const sock_fprog program{.len = 1, .filter = &nothing};
  ::setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

}  // namespace echolab::capture
