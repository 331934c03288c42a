#include <algorithm>
#include <cctype>

#include "tools/lab/wire/rule.hpp"

namespace echolab::lab {
namespace {

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

constexpr std::array<std::string_view, kind_count> names{"SYN", "SYN,ACK", "ACK",  "DATA", "FIN",
                                                         "RST", "UDP",     "ICMP", "ANY"};

bool is_kind(const capture::Segment& segment, Kind kind) {
  const auto flags = segment.flags;
  switch (kind) {
    case Kind::syn: return flags.syn() && !flags.ack();
    case Kind::syn_ack: return flags.syn() && flags.ack();
    case Kind::ack: return flags.ack() && !flags.syn() && !flags.fin() && !flags.rst() && segment.payload_length == 0;
    case Kind::data: return segment.payload_length > 0;
    case Kind::fin: return flags.fin();
    case Kind::rst: return flags.rst();
    default: return false;
  }
}

bool is_icmp(const capture::Decoded& decoded) {
  const auto* other = std::get_if<capture::Other>(&decoded);
  return std::holds_alternative<capture::IcmpError>(decoded) ||
         (other != nullptr && other->kind == capture::Other::Kind::icmp);
}

}  // namespace

std::string_view to_string(Kind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view word) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (same_word(word, names[i])) return static_cast<Kind>(i);
  if (same_word(word, "SYN-ACK") || same_word(word, "SYN+ACK")) return Kind::syn_ack;  // as books write it
  return std::nullopt;
}

std::optional<Host> parse_host(std::string_view word) {
  for (const Host host : {Host::client, Host::server})
    if (same_word(word, capture::to_string(host))) return host;
  return std::nullopt;
}

bool is_kind(const capture::Decoded& decoded, Kind kind) {
  if (!shown(decoded)) return false;
  if (kind == Kind::any) return true;
  if (kind == Kind::udp) return std::holds_alternative<capture::Datagram>(decoded);
  if (kind == Kind::icmp) return is_icmp(decoded);
  const auto* segment = std::get_if<capture::Segment>(&decoded);
  return segment != nullptr && is_kind(*segment, kind);
}

void FrameCounts::add(Host from, const capture::Decoded& decoded) {
  for (std::size_t kind = 0; kind < kind_count; ++kind)
    counts_[static_cast<std::size_t>(from)][kind] += is_kind(decoded, static_cast<Kind>(kind));
}

}  // namespace echolab::lab
