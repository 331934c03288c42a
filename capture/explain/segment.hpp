// A TCP segment's story, a subject a file. Private to capture/explain.
#pragma once

#include "capture/explain/plan.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

/// What every part of the story looks at. Precondition: `seen` has a Segment, a stream and a TcpView.
struct SegmentStory {
  const Observation& seen;
  const Segment& segment = std::get<Segment>(seen.decoded);
  const TcpView& tcp = *seen.tcp;
  Plan& plan;

  Side from() const { return seen.stream->from; }
  Side to() const { return other(from()); }
  bool has(Note note) const { return seen.notes.has(note); }
  bool sent_again() const { return has(Note::retransmission); }
  template <class Kind>
  const Kind* found() const {
    return tcp.findings.find<Kind>();
  }
  const SideChange& change(Side side) const { return side == Side::client ? tcp.client : tcp.server; }
  /// An RST that ends something, whatever flags stand beside it: it is checked before SYN and FIN.
  bool resets() const { return segment.flags.rst() && !tcp.firings().empty(); }
  /// A FIN that would be a legal one with an ACK.
  bool lacks_only_ack() const;
  /// The last number that the peer of an end that has closed can have sent is its FIN.
  bool acknowledges_fin_unseen() const;
  /// Whether it answers a SYN that its sender had already: it reports that one number as got twice (RFC 2883).
  bool answers_old_syn() const;
  /// No TCP puts SACK blocks into a SYN.
  bool made_by_a_tool() const { return segment.flags.syn() && segment.options.sack_blocks > 0; }
  /// Something is missing, and no packet of the peer can tell who lost it.
  bool lacks_peer() const { return has(Note::lost_segment) && tcp.peer_next == 0; }
  /// The earlier packet that it repeats, in parentheses; nothing where it repeats none.
  Given<Blank::copy> copy() const;
};

/// The role that it has in its conversation, in a few words.
void tell_headline(const SegmentStory& story);
/// Beliefs that it disproves.
void tell_take_backs(const SegmentStory& story);
/// The rules that fired, in their order, and states that are known without one. Whether there was something to tell.
bool tell_moves(const SegmentStory& story);
/// Its data, or what it acknowledges; `moved`: it is told already what moves. Whether there was something to tell.
bool tell_deed(const SegmentStory& story, bool moved);
/// What only a packet of the handshake shows.
void tell_handshake(const SegmentStory& story);
/// Its notes, but for those that another sentence tells in more words.
void tell_segment_notes(const SegmentStory& story);
/// Its notes whose advice would mislead: here something else is the reason.
NoteSet unsuited(const SegmentStory& story);
/// What the tracker found besides.
void tell_findings(const SegmentStory& story);
/// What its options and ECN flags say: offers in a SYN, reports of what came beyond a hole.
void tell_options(const SegmentStory& story);
/// Of the first packet of a conversation: what the capture lacks before it.
void tell_beginning(const SegmentStory& story);

/// Whether this take-back says that both ends closed at once.
bool shows_both_fins(const SegmentStory& story, const TakeBack& back);

}  // namespace echolab::capture
