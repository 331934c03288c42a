#include "capture/explain/names.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

#include "capture/explain/icmp.hpp"

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
    {0, "HOPOPT"},
    {1, "ICMP"},
    {2, "IGMP"},
    {4, "IPv4 in IP"},
    {6, "TCP"},
    {17, "UDP"},
    {33, "DCCP"},
    {41, "IPv6 in IP"},
    {43, "IPv6-Route"},
    {44, "IPv6-Frag"},
    {47, "GRE"},
    {50, "ESP"},
    {51, "AH"},
    {58, "ICMPv6"},
    {59, "no next header"},
    {60, "IPv6-Opts"},
    {88, "EIGRP"},
    {89, "OSPF"},
    {94, "IPIP"},
    {97, "EtherIP"},
    {103, "PIM"},
    {112, "VRRP"},
    {115, "L2TP"},
    {132, "SCTP"},
    {136, "UDP-Lite"},
});

constexpr auto layers = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ethernet", "Ethernet"},
    {"vlan", "VLAN"},
    {"llc", "LLC"},
    {"snap", "SNAP"},
    {"ip", "IP"},
    {"ipv4", "IPv4"},
    {"ipv6", "IPv6"},
    {"ah", "AH"},
    {"tcp", "TCP"},
    {"udp", "UDP"},
    {"icmp", "ICMP"},
    {"icmp6", "ICMPv6"},
});

std::string_view find(std::span<const Name> names, std::uint32_t number) {
  for (const Name& entry : names) {
    if (entry.number == number) return entry.name;
  }
  return {};
}

}  // namespace

std::string ip_protocol_name(std::uint32_t number) {
  const std::string_view name = find(ip_protocols, number);
  return name.empty() ? fmt::format("IP protocol {}", number) : std::string(name);
}

std::string name_of(const Other& other) {
  switch (other.kind) {
    case Other::Kind::not_ip:
    case Other::Kind::wrapped: {
      std::string_view name = find(ether_types, other.number);
      if (name.empty()) name = find(access_points, other.number);
      if (!name.empty()) return std::string(name);
      return fmt::format("{} 0x{:04x}", other.number < 0x600 ? "frame type" : "EtherType", other.number);
    }
    case Other::Kind::icmp: return icmp_message_name(other.v6, other.number);
    default: return ip_protocol_name(other.number);
  }
}

std::string_view layer_name(std::string_view layer) {
  for (const auto& [small, name] : layers) {
    if (small == layer) return name;
  }
  return layer;
}

std::string identification_text(std::uint32_t identification, bool v6) {
  return fmt::format("0x{:0{}x}", identification, v6 ? 8 : 4);
}

std::string_view name_of(Malformed::Field field) {
  switch (field) {
    case Malformed::Field::header: break;
    case Malformed::Field::version: return "version";
    case Malformed::Field::header_length: return "header length";
    case Malformed::Field::total_length: return "total length";
    case Malformed::Field::length: return "length";
    case Malformed::Field::data_offset: return "data offset";
    case Malformed::Field::extension_length: return "extension length";
  }
  return {};
}

}  // namespace echolab::capture
