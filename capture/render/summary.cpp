#include "capture/render/summary.hpp"

#include <fmt/format.h>

#include "capture/render/words.hpp"

namespace echolab::capture {

void CaptureSummary::count(const Decoded& decoded) {
  ++packets;
  if (std::holds_alternative<Segment>(decoded)) ++tcp;
  if (std::holds_alternative<Datagram>(decoded)) ++udp;
  if (std::holds_alternative<IcmpError>(decoded)) ++icmp;
  if (std::holds_alternative<Malformed>(decoded)) ++malformed;
  if (const auto* rest = std::get_if<Other>(&decoded)) ++(rest->kind == Other::Kind::icmp ? icmp : other);
}

std::string to_text(const CaptureSummary& summary, Language language) {
  std::string out = fmt::format(fmt::runtime(words::captured.in(language)), summary.packets, summary.tcp, summary.udp,
                                summary.icmp, summary.other, summary.malformed);
  out += '\n';
  if (summary.received) out += fmt::format(fmt::runtime(words::received.in(language)), *summary.received) + "\n";
  if (!summary.dropped) return out;
  const words::Text& line = *summary.dropped == 0 ? words::none_dropped : words::dropped;
  return out + fmt::format(fmt::runtime(line.in(language)), *summary.dropped) + "\n";
}

}  // namespace echolab::capture
