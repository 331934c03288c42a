// What comes back for a packet in fragments: the reply to a ping, or an ICMP error that refuses it.
#include <algorithm>

#include "capture/track/fragments.hpp"

namespace echolab::capture {

/// Of fragments inside one another the innermost holds the ping.
void FragmentedPackets::asks_echo(const IpAddress& source, const IpAddress& destination, const IpInfo& ip,
                                  const Other::Echo& echo) {
  const Fragment& piece = ip.inner_count > 0 ? ip.inner().back() : *ip.fragment;
  const bool too_deep = ip.inner_count > 0 && ip.last_identification != piece.identification;
  if (too_deep || (ip.inner_count > 0 && piece.identification == ip.fragment->identification)) return;
  const Key key = key_of({source, destination}, piece);
  Assembly* packet = known(key);
  if (!packet) return;
  const Ping ping{echo.identifier, echo.sequence, piece.length - echo.data};
  if (packet->told.echo.asked) {
    const auto& before = packet->ping;
    const bool same = before && before->identifier == ping.identifier && before->sequence == ping.sequence;
    if (!same) packet->ping.reset();
    return;
  }
  std::erase(echoes_, key);
  if (echoes_.size() == most_echoes) {
    if (Assembly* oldest = known(echoes_.front())) oldest->told.echo = {};
    echoes_.pop_front();
  }
  echoes_.push_back(key);
  packet->told.echo.asked = true;
  packet->ping = ping;
}

void FragmentedPackets::hear_echo(const IpAddress& source, const IpAddress& destination, const Other::Echo& echo,
                                  bool whole, std::uint64_t frame) {
  const auto count = [frame](std::uint64_t& number, std::uint64_t& first) {
    if (number++ == 0) first = frame;
  };
  for (const Key& key : echoes_) {
    Assembly* packet = known(key);
    if (!packet || !packet->told.echo.asked) continue;
    UnfinishedPacket& asks = packet->told;
    const bool back = source == asks.destination && destination == asks.source;
    const bool forth = source == asks.source && destination == asks.destination;
    if (echo.reply ? !back : !forth) continue;
    const bool has_name = packet->has_name_of(echo), is_like = has_name && packet->has_room_for(echo, whole);
    if (is_like && echo.reply) count(asks.echo.replies, asks.echo.reply);
    if (is_like && !echo.reply) count(asks.echo.requests, asks.echo.request);
    if (is_like || !echo.reply) continue;
    count(asks.echo.others, asks.echo.other);
    asks.echo.of_other_length += has_name;
  }
}

/// `heard` may be the answer to this ping, or ask for one that looks like it, only with its identifier, its sequence
/// number and all of its data (RFC 792; RFC 4443 4.2), as far as these are known.
bool FragmentedPackets::Assembly::has_name_of(const Other::Echo& heard) const {
  return !ping || (heard.identifier == ping->identifier && heard.sequence == ping->sequence);
}

/// Not `whole`: it has more data.
bool FragmentedPackets::Assembly::has_room_for(const Other::Echo& heard, bool whole) const {
  if (!ping) return true;
  const std::uint32_t end = ping->before + heard.data;
  if (whole && end < (disputed() ? std::min(reach, earliest_end) : reach)) return false;
  return !last || disputed() || end <= last->stretch.end;
}

void FragmentedPackets::refuse(const IpAddress& source, const IpAddress& destination, const Fragment& piece,
                               std::uint64_t frame) {
  const Ends ends{source, destination};
  Assembly* packet = known(key_of(ends, piece));
  if (!packet || packet->told.fragments == 0) return;
  if (packet->told.refused_by.size() < most_refusals) packet->told.refused_by.push_back(frame);
  const std::uint32_t outer = packet->told.identification;
  for (std::size_t depth = 0; depth < std::tuple_size_v<decltype(IpInfo::inner_slots)>; ++depth) {
    Assembly* inner = packet->inner ? known(key_of(ends, packet->inner->piece)) : nullptr;
    const auto came_out = [packet](const Piece& it) { return it.out_of == packet->told.identification; };
    if (!inner || std::ranges::none_of(inner->pieces, came_out)) return;
    if (!inner->refused_around) inner->refused_around = {frame, outer};
    packet = inner;
  }
}

}  // namespace echolab::capture
