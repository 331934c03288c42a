#include "capture/track/fragments.hpp"

#include <algorithm>
#include <cstring>

#include "capture/track/digest.hpp"
#include "capture/track/elapsed.hpp"

namespace echolab::capture {

namespace {

using Why = UnfinishedPacket::Why;
using Same = FragmentView::Overlap::Content;
using Kind = FragmentView::Disagreement::Kind;

bool is_unfit(const Fragment& piece) { return piece.uneven() || piece.beyond_largest(); }

}  // namespace

FragmentedPackets::FragmentedPackets(std::uint64_t seed, Unfinished unfinished)
    : unfinished_(std::move(unfinished)), by_key_(16, Hash{seed}) {}

FragmentView FragmentedPackets::take(const IpAddress& source, const IpAddress& destination, const Fragment& piece,
                                     const Stamp& at) {
  while (!packets_.empty() && longer_than(time_to_come, packets_.front().first, at.time)) let_go(packets_.begin());
  const bool all_captured = piece.captured.size() == piece.length;
  const Piece now{
      {piece.offset, piece.end()}, at.frame, all_captured ? std::optional(digest(piece.captured)) : std::nullopt};
  Assembly& packet = assembly_of({source, destination}, piece, now, at);
  ++packet.told.fragments;
  // Of IPv6 the first fragment's word counts, wherever it comes (RFC 8200 4.5).
  if (piece.first()) packet.told.protocol = piece.protocol;

  FragmentView view{.protocol = packet.told.protocol};
  if (!packet.followed) return view;
  if (is_unfit(piece)) {
    if (!packet.spoilt()) packet.told.uneven = piece.uneven();
    packet.spoil(Why::unfit, at.frame);
    return view;
  }
  view.overlap = packet.overlap(now, piece.captured);
  const bool is_copy = view.overlap && view.overlap->is_copy();
  view.disagreement = packet.disagreement(now, piece.more);
  if (packet.complete) return view;  // a copy: see assembly_of
  if (view.overlap && !is_copy) packet.spoil(Why::overlap, at.frame);
  if (view.disagreement) packet.spoil(Why::disagreement, at.frame);
  if (!piece.more && !packet.last) packet.last = now;
  if (!is_copy) packet.insert(now);
  if (all_captured && !is_copy) keep_content(packet, now, piece.captured);
  if (packet.spoilt() || !packet.followed || !packet.last) return view;
  const Stretch hole = packet.hole();
  packet.complete = hole == Stretch{};
  if (packet.complete) forget_contents(packet);
  if (packet.complete)
    view.completes = packet.last->stretch.end;
  else if (!piece.more)
    view.hole = hole;
  return view;
}

/// All that tells fragmented packets apart. What protocol they carry only the first fragment of IPv6 says.
FragmentedPackets::Key FragmentedPackets::key_of(const Ends& ends, const Fragment& piece) {
  Key key{};
  std::memcpy(&key.words[0], ends.source.bytes.data(), ends.source.bytes.size());
  std::memcpy(&key.words[2], ends.destination.bytes.data(), ends.destination.bytes.size());
  const std::uint64_t protocol = piece.v6 ? 0x100u : piece.protocol;
  key.words[4] = protocol << 32 | piece.identification;
  return key;
}

/// The packet of this fragment: a new one where the time of the old one is up, or where that is whole, and this is no
/// copy of what it has. IPv4 has but 65,536 identifications, and hosts begin anew soon.
FragmentedPackets::Assembly& FragmentedPackets::assembly_of(const Ends& ends, const Fragment& fields,
                                                            const Piece& piece, const Stamp& at) {
  const Key key = key_of(ends, fields);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    const Assembly& old = *found->second;
    const auto again = old.overlap(piece, {});
    const bool is_copy = again && again->whole && again->content == Same::same;
    if (!longer_than(time_to_come, old.first, at.time) && (!old.complete || is_copy)) return *found->second;
    let_go(found->second);
  }
  if (packets_.size() >= most_packets) let_go(packets_.begin());
  packets_.push_back({.key = key,
                      .first = at.time,
                      .told = {.source = ends.source,
                               .destination = ends.destination,
                               .identification = fields.identification,
                               .protocol = fields.protocol,
                               .v6 = fields.v6,
                               .first_frame = at.frame}});
  by_key_.emplace(key, std::prev(packets_.end()));
  return packets_.back();
}

