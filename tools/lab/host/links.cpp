#include "tools/lab/host/links.hpp"

#include <arpa/inet.h>
#include <linux/ethtool.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <set>

#include "net/system_call.hpp"
#include "tools/lab/host/netlink.hpp"

namespace echolab::lab {
namespace {

constexpr std::uint8_t oper_up = 6;  // IF_OPER_UP of <linux/if.h>, which does not go with <net/if.h>

int index_of(const std::string& interface) {
  const unsigned index = ::if_nametoindex(interface.c_str());
  if (index == 0) throw net::CallError("if_nametoindex", interface, errno);
  return static_cast<int>(index);
}

void add_end(NetlinkRequest& request, const std::string& name, const Mac& mac) {
  request.add(IFLA_IFNAME, name);
  request.add_bytes(IFLA_ADDRESS, mac.data(), mac.size());
}

/// Whether an interface that is up does not pass frames yet. Its carrier is there as soon as both ends are up, but the
/// queue in front of it throws everything away until a work queue of the kernel has replaced it (linkwatch).
bool waits_for_carrier(const nlmsghdr& row) {
  const auto& link = *static_cast<const ifinfomsg*>(mnl_nlmsg_get_payload(&row));
  bool up = false;
  each_attribute(row, sizeof link, [&](const nlattr& attribute) {
    if (mnl_attr_get_type(&attribute) == IFLA_OPERSTATE) up = mnl_attr_get_u8(&attribute) == oper_up;
  });
  return (link.ifi_flags & IFF_UP) != 0 && link.ifi_type != ARPHRD_LOOPBACK && !up;
}

const ifaddrmsg& address_header(const nlmsghdr& row) {
  return *static_cast<const ifaddrmsg*>(mnl_nlmsg_get_payload(&row));
}

using Octets = std::array<std::uint8_t, 16>;
Octets address_in(const nlmsghdr& row, std::uint16_t type) {
  Octets octets{};
  each_attribute(row, sizeof(ifaddrmsg), [&](const nlattr& attribute) {
    if (mnl_attr_get_type(&attribute) == type && mnl_attr_get_payload_len(&attribute) == octets.size())
      std::memcpy(octets.data(), mnl_attr_get_payload(&attribute), octets.size());
  });
  return octets;
}

/// The group in which an address is asked after: ff02::1:ff and its last three bytes (RFC 4291, 2.7.1).
Octets solicited_node(const Octets& address) {
  Octets group = {0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0xff};
  std::copy(address.end() - 3, address.end(), group.end() - 3);
  return group;
}

void dump_ipv6(const net::FileDescriptor& rtnetlink, std::uint16_t type, const std::function<void()>& begin,
               const std::function<void(const nlmsghdr&)>& row) {
  NetlinkRequest request(type, 0);
  request.header<ifaddrmsg>().ifa_family = AF_INET6;
  dump(rtnetlink, request, "read the IPv6 addresses", begin, [&](const nlmsghdr& answer) {
    if (address_header(answer).ifa_family == AF_INET6) row(answer);  // a kernel without IPv6 answers with IPv4
  });
}

/// Whether neighbours that look for an address find it. The kernel joins its group in a work queue, too; whoever asks
/// before is not heard, and asks again after a second.
bool can_be_found(const net::FileDescriptor& rtnetlink) {
  bool tentative = false;
  std::set<Octets> wanted;
  const auto forget = [&] { tentative = false, wanted.clear(); };
  dump_ipv6(rtnetlink, RTM_GETADDR, forget, [&](const nlmsghdr& row) {
    tentative |= (address_header(row).ifa_flags & IFA_F_TENTATIVE) != 0;
    if (address_header(row).ifa_scope != RT_SCOPE_HOST) wanted.insert(solicited_node(address_in(row, IFA_ADDRESS)));
  });
  if (tentative || wanted.empty()) return !tentative;
  dump_ipv6(
      rtnetlink, RTM_GETMULTICAST, [] {}, [&](const nlmsghdr& row) { wanted.erase(address_in(row, IFA_MULTICAST)); });
  return wanted.empty();
}

}  // namespace

void add(const net::FileDescriptor& rtnetlink, const VethPair& pair) {
  NetlinkRequest request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
  request.header<ifinfomsg>().ifi_index = pair.index;
  add_end(request, pair.name, pair.mac);
  request.nest(IFLA_LINKINFO, [&] {
    request.add(IFLA_INFO_KIND, "veth");
    request.nest(IFLA_INFO_DATA, [&] {
      request.nest(VETH_INFO_PEER, [&] {
        request.header<ifinfomsg>();
        add_end(request, pair.peer_name, pair.peer_mac);
        request.add(IFLA_NET_NS_FD, static_cast<std::uint32_t>(pair.peer_namespace));
      });
    });
  });
  ask(rtnetlink, request, "add veth " + pair.name);
}

bool give_no_link_local_address(const net::FileDescriptor& rtnetlink, const std::string& interface) {
  NetlinkRequest request(RTM_NEWLINK, 0);
  request.header<ifinfomsg>().ifi_index = index_of(interface);
  request.nest(IFLA_AF_SPEC, [&] {
    request.nest(AF_INET6, [&] { request.add_byte(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE); });
  });
  try {
    ask(rtnetlink, request, "set " + interface + " addrgenmode none");
  } catch (const net::CallError& error) {
    if (error.code().value() != EAFNOSUPPORT) throw;
    return false;
  }
  return true;
}

void bring_up(const net::FileDescriptor& rtnetlink, const std::string& interface, bool answers_arp) {
  NetlinkRequest request(RTM_NEWLINK, 0);
  auto& link = request.header<ifinfomsg>();
  link.ifi_index = index_of(interface);
  link.ifi_flags = answers_arp ? IFF_UP : IFF_UP | IFF_NOARP;
  link.ifi_change = IFF_UP | IFF_NOARP;
  ask(rtnetlink, request, "set " + interface + " up");
}

void add_address(const net::FileDescriptor& rtnetlink, const std::string& interface, const std::string& address,
                 std::uint8_t prefix_length) {
  const bool v4 = address.find(':') == std::string::npos;
  std::array<std::uint8_t, 16> octets{};
  if (::inet_pton(v4 ? AF_INET : AF_INET6, address.c_str(), octets.data()) != 1)
    throw net::CallError("inet_pton", address, EINVAL);
  NetlinkRequest request(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
  auto& header = request.header<ifaddrmsg>();
  header.ifa_family = v4 ? AF_INET : AF_INET6;
  header.ifa_prefixlen = prefix_length;
  header.ifa_flags = v4 ? 0 : IFA_F_NODAD;
  header.ifa_index = static_cast<std::uint32_t>(index_of(interface));
  request.add_bytes(IFA_LOCAL, octets.data(), v4 ? 4 : 16);
  request.add_bytes(IFA_ADDRESS, octets.data(), v4 ? 4 : 16);
  ask(rtnetlink, request, "add address " + address);
}

bool are_usable(const net::FileDescriptor& rtnetlink) {
  bool usable = true;
  NetlinkRequest links(RTM_GETLINK, 0);
  links.header<ifinfomsg>();
  dump(
      rtnetlink, links, "read the links", [&] { usable = true; },
      [&](const nlmsghdr& row) { usable &= !waits_for_carrier(row); });
  return usable && can_be_found(rtnetlink);
}

void switch_offloads_off(const std::string& interface) {
  constexpr std::uint32_t blocks = 4;  // of 32 features; Linux has two
  alignas(ethtool_gfeatures)
      std::array<std::byte, sizeof(ethtool_gfeatures) + blocks * sizeof(ethtool_get_features_block)>
          known_room{};
  alignas(ethtool_sfeatures)
      std::array<std::byte, sizeof(ethtool_sfeatures) + blocks * sizeof(ethtool_set_features_block)>
          wanted_room{};
  auto& known = *reinterpret_cast<ethtool_gfeatures*>(known_room.data());
  auto& wanted = *reinterpret_cast<ethtool_sfeatures*>(wanted_room.data());

  const net::FileDescriptor socket(net::system_call("socket", ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
  ifreq request{};
  std::strncpy(request.ifr_name, interface.c_str(), sizeof request.ifr_name - 1);
  known.cmd = ETHTOOL_GFEATURES;
  known.size = blocks;
  request.ifr_data = reinterpret_cast<char*>(&known);
  net::system_call("ethtool", ::ioctl(socket.get(), SIOCETHTOOL, &request), interface);

  wanted.cmd = ETHTOOL_SFEATURES;
  wanted.size = std::min(known.size, blocks);
  for (std::uint32_t i = 0; i < wanted.size; ++i)
    wanted.features[i] = {.valid = known.features[i].available, .requested = 0};
  request.ifr_data = reinterpret_cast<char*>(&wanted);
  net::system_call("ethtool", ::ioctl(socket.get(), SIOCETHTOOL, &request), interface);
}

bool set_sysctl(const std::string& name, const std::string& value) {
  std::ofstream file("/proc/sys/" + name);
  return static_cast<bool>(file << value << std::flush);
}

}  // namespace echolab::lab
