// What one packet did: the only value that crosses the middle of the house. Text, JSON, SVG draw the same one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"
#include "capture/track/finding.hpp"
#include "capture/track/note.hpp"
#include "capture/track/state.hpp"
#include "capture/track/stays.hpp"
#include "capture/track/transition.hpp"

namespace echolab::capture {

enum class Protocol : std::uint8_t { tcp, udp };

/// One endpoint's state around one packet.
struct SideChange {
  State before = State::unknown, after = State::unknown;
  Certainty certainty = Certainty::unknown;  // of `after`
  bool changed() const { return before != after; }
};

/// A rule that fired, for whom.
struct Firing {
  Side side;
  const Rule* rule;
};

/// An earlier belief that this packet disproves: `side` had not received frame `frame` (yet).
struct TakeBack {
  Side side;
  Event event;  // what that packet was believed to have brought
  State believed, truth;
  std::uint64_t frame;  // the packet that had not arrived
  bool lost;            // true: it never arrived (it was sent again). false: it had not arrived when this one was sent
};

/// The steps of the handshake, and the first data after it.
enum class Step : std::uint8_t { syn = 1, syn_ack = 2, ack = 3, data = 4 };

/// Who is at the server's end of a UDP conversation.
enum class Audience : std::uint8_t { one, group, everybody };

/// Where the packet belongs in its conversation.
struct StreamView {
  std::uint64_t number = 0;  // TCP and UDP apart, from 0, by first packet
  Protocol protocol = Protocol::tcp;
  Side from = Side::client;     // who sent this packet
  bool client_assumed = false;  // no SYN was seen: the higher port was taken for the client
  Endpoint client, server;
  std::uint64_t packet = 1;  // this packet's place in the stream, from 1
  Audience audience = Audience::one;
};

/// The TCP part. Relative numbers: SEQ - ISN of the sender, ACK - ISN of the receiver; where no SYN was seen,
/// the first number seen counts as 1.
struct TcpView {
  std::uint32_t seq = 0, ack = 0;  // relative; ack is 0 where there is no ACK
  SideChange client, server;
  std::array<Firing, 6> firing_slots{};
  std::uint8_t firing_count = 0;
  std::array<TakeBack, 2> take_back_slots{};
  std::uint8_t take_back_count = 0;
  std::uint8_t step_bits = 0;       // bit n set: step n
  std::uint32_t scaled_window = 0;  // bytes; the window field where the scale was not seen
  std::uint32_t in_flight = 0;      // bytes that the sender of this has sent and that are not acknowledged
  std::uint32_t peer_next = 0;      // relative: one past the highest number that the peer was seen to send
  std::uint16_t duplicate = 0;      // 2: the second duplicate ACK in a row
  Findings findings;
  std::uint64_t foreign_copy = 0;   // of such a block: a copy that is just as long and has arrived; or 0
  bool foreign_keep_alive = false;  // that copy is the byte of a keep-alive
  std::uint64_t foreign_alike = 0;  // and the packet whose block lay just as far beside its copy; or 0
  bool no_hops_again = false;       // its TTL is 0, and so was that of an earlier packet of the conversation