void FragmentedPackets::finish() {
  while (!packets_.empty()) let_go(packets_.begin());
}

void FragmentedPackets::let_go(Packets::iterator packet) {
  if (unfinished_ && !packet->complete && (packet->followed || packet->spoilt())) {
    packet->told.hole = packet->hole();
    unfinished_(packet->told);
  }
  forget_contents(*packet);
  by_key_.erase(packet->key);
  packets_.erase(packet);
}

void FragmentedPackets::keep_content(Assembly& packet, const Piece& piece, std::span<const std::byte> captured) {
  if (captured.empty() || !packet.followed || bytes_kept_ + captured.size() > most_bytes) return;
  bytes_kept_ += captured.size();
  packet.contents.push_back({piece.frame, piece.stretch, {captured.begin(), captured.end()}});
}

void FragmentedPackets::forget_contents(Assembly& packet) {
  for (const Content& content : packet.contents) bytes_kept_ -= content.bytes.size();
  packet.contents = {};
}

/// One that is the same stretch is preferred: then it is a copy, or has other bytes in the same place.
std::optional<FragmentView::Overlap> FragmentedPackets::Assembly::overlap(const Piece& piece,
                                                                          std::span<const std::byte> captured) const {
  const auto whole = std::ranges::find(pieces, piece.stretch, &Piece::stretch);
  if (whole != pieces.end()) {
    const Same content = !whole->digest || !piece.digest   ? Same::unknown
                         : *whole->digest == *piece.digest ? Same::same
                                                           : Same::different;
    return FragmentView::Overlap{whole->frame, piece.stretch, true, content};
  }
  for (const Piece& before : pieces) {
    const Stretch common{std::max(before.stretch.offset, piece.stretch.offset),
                         std::min(before.stretch.end, piece.stretch.end)};
    if (common.offset < common.end)
      return FragmentView::Overlap{before.frame, common, false, compare(before, common, piece, captured)};
  }
  return std::nullopt;
}

Same FragmentedPackets::Assembly::compare(const Piece& before, const Stretch& common, const Piece& piece,
                                          std::span<const std::byte> captured) const {
  const auto kept = std::ranges::find_if(contents, [&before](const Content& content) {
    return content.frame == before.frame && content.stretch == before.stretch;
  });
  if (kept == contents.end() || !piece.digest || captured.empty()) return Same::unknown;
  const std::size_t length = common.end - common.offset;
  const auto old = std::span(kept->bytes).subspan(common.offset - before.stretch.offset, length);
  const auto now = captured.subspan(common.offset - piece.stretch.offset, length);
  return std::ranges::equal(old, now) ? Same::same : Same::different;
}

std::optional<FragmentView::Disagreement> FragmentedPackets::Assembly::disagreement(const Piece& piece,
                                                                                    bool more) const {
  using Told = FragmentView::Disagreement;
  const std::uint32_t end = piece.stretch.end;
  if (!more && last && last->stretch.end != end) return Told{Kind::two_ends, last->frame, last->stretch.end};
  if (!more && furthest && furthest->stretch.end > end)
    return Told{Kind::end_passed, furthest->frame, furthest->stretch.end};
  if (more && last && end > last->stretch.end) return Told{Kind::beyond_end, last->frame, last->stretch.end};
  return std::nullopt;
}

/// The first reason counts: with it the packet was lost.
void FragmentedPackets::Assembly::spoil(Why why, std::uint64_t frame) {
  if (spoilt()) return;
  told.why = why;
  told.frame = frame;
}

void FragmentedPackets::Assembly::insert(const Piece& piece) {
  if (!furthest || piece.stretch.end > furthest->stretch.end) furthest = piece;
  if (piece.stretch.offset == piece.stretch.end) return;
  if (pieces.size() == most_pieces) {
    followed = false;
    pieces = {};
    return;
  }
  const auto place =
      std::ranges::upper_bound(pieces, piece.stretch.offset, {}, [](const Piece& it) { return it.stretch.offset; });
  pieces.insert(place, piece);
}

Stretch FragmentedPackets::Assembly::hole() const {
  std::uint32_t next = 0;
  for (const Piece& piece : pieces) {
    if (piece.stretch.offset > next) return {next, piece.stretch.offset};
    next = std::max(next, piece.stretch.end);
  }
  if (!last) return {next, next};
  return next < last->stretch.end ? Stretch{next, last->stretch.end} : Stretch{};
}

}  // namespace echolab::capture
