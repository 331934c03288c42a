// tshark's tables about the corpus: reading their cells, and which packets it means otherwise than we do.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "capture/decode/decoded.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {

/// The first of tshark's values: it lists one for each header of a kind in the packet.
inline std::string_view first(std::string_view cell) { return cell.substr(0, cell.find(',')); }

inline std::uint64_t number(std::string_view cell) {
  cell = first(cell);
  const int base = cell.starts_with("0x") ? 16 : 10;
  if (base == 16) cell.remove_prefix(2);
  std::uint64_t value = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), value, base);
  return value;
}

/// Packets that tshark looks deeper into than we mean to, and those whose pieces it puts together. Empty: ours to
/// compare.
inline std::string_view excluded(const Table& oracle, std::size_t row, const capture::Decoded& decoded) {
  const auto protocols = ":" + std::string(oracle.at(row, "frame.protocols")) + ":";
  const auto several = [&](const char* column) { return oracle.at(row, column).find(',') != std::string_view::npos; };
  if (oracle.at(row, "quoted_in_icmp") == "1") return "quoted in ICMP";
  const auto* segment = std::get_if<capture::Segment>(&decoded);
  const auto* datagram = std::get_if<capture::Datagram>(&decoded);
  const bool first_fragment = (segment && segment->ip.fragment) || (datagram && datagram->ip.fragment);
  if (first_fragment) return "fragment";
  for (const auto column : {"ip.flags.mf", "ip.frag_offset", "ipv6.fraghdr.offset"}) {
    if (number(oracle.at(row, column)) != 0) return "fragment";
  }
  const bool both_versions = !oracle.at(row, "ip.src").empty() && !oracle.at(row, "ipv6.src").empty();
  if (several("ip.src") || several("ipv6.src") || both_versions) return "tunnel";
  for (const auto name : {":pppoes:", ":mpls:", ":gre:", ":macsec:", ":cmd:", ":cfp:", ":ieee8021ah:"}) {
    if (protocols.find(name) != std::string::npos) return "tunnel";  // below IP
  }
  return {};
}

}  // namespace echolab::test
