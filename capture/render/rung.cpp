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
  const auto longest = static_cast<std::size_t>(width);
  std::string text(1, '"');
  text.append(excerpt(payload, longest, ascii)).append(1, '"');
  const std::string_view ellipsis = ascii ? "..." : "…";
  if (payload.size() <= longest && columns(text) <= width) return text;
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
