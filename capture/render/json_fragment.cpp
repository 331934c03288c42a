// The members of a packet's line that only a fragment has.
#include <utility>

#include "capture/render/json_parts.hpp"

namespace echolab::capture {
namespace {

std::string_view name(FragmentView::Overlap::Content content) {
  switch (content) {
    case FragmentView::Overlap::Content::same: return "same";
    case FragmentView::Overlap::Content::different: return "different";
    case FragmentView::Overlap::Content::unknown: break;
  }
  return "unknown";
}

std::string_view name(FragmentView::Disagreement::Kind kind) {
  switch (kind) {
    case FragmentView::Disagreement::Kind::two_ends: return "two_ends";
    case FragmentView::Disagreement::Kind::end_passed: return "end_passed";
    case FragmentView::Disagreement::Kind::beyond_end: break;
  }
  return "beyond_end";
}

/// What the fragment is beside the others of its packet: what there is nothing to say of is not there.
void append_place_among_others(JsonBuffer& out, const FragmentView& view) {
  if (view.own_protocol) append(out, FMT_COMPILE(",\"packet_protocol\":{}"), view.protocol);
  if (const auto& other = view.other_hops)
    append(out, FMT_COMPILE(",\"hops\":{},\"other_hops\":{{\"frame\":{},\"hops\":{}}}"), other->hops, other->frame,
           other->there);
  if (const auto& overlap = view.overlap)
    append(out, FMT_COMPILE(",\"overlaps\":{{\"frame\":{},\"offset\":{},\"end\":{},\"whole\":{},\"content\":\"{}\"}}"),
           overlap->frame, overlap->stretch.offset, overlap->stretch.end, overlap->whole, name(overlap->content));
  if (const auto& other = view.disagreement)
    append(out, FMT_COMPILE(",\"disagrees\":{{\"kind\":\"{}\",\"frame\":{},\"end\":{}}}"), name(other->kind),
           other->frame, other->end);
  if (view.completes) append(out, FMT_COMPILE(",\"completes\":{}"), *view.completes);
  if (view.hole) append(out, FMT_COMPILE(",\"hole\":{{\"offset\":{},\"end\":{}}}"), view.hole->offset, view.hole->end);
}

/// Without the brace that ends it.
void append_piece(JsonBuffer& out, const Fragment& piece) {
  append(out, FMT_COMPILE("{{\"id\":{},\"protocol\":{},\"offset\":{},\"length\":{},\"more\":{}"), piece.identification,
         piece.protocol, piece.offset, piece.length, piece.more);
}

/// The fragments that come out where the packet is put together, each inside the one before it.
void append_held(JsonBuffer& out, const std::vector<HeldFragment>& held) {
  append(out, ",\"holds\":[");
  std::string_view comma;
  for (const auto& [piece, beside] : held) {
    append(out, std::exchange(comma, ","));
    append_piece(out, piece);
    append_place_among_others(out, beside);
    append(out, "}");
  }
  append(out, "]");
}

}  // namespace

void append_fragment(JsonBuffer& out, const IpInfo& ip, const Observation& observation) {
  if (!ip.fragment) return;
  append(out, ",\"fragment\":");
  append_piece(out, *ip.fragment);
  if (observation.fragment) append_place_among_others(out, *observation.fragment);
  if (!observation.held.empty()) append_held(out, observation.held);
  append(out, "}");
}

}  // namespace echolab::capture
