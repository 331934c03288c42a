// What the lines about packets and those about whole conversations share. Private to capture/render.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "capture/decode/notation.hpp"
#include "capture/render/clock.hpp"
#include "capture/render/json_string.hpp"
#include "capture/render/memory.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

/// "name":"0.000013000": seconds, as everywhere.
inline void append_seconds(JsonBuffer& out, std::string_view name, std::chrono::nanoseconds time) {
  append<"\"{}\":\"{}\"">(out, name, std::string_view(UnixTime(Time(time))));
}

inline std::string text_of(const IpAddress& address) { return to_string(address); }
inline std::string text_of(const Endpoint& endpoint) {
  thread_local AddressBook names;  // of the conversations that go on now
  return names(endpoint);
}

template <class Source>
void append_ends(JsonBuffer& out, const Source& source, const Source& destination) {
  append<",\"src\":\"{}\",\"dst\":\"{}\"">(out, text_of(source), text_of(destination));
}

inline std::string_view kind_name(Other::Kind kind) {
  switch (kind) {
    case Other::Kind::not_ip: return "not_ip";
    case Other::Kind::ip_protocol: return "ip_protocol";
    case Other::Kind::icmp: return "icmp";
    case Other::Kind::fragment: return "fragment";
    case Other::Kind::tunnel: return "tunnel";
    case Other::Kind::cut: return "cut";
    case Other::Kind::link_type: return "link_type";
    case Other::Kind::chain_too_long: return "chain_too_long";
    case Other::Kind::wrapped: return "wrapped";
  }
  return "other";
}

/// Both ends' states, the steps of the post with `why`, and what was found of the packet.
void append_tcp(JsonBuffer& out, const Observation& seen, std::string_view why);
/// An end's state around the packet: `"client":{...}`.
void append_side(JsonBuffer& out, std::string_view side, const SideChange& change);
/// The options that a SYN offers, or that say something of their own.
void append_options(JsonBuffer& out, const Segment& segment);
/// The place of a fragment in its packet, in bytes; of any other packet nothing.
void append_fragment(JsonBuffer& out, const IpInfo& ip, const Observation& observation);

}  // namespace echolab::capture
