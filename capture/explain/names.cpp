#include "capture/explain/names.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

namespace echolab::capture {
namespace {

struct Name {
  std::uint32_t number;
  std::string_view name;
};

// https://www.iana.org/assignments/ieee-802-numbers
constexpr auto ether_types = std::to_array<Name>({
    {0x0806, "ARP"},
    {0x8035, "RARP"},
    {0x8137, "IPX"},
    {0x8847, "MPLS"},
    {0x8848, "MPLS"},
    {0x8863, "PPPoE"},
    {0x8864, "PPPoE"},
    {0x888e, "EAPOL"},
    {0x88cc, "LLDP"},
    {0x88e5, "MACsec"},
    {0x88e7, "802.1ah (Ethernet in Ethernet)"},
    {0x88f7, "PTP"},
});
// IEEE 802.2 service access points, destination and source
constexpr auto access_points = std::to_array<Name>({
    {0x4242, "spanning tree"},
    {0xe0e0, "IPX"},
    {0xf0f0, "NetBIOS"},
    {0xfefe, "IS-IS"},
    {0xffff, "IPX"},
});
// https://www.iana.org/assignments/protocol-numbers
constexpr auto ip_protocols = std::to_array<Name>({
    {1, "ICMP"},        {2, "IGMP"},   {4, "IPv4 in IP"}, {6, "TCP"},      {17, "UDP"},    {33, "DCCP"},
    {41, "IPv6 in IP"}, {47, "GRE"},   {50, "ESP"},       {51, "AH"},      {58, "ICMPv6"}, {59, "no next header"},
    {88, "EIGRP"},      {89, "OSPF"},  {94, "IPIP"},      {97, "EtherIP"}, {103, "PIM"},   {112, "VRRP"},
    {115, "L2TP"},      {132, "SCTP"}, {136, "UDP-Lite"},
});
// https://www.iana.org/assignments/icmp-parameters, icmpv6-parameters
constexpr auto icmp_types = std::to_array<Name>({
    {0, "echo reply"},
    {8, "echo request"},
    {9, "router advertisement"},
    {10, "router solicitation"},
    {13, "timestamp"},
    {14, "timestamp reply"},
});
constexpr auto icmp6_types = std::to_array<Name>({
    {128, "echo request"},
    {129, "echo reply"},
    {130, "multicast listener query"},
    {131, "multicast listener report"},
    {132, "multicast listener done"},
    {133, "router solicitation"},
    {134, "router advertisement"},
    {135, "neighbor solicitation"},
    {136, "neighbor advertisement"},
    {143, "multicast listener report"},
});

std::string_view find(std::span<const Name> names, std::uint32_t number) {
  for (const Name& entry : names) {
    if (entry.number == number) return entry.name;
  }
  return {};
}

/// RFC 792, type 3: the code says what cannot be reached.
IcmpReport unreachable_v4(std::uint8_t code) {
  switch (code) {
    case 0:
    case 6:
    case 11: return IcmpReport::network_unreachable;
    case 1:
    case 7:
    case 12: return IcmpReport::host_unreachable;
    case 2: return IcmpReport::protocol_unreachable;
    case 3: return IcmpReport::port_unreachable;
    case 4: return IcmpReport::packet_too_big;
    case 9:
    case 10:
    case 13: return IcmpReport::prohibited;
    default: return IcmpReport::unreachable;
  }
}

/// RFC 4443, section 3.1.
IcmpReport unreachable_v6(std::uint8_t code) {
  switch (code) {
    case 0: return IcmpReport::network_unreachable;
    case 1:
    case 5:
    case 6: return IcmpReport::prohibited;
    case 3: return IcmpReport::host_unreachable;
    case 4: return IcmpReport::port_unreachable;
    default: return IcmpReport::unreachable;
  }
}

IcmpReport time_exceeded(std::uint8_t code) {
  return code == 1 ? IcmpReport::reassembly_time_exceeded : IcmpReport::hops_exceeded;
}

}  // namespace

std::string ip_protocol_name(std::uint32_t number) {
  const std::string_view name = find(ip_protocols, number);
  return name.empty() ? fmt::format("IP protocol {}", number) : std::string(name);
}

std::string name_of(const Other& other) {
  switch (other.kind) {
    case Other::Kind::not_ip: {
      std::string_view name = find(ether_types, other.number);
      if (name.empty()) name = find(access_points, other.number);
      if (!name.empty()) return std::string(name);
      return fmt::format("{} 0x{:04x}", other.number < 0x600 ? "frame type" : "EtherType", other.number);
    }
    case Other::Kind::icmp: {
      const std::string_view protocol = other.v6 ? "ICMPv6" : "ICMP";
      const std::string_view name = other.v6 ? find(icmp6_types, other.number) : find(icmp_types, other.number);
      return name.empty() ? fmt::format("{} type {}", protocol, other.number) : fmt::format("{} {}", protocol, name);
    }
    default: return ip_protocol_name(other.number);
  }
}

IcmpReport report_of(const IcmpError& error) {
  if (error.v6) {
    switch (error.type) {
      case 1: return unreachable_v6(error.code);
      case 2: return IcmpReport::packet_too_big;
      case 3: return time_exceeded(error.code);
      case 4: return IcmpReport::parameter_problem;
      default: return IcmpReport::unknown;
    }
  }
  switch (error.type) {
    case 3: return unreachable_v4(error.code);
    case 4: return IcmpReport::source_quench;
    case 5: return IcmpReport::redirect;
    case 11: return time_exceeded(error.code);
    case 12: return IcmpReport::parameter_problem;
    default: return IcmpReport::unknown;
  }
}

}  // namespace echolab::capture