  std::span<const Firing> firings() const { return {firing_slots.data(), firing_count}; }
  std::span<const TakeBack> take_backs() const { return {take_back_slots.data(), take_back_count}; }
  /// Writes down a rule that fired; nullptr: none did.
  void fire(Side side, const Rule* rule) {
    if (rule && firing_count < firing_slots.size()) firing_slots[firing_count++] = {side, rule};
  }
  bool is_step(Step step) const { return step_bits >> static_cast<int>(step) & 1; }
};

/// Bytes of a fragmented packet, from `offset` up to, but not including, `end`.
struct Stretch {
  std::uint32_t offset = 0, end = 0;
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// A fragment beside those of its packet that stand before it in the capture.
struct FragmentView {
  /// The first earlier one that has bytes of the same place.
  struct Overlap {
    enum class Content : std::uint8_t { same, different, unknown };  // unknown: not all of both was captured, or kept
    std::uint64_t frame = 0;
    Stretch stretch{};                   // that both have
    bool whole = false;                  // each is that stretch and no more
    Content content = Content::unknown;  // of those bytes
    /// One of the two came twice, as far as is known: a receiver may ignore it (RFC 8200 4.5).
    bool is_copy() const { return whole && content != Content::different; }
  };
  /// Frame `frame` says something else on where the packet ends.
  struct Disagreement {
    enum class Kind : std::uint8_t {
      two_ends,    // both are last fragments: the other one ends at byte `end`
      end_passed,  // this one is last, and that one has bytes up to `end`, behind it
      beyond_end,  // that one is last, ends at `end`, and this one goes further
    };
    Kind kind{};
    std::uint64_t frame = 0;
    std::uint32_t end = 0;
  };
  /// It came with another TTL or hop limit than the first one seen: `hops` against `there`, in frame `frame`.
  struct OtherHops {
    std::uint8_t hops = 0, there = 0;
    std::uint64_t frame = 0;
  };
  std::uint8_t protocol = 0;  // of its packet: what the first fragment says counts (RFC 8200 4.5), once it has come
  std::optional<std::uint8_t> own_protocol{};  // what its own header says, where that first one has said otherwise
  std::optional<OtherHops> other_hops{};
  std::optional<Overlap> overlap{};
  std::optional<Disagreement> disagreement{};
  std::optional<std::uint32_t> completes{};  // bytes of the packet that has all of its fragments with this one
  std::optional<Stretch> hole{};             // of a last fragment: the first bytes that have not come
};

/// A fragment that comes out where fragments are put together, and what it is beside those of its own packet.
struct HeldFragment {
  Fragment piece{};  // without its bytes: nothing is put together here
  FragmentView beside{};
};

/// A fragmented packet that never became whole, and why; or one that did and was refused. Given out once: when another
/// takes its place, it is let go, or the capture ends.
struct UnfinishedPacket {
  enum class Why : std::uint8_t {
    incomplete,      // the bytes of `hole` never came
    overlap,         // fragments have bytes of the same place, and are no copies: at `frame` that showed
    disagreement,    // on where it ends: at `frame` that showed
    unfit,           // `frame` has a length that no fragment in its place can have
    inside,          // a fragment of it stands inside the packet `outer`, which never became whole either
    refused,         // it is whole here, but `frame` is an ICMP error that refuses it
    refused_around,  // the same, of the packet `outer`, inside which a fragment of it stands
  };
  /// The TTL or hop limit that its fragments came with.
  struct Hops {
    std::uint8_t fewest = 0, most = 0;
    std::uint64_t frame = 0;    // the first with the fewest
    bool others_whole = false;  // without that one the others make a whole packet
    bool differ() const { return fewest != most; }
  };
  /// Of an echo request, what went on between its two hosts behind its first fragment.
  struct Echo {
    bool asked = false;  // it is one, and what follows was counted
    // Of its sender, those whose replies may be taken for its own, and which are no fragments; of its receiver those
    // that may be its own. And the first of each.
    std::uint64_t requests = 0, replies = 0, request = 0, reply = 0;
    // Replies that cannot be its own, and the first of them; how many have its identifier and sequence number, and are
    // only of another length.
    std::uint64_t others = 0, other = 0, of_other_length = 0;
    bool seems_unanswered() const { return asked && replies <= requests; }
  };
  IpAddress source{}, destination{};
  std::uint32_t identification = 0;
  std::uint8_t protocol = 0;  // of the header that stands first in it
  bool v6 = false;
  std::uint64_t fragments = 0;
  std::uint64_t first_frame = 0;
  Why why = Why::incomplete;
  std::uint64_t frame = 0;
  Stretch hole{};                      // the first one
  std::uint64_t disputed = 0;          // of Why::overlap: the frame at which they disagreed on the end, too, or 0
  std::vector<std::uint64_t> unfit{};  // each frame with a length that no fragment in its place can have
  bool uneven = false, beyond_largest = false;  // what is wrong with those: see Fragment
  std::vector<Stretch> holes{};  // of Why::unfit: what never came in front of what did, those of `unfit` too
  bool end_known = false;        // false: the last fragment never came, and `hole`, if none is before, has no end
  std::uint32_t outer = 0;       // identification; see Why::inside
  Hops hops{};
  Echo echo{};
  std::vector<std::uint64_t> refused_by{};  // the first ICMP errors that refuse it, or a fragment of it
};

/// Where the fragment that an ICMP error quotes stands in the capture.
struct QuotedFragment {
  std::uint64_t frame = 0;                // 0: none of its packet does
  bool exact = false;                     // false: the first one of its packet stands there
  std::optional<std::uint32_t> out_of{};  // it stood in the packet of this identification, which `frame` completes
  bool whole = false;                     // all fragments of its packet have been captured
  friend bool operator==(const QuotedFragment&, const QuotedFragment&) = default;
};

/// A packet before this one.
struct Earlier {
  std::uint64_t frame;
  Time::duration ago;
};

struct Observation {
  Packet packet;  // its bytes live as long as the source keeps them
  Decoded decoded;
  std::optional<StreamView> stream;  // TCP and UDP packets; for an ICMP error the conversation that it quotes, if known
  std::optional<TcpView> tcp;        // TCP packets only: UDP has no states
  NoteSet notes;
  std::optional<FragmentView> fragment{};  // of a fragment
  std::vector<HeldFragment> held{};  // of one that completes its packet: what that is, where it is a fragment, too
  std::optional<QuotedFragment> quoted{};  // of an ICMP error that quotes one; nothing where it is not known
  std::optional<std::uint64_t> alike{};    // of an atomic fragment: the first frame with its identification
  std::optional<Earlier> same_as{};        // of a malformed one: the one before, within 1 ms, whole and byte for byte
  std::optional<std::uint64_t> quoted_atomic{};  // of an ICMP error that quotes one: its frame, where it can be told
};

/// The handshake's two halves, by the tap's clock. Nothing where it cannot be told: see handshake_times.hpp.
struct RoundTrip {
  std::optional<std::chrono::nanoseconds> to_server;  // SYN to SYN,ACK
  std::optional<std::chrono::nanoseconds> to_client;  // SYN,ACK to ACK
  /// SYN to ACK: from end to end and back, wherever between them the tap is.
  std::optional<std::chrono::nanoseconds> initial() const {
    return to_server && to_client ? std::optional(*to_server + *to_client) : std::nullopt;
  }
};

/// An ICMP error about a conversation.
struct IcmpNotice {
  std::uint64_t frame = 0;
  bool v6 = false;
  std::uint8_t type = 0, code = 0;
};

/// How a conversation went. Given out once, when it ends, is let go, or the capture ends.
struct StreamSummary {
  enum class Handshake : std::uint8_t { unseen, none, half, complete, refused };
  enum class Closed : std::uint8_t { not_yet, by_fin, by_rst };  // whichever came first
  std::uint64_t number = 0;
  Protocol protocol = Protocol::tcp;
  Endpoint client, server;
  Audience audience = Audience::one;
  std::uint64_t packets = 0;
  std::uint64_t packets_client = 0, packets_server = 0;  // sent by each
  // Payload sent by each: TCP's each byte once, of first fragments their share; UDP's as its headers say.
  std::uint64_t bytes_client = 0, bytes_server = 0;
  std::uint64_t retransmissions_client = 0, retransmissions_server = 0;  // sent by each
  std::uint64_t never_delivered = 0, delivered_in_part = 0;
  std::uint64_t captured_twice = 0;                    // of the packets
  std::uint64_t without_hops = 0;                      // the same: a TTL or hop limit of 0
  std::uint64_t missed_client = 0, missed_server = 0;  // bytes that each sent, and that the capture does not hold
  std::uint64_t icmp_errors = 0;                       // that quote one of its packets
  IcmpNotice first_icmp{};                             // means nothing while there is none
  State client_state = State::unknown, server_state = State::unknown;  // TCP only
  Certainty client_certainty = Certainty::unknown, server_certainty = Certainty::unknown;
  Handshake handshake = Handshake::unseen;  // TCP only, and so are those below
  RoundTrip round_trip{};
  std::optional<std::chrono::nanoseconds> handshake_took{};  // from the first SYN to the packet that completed it
  Closed closed = Closed::not_yet;
  bool opened_at_once = false;  // simultaneous open
  bool syn_seen = false, syn_ack_seen = false;
  bool only_resets = false;                                   // no other packet was seen
  bool closed_at_once = false;                                // the other end sent its FIN before it knew of the first
  bool end_missed_client = false, end_missed_server = false;  // a FIN may be among what was missed of each
  std::optional<Side> reset_by;                               // who broke it off after a FIN
  std::optional<Side> fin_missed;  // whose FIN the capture most likely missed: the other end, which has closed, has it
  Side closed_by = Side::client;   // means nothing while `closed` is not_yet
  StateTimes client_times{}, server_times{};
  Time first{}, last{};

  std::uint64_t retransmissions() const { return retransmissions_client + retransmissions_server; }
};

std::string_view to_string(StreamSummary::Handshake handshake);
/// "none", "fin", "rst".
std::string_view to_string(StreamSummary::Closed closed);

}  // namespace echolab::capture
