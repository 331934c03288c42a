// What `ip link`, `ip address` and `ethtool -K` do, for the lab's interfaces. All of it happens in the network
// namespace in which this thread is now. A refusal is a net::CallError.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "net/file_descriptor.hpp"

namespace echolab::lab {

/// Locally administered (the second bit of the first byte), so that frames look the same in every lab.
using Mac = std::array<std::uint8_t, 6>;

/// An interface `name` here, joined back to back with `peer_name` in another namespace; both down. `index` must differ
/// from the peer's: of an interface whose index is its peer's Linux does not see that it has one, and takes up to a
/// second to notice that it is up (net/core/link_watch.c).
struct VethPair {
  std::string name;
  int index;
  Mac mac;
  std::string peer_name;
  Mac peer_mac;
  int peer_namespace;
};
void add(const net::FileDescriptor& rtnetlink, const VethPair& pair);

/// The kernel gives an interface no link-local address: with none it solicits no routers either. To be asked before it
/// is up. False: this kernel has no IPv6.
bool give_no_link_local_address(const net::FileDescriptor& rtnetlink, const std::string& interface);

/// Up; and `answers_arp`, or it leaves everybody's ARP requests alone.
void bring_up(const net::FileDescriptor& rtnetlink, const std::string& interface, bool answers_arp = true);

/// "10.0.0.1" with 24, "fd00::1" with 64. Not looked for on the link first (RFC 4862, 5.4): here nobody can have it.
void add_address(const net::FileDescriptor& rtnetlink, const std::string& interface, const std::string& address,
                 std::uint8_t prefix_length);

/// Whether every interface that is up passes frames, and every address may be used. The kernel finishes both after it
/// has answered the requests for them.
bool are_usable(const net::FileDescriptor& rtnetlink);

/// Every offload that can be switched off is: checksums, segmentation, receive coalescing. Else a frame that is taken
/// from the wire is larger than the wire allows, or its checksum is still to be computed.
void switch_offloads_off(const std::string& interface);

/// Writes `value` to /proc/sys/`name`; false where that is refused (a read-only /proc/sys in a container).
bool set_sysctl(const std::string& name, const std::string& value);

}  // namespace echolab::lab
