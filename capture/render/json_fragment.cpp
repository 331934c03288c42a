// The members of a packet's line that only a fragment has.
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
  if (const auto& overlap = view.overlap)
    append<",\"overlaps\":{{\"frame\":{},\"offset\":{},\"end\":{},\"whole\":{},\"content\":\"{}\"}}">(
        out, overlap->frame, overlap->stretch.offset, overlap->stretch.end, overlap->whole, name(overlap->content));
  if (const auto& other = view.disagreement)
    append<",\"disagrees\":{{\"kind\":\"{}\",\"frame\":{},\"end\":{}}}">(out, name(other->kind), other->frame,
                                                                         other->end);
  if (view.completes) append<",\"completes\":{}">(out, *view.completes);
  if (view.hole) append<",\"hole\":{{\"offset\":{},\"end\":{}}}">(out, view.hole->offset, view.hole->end);
}

}  // namespace

void append_fragment(JsonBuffer& out, const IpInfo& ip, const Observation& observation) {
  if (!ip.fragment) return;
  const Fragment& piece = *ip.fragment;
  append<",\"fragment\":{{\"id\":{},\"protocol\":{},\"offset\":{},\"length\":{},\"more\":{}">(
      out, piece.identification, piece.protocol, piece.offset, piece.length, piece.more);
  if (observation.fragment) append_place_among_others(out, *observation.fragment);
  append(out, "}");
}

}  // namespace echolab::capture
