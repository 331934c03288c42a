// What decode found, whole, as one line of text: what a test expects stands in it.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>

#include "capture/decode/decode.hpp"
#include "capture/decode/notation.hpp"
#include "tests/support/bytes.hpp"

namespace echolab::capture {

inline std::string said_of(const Fragment& f) {
  return fmt::format(" fragment {:#x} of {} {}:{}({}){}{}{}", f.identification, f.protocol, f.offset, f.end(), f.length,
                     f.more ? " more" : "", f.uneven() ? " uneven" : "", f.beyond_largest() ? " beyond-largest" : "");
}

inline std::string said_of(const IpInfo& ip) {
  return (ip.fragment ? said_of(*ip.fragment) : "") +
         (ip.fragment_headers > 1 ? fmt::format(" {} fragment headers", ip.fragment_headers) : "") +
         (ip.atomic_fragment ? " atomic-fragment" : "") + (ip.offload_length ? " offload-length" : "") +
         (ip.missing > 0 ? fmt::format(" missing {}", ip.missing) : "") +
         (ip.options_malformed ? " options-malformed" : "");
}

inline std::string said_of(std::size_t captured, std::size_t length) {
  return captured == length ? "" : fmt::format(" captured {}", captured);
}

inline std::string said(const Segment& s) {
  return fmt::format("tcp {} > {} {}{}{}", to_string(s.source), to_string(s.destination), notation(s, s.seq, s.ack),
                     said_of(s.payload.size(), s.payload_length), said_of(s.ip));
}

inline std::string said(const Datagram& d) {
  return fmt::format("udp {} > {} {}{}{}{}{}{}", to_string(d.source), to_string(d.destination), notation(d),
                     d.absent > 0 ? fmt::format(" absent {}", d.absent) : "",
                     said_of(d.payload.size(), d.payload_length - d.absent), said_of(d.ip), d.tunnel.empty() ? "" : " ",
                     d.tunnel);
}

inline std::string said(const IcmpError& e) {
  auto text = fmt::format("{} {} > {} type {} code {} about {}", e.v6 ? "icmp6" : "icmp", to_string(e.source),
                          to_string(e.destination), e.type, e.code, e.quoted_protocol);
  if (e.quoted_source)
    text += fmt::format(" {} > {}", to_string(*e.quoted_source), to_string(*e.quoted_destination));
  else if (e.quoted_sender)
    text += fmt::format(" {} > {}", to_string(*e.quoted_sender), to_string(*e.quoted_receiver));
  if (e.quoted_identification) text += fmt::format(" fragment 0x{:x}", *e.quoted_identification);
  if (e.pointer) text += fmt::format(" at byte {}", *e.pointer);
  if (e.next_mtu) text += fmt::format(" mtu {}", *e.next_mtu);
  return text + said_of(e.ip);
}

inline std::string said(const Other& o) {
  constexpr std::array names{"not_ip", "ip_protocol", "icmp",           "fragment", "tunnel",
                             "cut",    "link_type",   "chain_too_long", "wrapped"};
  auto text = fmt::format("other {} {}", names.at(static_cast<std::size_t>(o.kind)), o.number);
  if (o.source) text += fmt::format(" {} > {}", to_string(*o.source), to_string(*o.destination));
  return text + said_of(o.ip);
}

inline std::string said(const Malformed& m) {
  constexpr std::array fields{"",        " version",     " header_length",   " total_length",
                              " length", " data_offset", " extension_length"};
  const bool source_alone = m.source && !m.destination;
  return fmt::format("malformed {}{}{} needed {} had {} at {}{}{}", m.layer,
                     fields.at(static_cast<std::size_t>(m.field)), m.too_large ? " too large" : "", m.needed, m.had,
                     m.offset, source_alone ? " from " + to_string(*m.source) : "",
                     m.icmp_type ? fmt::format(" type {}", *m.icmp_type) : "");
}

inline std::string said(const Decoded& decoded) {
  return std::visit([](const auto& packet) { return said(packet); }, decoded);
}

/// A whole packet of this link type.
inline std::string said(LinkType link_type, const test::Bytes& bytes) {
  return said(decode(test::packet(link_type, bytes)));
}

/// The same, of which the snaplen left `captured` bytes.
inline std::string said_cut(LinkType link_type, const test::Bytes& bytes, std::size_t captured) {
  auto packet = test::packet(link_type, bytes);
  packet.bytes = packet.bytes.first(captured);
  return said(decode(packet));
}

}  // namespace echolab::capture
