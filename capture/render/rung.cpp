#include "capture/render/rung.hpp"

#include <algorithm>

#include "capture/decode/notation.hpp"
#include "capture/render/escape.hpp"
#include "capture/render/width.hpp"

namespace echolab::capture {
namespace {

std::span<const std::byte> payload_of(const Decoded& decoded) {
  if (const auto* segment = std::get_if<Segment>(&decoded)) return segment->payload;
  if (const auto* datagram = std::get_if<Datagram>(&decoded)) return datagram->payload;
  return {};
}

/// The first bytes of `payload`, not torn inside a UTF-8 character.
std::span<const std::byte> beginning(std::span<const std::byte> payload, std::size_t longest) {
  if (payload.size() <= longest) return payload;
  const auto continues = [&](std::size_t i) { return (std::to_integer<unsigned>(payload[i]) & 0xc0) == 0x80; };
  std::size_t end = longest;
  while (end > 0 && longest - end < 4 && continues(end)) --end;
  return payload.first(end);
}

}  // namespace

std::string notation(const Observation& observation, bool raw) {
  if (const auto* datagram = std::get_if<Datagram>(&observation.decoded)) return notation(*datagram);
  const auto* segment = std::get_if<Segment>(&observation.decoded);
  if (!segment) return {};
  if (raw || !observation.tcp) return notation(*segment, segment->seq, segment->ack);
  return notation(*segment, observation.tcp->seq, observation.tcp->ack);
}

std::string quoted_payload(const Observation& observation, int width, bool ascii) {
  const auto payload = payload_of(observation.decoded);
  if (payload.empty() || width < 4) return {};
  const auto first = beginning(payload, static_cast<std::size_t>(width));
  std::string text(1, '"');
  text.append(printable(first, ascii)).append(1, '"');
  const std::string_view ellipsis = ascii ? "..." : "…";
  if (first.size() == payload.size() && columns(text) <= width) return text;
  text.pop_back();
  const int room = width - columns(ellipsis);
  return (columns(text) <= room ? text : cut(text, room, "")).append(ellipsis);
}

std::string state_mark(const Observation& observation, Side side) {
  if (!observation.tcp) return {};
  const SideChange& change = side == Side::client ? observation.tcp->client : observation.tcp->server;
  std::string mark(to_string(change.after));
  if (change.certainty == Certainty::assumed) mark += '?';
  return mark;
}

}  // namespace echolab::capture
