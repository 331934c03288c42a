#include "capture/track/fragments.hpp"

#include <algorithm>
#include <cstring>

#include "capture/track/digest.hpp"

namespace echolab::capture {

namespace {

using Why = UnfinishedPacket::Why;
using Content = FragmentView::Overlap::Content;
using Kind = FragmentView::Disagreement::Kind;

/// Kept twice as long as fragments can come: the ICMP error that reports the time-out still finds them.
constexpr auto kept = 2 * FragmentedPackets::time_to_come;

bool is_unfit(const Fragment& piece) { return piece.uneven() || piece.beyond_largest(); }

}  // namespace

FragmentedPackets::FragmentedPackets(std::uint64_t seed, Unfinished unfinished)
    : unfinished_(std::move(unfinished)), by_key_(16, Hash{seed}) {}

FragmentView FragmentedPackets::take(const IpAddress& source, const IpAddress& destination, const Fragment& piece,
                                     const Stamp& at) {
  while (!packets_.empty() && at.time - packets_.front().first > kept) let_go(packets_.begin());
  const Piece now{{piece.offset, piece.end()},
                  at.frame,
                  piece.captured.size() == piece.length ? std::optional(digest(piece.captured)) : std::nullopt};
  Assembly& packet = assembly_of(key_of(source, destination, piece), now, at);
  if (packet.told.fragments++ == 0) packet.told.source = source, packet.told.destination = destination;
  if (packet.told.fragments == 1 || piece.first()) packet.told.protocol = piece.protocol;  // RFC 8200 4.5
  packet.told.identification = piece.identification;
  packet.told.v6 = piece.v6;

  FragmentView view;
  if (!packet.followed) return view;
  if (is_unfit(piece)) {
    packet.spoil(Why::unfit, at.frame);
    packet.unfit = now;
    return view;
  }
  view.overlap = packet.overlap(now);
  view.disagreement = packet.disagreement(now, piece.more);
  if (packet.complete) return view;  // a copy: see assembly_of
  if (view.overlap && !view.overlap->is_copy()) packet.spoil(Why::overlap, at.frame);
  if (view.disagreement) packet.spoil(Why::disagreement, at.frame);
  if (!piece.more && !packet.last) packet.last = now;
  if (!view.overlap || !view.overlap->is_copy()) packet.insert(now);
  if (packet.spoilt() || !packet.followed || !packet.last) return view;
  const Stretch hole = packet.hole();
  packet.complete = hole == Stretch{};
  if (packet.complete)
    view.completes = packet.last->stretch.end;
  else if (!piece.more)
    view.hole = hole;
  return view;
}

void FragmentedPackets::hide(const IpAddress& source, const IpAddress& destination, std::uint32_t identification,
                             const Stamp& at) {
  const Fragment hidden{.identification = identification, .v6 = true};
  assembly_of(key_of(source, destination, hidden), {{}, at.frame, std::nullopt}, at).followed = false;
}

/// All that tells fragmented packets apart. What protocol they carry only the first fragment of IPv6 says.
FragmentedPackets::Key FragmentedPackets::key_of(const IpAddress& source, const IpAddress& destination,
                                                 const Fragment& piece) {
  Key key{};
  std::memcpy(&key.words[0], source.bytes.data(), source.bytes.size());
  std::memcpy(&key.words[2], destination.bytes.data(), destination.bytes.size());
  const std::uint64_t protocol = piece.v6 ? 0x100u : piece.protocol;
  key.words[4] = protocol << 32 | piece.identification;
  return key;
}

/// The packet of this fragment: a new one where the time of the old one is up, or where that is whole, and this is no
/// copy of what it has. IPv4 has but 65,536 identifications, and hosts begin anew soon.
FragmentedPackets::Assembly& FragmentedPackets::assembly_of(const Key& key, const Piece& piece, const Stamp& at) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    const Assembly& old = *found->second;
    const auto again = old.overlap(piece);
    const bool is_copy = again && again->whole && again->content == Content::same;
    if (at.time - old.first <= time_to_come && (!old.complete || is_copy)) return *found->second;
    let_go(found->second);
  }
  if (packets_.size() >= most_packets) let_go(packets_.begin());
  packets_.push_back({.key = key, .first = at.time, .told = {.first_frame = at.frame}});
  by_key_.emplace(key, std::prev(packets_.end()));
  return packets_.back();
}

std::optional<QuotedFragment> FragmentedPackets::find(const IpAddress& source, const IpAddress& destination,
                                                      const Fragment& piece) const {
  const auto found = by_key_.find(key_of(source, destination, piece));
  if (found == by_key_.end()) return all_kept_ ? std::optional<QuotedFragment>(QuotedFragment{}) : std::nullopt;
  const Assembly& packet = *found->second;
  if (packet.unfit && packet.unfit->stretch.offset == piece.offset) return QuotedFragment{packet.unfit->frame, true};
  const auto same = std::ranges::find(packet.pieces, piece.offset, [](const Piece& it) { return it.stretch.offset; });
  return same != packet.pieces.end() ? QuotedFragment{same->frame, true} : QuotedFragment{packet.told.first_frame};
}

void FragmentedPackets::finish() {
  while (!packets_.empty()) let_go(packets_.begin());
}

void FragmentedPackets::let_go(Packets::iterator packet) {
  if (unfinished_ && !packet->complete && (packet->followed || packet->spoilt())) {
    packet->told.hole = packet->hole();
    packet->told.end_known = packet->last.has_value();
    unfinished_(packet->told);
  }
  by_key_.erase(packet->key);
  packets_.erase(packet);
  all_kept_ = false;
}

/// One that is the same stretch is preferred: then it is a copy, or has other bytes in the same place.
std::optional<FragmentView::Overlap> FragmentedPackets::Assembly::overlap(const Piece& piece) const {
  const auto whole = std::ranges::find(pieces, piece.stretch, &Piece::stretch);
  if (whole != pieces.end()) {
    const Content content = !whole->digest || !piece.digest   ? Content::unknown
                            : *whole->digest == *piece.digest ? Content::same
                                                              : Content::different;
    return FragmentView::Overlap{whole->frame, piece.stretch, true, content};
  }
  for (const Piece& before : pieces) {
    const Stretch common{std::max(before.stretch.offset, piece.stretch.offset),
                         std::min(before.stretch.end, piece.stretch.end)};
    if (common.offset < common.end) return FragmentView::Overlap{before.frame, common};
  }
  return std::nullopt;
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
