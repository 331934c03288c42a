#include "capture/track/fragments.hpp"

#include <algorithm>
#include <cstring>

#include "capture/track/digest.hpp"

namespace echolab::capture {

namespace {

using Why = UnfinishedPacket::Why;
using Same = FragmentView::Overlap::Content;
using Kind = FragmentView::Disagreement::Kind;

/// Kept twice as long as fragments can come: the ICMP error that reports the time-out still finds them.
constexpr auto kept = 2 * FragmentedPackets::time_to_come;

bool is_unfit(const Fragment& piece) { return piece.uneven() || piece.beyond_largest(); }

}  // namespace

FragmentedPackets::FragmentedPackets(std::uint64_t seed, Unfinished unfinished)
    : unfinished_(std::move(unfinished)), by_key_(16, Hash{seed}) {}

TakenFragment FragmentedPackets::take(const IpAddress& source, const IpAddress& destination, const IpInfo& ip,
                                      const Stamp& at) {
  while (!packets_.empty() && at.time - packets_.front().first > kept) let_go(packets_.begin());
  const Ends ends{source, destination};
  TakenFragment view{place(ends, *ip.fragment, {at, ip.ttl, std::nullopt})};
  if (ip.inner_count > 0) look_inside(ends, ip, at, view);
  if (view.completes) take_out(ends, *ip.fragment, at, view);
  return view;
}

std::optional<std::uint64_t> FragmentedPackets::take_atomic(const IpAddress& source, const IpAddress& destination,
                                                            std::uint32_t identification, const Stamp& at) {
  const Key key = key_of({source, destination}, {.identification = identification, .v6 = true});
  if (atomic_.size() == most_atomic) atomic_.pop_front();
  atomic_.push_back({key, at.frame});
  const Assembly* packet = known(key);
  const bool alike = packet && packet->told.fragments > 0 && at.time - packet->first <= time_to_come;
  return alike ? std::optional(packet->told.first_frame) : std::nullopt;
}

std::optional<std::uint64_t> FragmentedPackets::find_atomic(const IpAddress& source, const IpAddress& destination,
                                                            std::uint32_t identification) const {
  const Key key = key_of({source, destination}, {.identification = identification, .v6 = true});
  const auto found = std::ranges::find(atomic_, key, &Atomic::key);
  if (found == atomic_.end() || std::ranges::count(atomic_, key, &Atomic::key) > 1) return std::nullopt;
  return found->frame;
}

FragmentView FragmentedPackets::place(const Ends& ends, const Fragment& piece, const Arrival& arrival) {
  const std::uint64_t frame = arrival.at.frame;
  const bool all_captured = piece.captured.size() == piece.length;
  const Piece now{{piece.offset, piece.end()},
                  frame,
                  all_captured ? std::optional(digest(piece.captured)) : std::nullopt,
                  arrival.out_of};
  Assembly& packet = assembly_of(key_of(ends, piece), now, arrival.at);
  if (packet.told.fragments++ == 0) packet.told.source = ends.source, packet.told.destination = ends.destination;
  packet.name(piece);
  if (arrival.out_of) packet.inside.reset();

  packet.reach = std::max(packet.reach, piece.end());

  FragmentView view{.protocol = packet.told.protocol, .own_protocol = packet.other_name(piece)};
  if (!packet.followed) return view;
  if (!is_unfit(piece)) view.overlap = packet.overlap(now, piece.captured);
  const bool is_copy = view.overlap && view.overlap->is_copy();
  if (arrival.hops && !is_copy) view.other_hops = packet.other_hops({*arrival.hops, frame});
  if (is_unfit(piece)) {
    packet.spoil(Why::unfit, frame);
    packet.add_unfit(now, piece);
    return view;
  }
  view.disagreement = packet.disagreement(now, piece.more);
  if (packet.complete) return view;  // a copy: see assembly_of
  if (view.overlap && !is_copy) packet.spoil(Why::overlap, frame);
  if (view.disagreement) packet.dispute(frame);
  if (!piece.more && !packet.last) packet.last = now;
  if (!piece.more) packet.earliest_end = std::min(packet.earliest_end, piece.end());
  if (!is_copy) packet.insert(now);
  if (all_captured && !is_copy) keep_content(packet, now, piece.captured);
  if (packet.spoilt() || !packet.followed || !packet.last) return view;
  const Stretch hole = packet.hole();
  packet.complete = hole == Stretch{};
  if (packet.complete) forget_contents(packet);
  if (packet.complete)
    view.completes = packet.last->stretch.end;
  else if (!piece.more && !packet.inside)
    view.hole = hole;
  return view;
}

/// Each packet of which a fragment begins inside this one can be whole only after the one around it.
void FragmentedPackets::look_inside(const Ends& ends, const IpInfo& ip, const Stamp& at, const FragmentView& view) {
  Fragment outer = *ip.fragment;
  if (const Assembly* packet = known(key_of(ends, outer)); packet && packet->complete && !view.completes)
    return;  // copy
  for (Fragment inner : ip.inner()) {
    if (inner.identification == outer.identification) return;
    inner.captured = {};
    if (Assembly* packet = known(key_of(ends, outer))) packet->inner = {inner, outer.length - inner.length};
    Assembly& within = assembly_of(key_of(ends, inner), {{}, at.frame, std::nullopt, std::nullopt}, at);
    within.inside = outer.identification;
    within.name(inner);
    outer = inner;
  }
  outer.identification = ip.last_identification;
  if (outer.identification == ip.inner().back().identification) return;
  assembly_of(key_of(ends, outer), {{}, at.frame, std::nullopt, std::nullopt}, at).followed = false;  // too deep
}

/// `outer` has all of its bytes now: if it is a fragment itself, that takes its place, and may complete its own packet.
void FragmentedPackets::take_out(const Ends& ends, Fragment outer, const Stamp& at, TakenFragment& view) {
  for (auto bytes = view.completes; bytes;) {
    const Assembly* packet = known(key_of(ends, outer));
    if (!packet || !packet->inner || *bytes < packet->inner->before) return;
    Fragment piece = packet->inner->piece;
    piece.length = *bytes - packet->inner->before;
    if (view.held.size() == std::tuple_size_v<decltype(IpInfo::inner_slots)>) {
      if (Assembly* deeper = known(key_of(ends, piece))) deeper->followed = false;
      return;
    }
    FragmentView beside = place(ends, piece, {at, std::nullopt, outer.identification});
    bytes = beside.completes;
    outer = piece;
    view.held.push_back({piece, std::move(beside)});
  }
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

FragmentedPackets::Assembly* FragmentedPackets::known(const Key& key) {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &*found->second;
}

/// The packet of this fragment: a new one where the time of the old one is up, or where that is whole, and this is no
/// copy of what it has. IPv4 has but 65,536 identifications, and hosts begin anew soon.
FragmentedPackets::Assembly& FragmentedPackets::assembly_of(const Key& key, const Piece& piece, const Stamp& at) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    const Assembly& old = *found->second;
    const auto again = old.overlap(piece, {});
    const bool is_copy = again && again->whole && (again->content == Same::same || piece.out_of);
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
  const auto found = by_key_.find(key_of({source, destination}, piece));
  if (found == by_key_.end()) return all_kept_ ? std::optional<QuotedFragment>(QuotedFragment{}) : std::nullopt;
  const Assembly& packet = *found->second;
  const auto offset_of = [](const Piece& it) { return it.stretch.offset; };
  const auto unfit = std::ranges::find(packet.unfit.rbegin(), packet.unfit.rend(), piece.offset, offset_of);
  if (unfit != packet.unfit.rend()) return QuotedFragment{unfit->frame, true, unfit->out_of};
  const auto same = std::ranges::find(packet.pieces, piece.offset, offset_of);
  if (same != packet.pieces.end()) return QuotedFragment{same->frame, true, same->out_of, packet.complete};
  return QuotedFragment{packet.told.first_frame, false, std::nullopt, packet.complete};
}

void FragmentedPackets::finish() {
  while (!packets_.empty()) let_go(packets_.begin());
}

void FragmentedPackets::let_go(Packets::iterator packet) {
  const bool seen = packet->told.fragments > 0 && (packet->followed || packet->spoilt());
  if (unfinished_ && seen && (!packet->complete || packet->refused())) {
    packet->tell_the_end();
    unfinished_(packet->told);
  }
  forget_contents(*packet);
  by_key_.erase(packet->key);
  packets_.erase(packet);
  all_kept_ = false;
}

void FragmentedPackets::Assembly::tell_the_end() {
  if (inside && !spoilt()) told.why = Why::inside, told.outer = *inside;
  if (refused()) {
    told.why = refused_around ? Why::refused_around : Why::refused;
    told.frame = refused_around ? refused_around->frame : told.refused_by.front();
    if (refused_around) told.outer = refused_around->outer;
  }
  told.hole = hole();
  told.end_known = last.has_value();
  for (const Piece& piece : unfit) told.unfit.push_back(piece.frame);
  if (told.why == Why::unfit && !inside) told.holes = holes();
  told.hops.others_whole = told.hops.differ() && whole_without(told.hops.frame);
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

/// Of IPv6 the first fragment's word counts, wherever it comes (RFC 8200 4.5).
void FragmentedPackets::Assembly::name(const Fragment& piece) {
  told.identification = piece.identification;
  told.v6 = piece.v6;
  if (!named || piece.first()) told.protocol = piece.protocol;
  named = true;
  named_by_first |= piece.first();
}

/// Of IPv4 such a fragment belongs to another packet.
std::optional<std::uint8_t> FragmentedPackets::Assembly::other_name(const Fragment& piece) const {
  const bool other = piece.v6 && named_by_first && piece.protocol != told.protocol;
  return other ? std::optional(piece.protocol) : std::nullopt;
}

std::optional<FragmentView::OtherHops> FragmentedPackets::Assembly::other_hops(const Hops& now) {
  if (!first_hops) first_hops = now, told.hops = {now.left, now.left, now.frame};
  if (now.left < told.hops.fewest) told.hops.fewest = now.left, told.hops.frame = now.frame;
  told.hops.most = std::max(told.hops.most, now.left);
  if (now.left == first_hops->left) return std::nullopt;
  return FragmentView::OtherHops{now.left, first_hops->left, first_hops->frame};
}

/// The first reason counts: with it the packet was lost.
void FragmentedPackets::Assembly::spoil(Why why, std::uint64_t frame) {
  if (spoilt()) return;
  told.why = why;
  told.frame = frame;
}

void FragmentedPackets::Assembly::dispute(std::uint64_t frame) {
  spoil(Why::disagreement, frame);
  if (told.why == Why::overlap && told.disputed == 0) told.disputed = frame;
}

void FragmentedPackets::Assembly::insert(const Piece& piece) {
  if (!furthest || piece.stretch.end > furthest->stretch.end) furthest = piece;
  if (piece.stretch.offset == piece.stretch.end) return;
  if (pieces.size() == most_pieces) return follow_no_further();
  const auto place =
      std::ranges::upper_bound(pieces, piece.stretch.offset, {}, [](const Piece& it) { return it.stretch.offset; });
  pieces.insert(place, piece);
}

void FragmentedPackets::Assembly::add_unfit(const Piece& piece, const Fragment& fields) {
  told.uneven |= fields.uneven(), told.beyond_largest |= fields.beyond_largest();
  if (unfit.size() == most_pieces) return follow_no_further();
  unfit.push_back(piece);
}

void FragmentedPackets::Assembly::follow_no_further() {
  followed = false;
  pieces = {};
}

std::vector<Stretch> FragmentedPackets::Assembly::holes() const {
  if (!followed) return {};
  std::vector<Stretch> come;
  for (const auto* kind : {&pieces, &unfit})
    for (const Piece& piece : *kind) come.push_back(piece.stretch);
  std::ranges::sort(come, {}, &Stretch::offset);
  std::vector<Stretch> missing;
  std::uint32_t next = 0;
  for (const Stretch& stretch : come) {
    if (stretch.offset > next) missing.push_back({next, stretch.offset});
    next = std::max(next, stretch.end);
  }
  return missing;
}

/// Whether the pieces that other frames brought lie end to end, up to the last one.
bool FragmentedPackets::Assembly::whole_without(std::uint64_t frame) const {
  if (!followed || !last || last->frame == frame) return false;
  std::uint32_t next = 0;
  for (const Piece& piece : pieces) {
    if (piece.frame == frame) continue;
    if (piece.stretch.offset != next) return false;
    next = piece.stretch.end;
  }
  return next == last->stretch.end;
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
