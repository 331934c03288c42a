// The segment that a conversation is taking in, with all that its functions ask for: RFC 9293, 3.3.1, has "current
// segment variables", too. It lives for one packet.
#pragma once

#include <utility>

#include "capture/track/endpoint.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/vantage.hpp"

namespace echolab::capture {

/// Whether the flags go together.
constexpr bool is_legal(TcpFlags flags) {
  if (flags.syn() && (flags.fin() || flags.rst())) return false;
  return flags.syn() || flags.ack() || flags.rst();  // a FIN comes with an ACK: RFC 9293, 3.10.7.4
}

struct CurrentSegment {
  const Segment& segment;
  Side from;
  Stamp at;
  TcpEndpoint& sender;
  TcpEndpoint& receiver;  // in a self-connect both are one
  TcpView& view;
  NoteSet& notes;
  Vantage vantage;
  bool checksums_count, lengths_count;  // a wrong one is a reason to drop it: nothing shows that its like is taken
  // Known once it has been compared with what its sender has sent before:
  bool legal = true;           // its flags go together
  bool ack_is_of_sent = true;  // its ACK may be true
  Copy copy = Copy::none;
  Probe probe = Probe::none;

  TcpFlags flags() const { return segment.flags; }
  SeqNum seq() const { return SeqNum(segment.seq); }
  SeqNum ack() const { return SeqNum(segment.ack); }
  /// One past its last number.
  SeqNum end() const { return seq() + segment.sequence_length(); }
  Side to() const { return other(from); }
  /// Its receiver drops it.
  bool is_damaged() const {
    return (checksums_count && segment.ip.has_bad_checksum()) || (lengths_count && segment.ip.missing > 0);
  }
  /// An ACK that takes no number.
  bool is_bare_ack() const { return segment.sequence_length() == 0 && flags().ack() && !flags().rst(); }

  void found(const Finding& finding) const { view.findings.add(finding); }
  template <class Kind>
  bool has() const {
    return view.findings.has<Kind>();
  }
  /// It is not of this connection as both ends know it, so it moves nothing and tells nothing of its sender.
  bool stands_apart() const {
    if (notes.has(Note::old_connection) || has<finding::EchoesNothing>() || has<finding::FitsNothing>()) return true;
    const auto* other = view.findings.find<finding::OtherIsn>();
    return other && !other->taken;
  }
  /// A packet of `whose` never arrived, as this one shows, if that is news; at the wire only one that it has lost.
  void lose(TcpEndpoint& whose, std::uint64_t frame) const;
};

}  // namespace echolab::capture
