// What the tracker found out about a packet beyond its numbers, states, rules and take-backs. Each kind is a small
// struct of its own; a visitor that forgets one does not compile.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "capture/source/packet.hpp"
#include "capture/track/note.hpp"
#include "capture/track/state.hpp"

namespace echolab::capture {

enum class Side : std::uint8_t { client, server };
constexpr Side other(Side side) { return side == Side::client ? Side::server : Side::client; }
/// "client", "server".
std::string_view to_string(Side side);

namespace finding {

/// It repeats packet `frame`: the same numbers (RFC 9293, 3.8.1), or the same packet captured twice.
struct Repeats {
  std::uint64_t frame = 0;
  std::uint64_t last_frame = 0;         // where it was cut anew: the packet that carried its last number before; else 0
  std::optional<Time::duration> age{};  // since `frame` was captured, where that is known
  bool other_options = false;           // of a SYN: its options are not those of the one before
};
/// Of a packet captured twice: what the first one was told as.
struct Original {
  NoteSet notes{};
  std::uint8_t step_bits = 0;  // as in TcpView
  bool acknowledges_fin = false;
};
/// The peer's packet `frame` acknowledges this one, and stands before it in the capture.
struct AnsweredBefore {
  std::uint64_t frame = 0;
};
/// The same FIN came without an ACK in packet `frame`, and so had no effect (RFC 9293, 3.10.7).
struct FinWithoutAck {
  std::uint64_t frame = 0;
};
/// Its FIN takes a number that its sender's SYN or data has taken already.
struct MisplacedFin {};
/// Its ACK acknowledges packet `frame`, the latest that it covers.
struct Acknowledges {
  std::uint64_t frame = 0;
  std::uint64_t or_frame = 0;  // the one that it repeats, where nothing tells which of the two it answers; or 0
  std::optional<Time::duration> after{};  // since that was captured; nullopt where it was sent twice (RFC 6298, 3)
};
/// It is sent again sooner than any timer would, nothing has asked for it, and yet it is another IP packet.
struct TooSoon {};
/// Its number shows that it was sent before packet `frame`.
struct SentBefore {
  std::uint64_t frame = 0;
};
/// It has no numbers, and its timestamp is older than one that came first (RFC 7323, 5.2).
struct Overtaken {};
/// It is sent again, and the peer's latest SACK blocks lack it (RFC 6675).
struct AskedBySack {};
/// The first of its sender whose raw numbers pass 2^32 - 1.
struct NumberWraps {};
/// Of a window update: the window was 0 before.
struct WindowWasZero {};
/// Of a SYN,ACK: its sender has sent a SYN, too (RFC 9293, 3.5: simultaneous open).
struct AskedItself {};
/// Of a SYN: `side` held an earlier connection of the same ends in TIME_WAIT.
struct Waited {
  Side side{};
};
/// Of new data: numbers were left out so long ago, and they never came.
struct HoleStays {
  Time::duration since{};
};
/// Of a SYN,ACK: without the Fast Open cookie that the SYN asked for (RFC 7413, 4.1.1).
struct CookieRefused {};
/// Of a SYN,ACK: without any of the flags that answer a SYN which asks for ECN (RFC 3168, 6.1.1).
struct EcnRefused {};
/// What AE, CWR and ECE say where they are those of accurate ECN (RFC 9768).
struct AccurateEcn {
  enum class Says : std::uint8_t {
    asks,       // a SYN asks for it
    agrees,     // a SYN,ACK takes part
    handshake,  // the packet behind it tells how the SYN,ACK came
    counts,     // packets that came marked, from 5 on
  };
  Says says = Says::asks;
  std::uint8_t marked = 0;  // packets of which it is the first to tell that they came marked
};
/// Of packet `frame`, whose rest comes again, only the numbers before `number`, relative, had arrived.
struct ArrivedInPart {
  std::uint64_t frame = 0;
  std::uint32_t number = 0;
};
/// Of a SYN,ACK: the SYN that it answers carried data, of which it acknowledges so many bytes.
struct AnswersSynData {
  std::uint32_t taken = 0;
};
/// Data of the SYN, packet `frame`, that the peer has not taken with it (RFC 7413, 4.1.3).
struct RefusedWithSyn {
  std::uint64_t frame = 0;
};
/// An RST from an end that is CLOSED: it answers packet `frame`, which came to no connection any more (RFC 9293,
/// 3.10.7.1). `believed` is the state that its sender broke off in if that packet had arrived before, `truth` without
/// it; twice the same where nothing was believed.
struct ResetAnswers {
  std::uint64_t frame = 0;
  State believed = State::unknown, truth = State::unknown;
};
/// Of an RST that may have another reason, too: the packet that asked for one of its number.
struct PerhapsAnswers {
  std::uint64_t frame = 0;
};
/// Of an RST that breaks off what stood: nobody had sent anything for so long, but for what it answers.
struct AfterSilence {
  Time::duration lasted{};
};
/// SACK blocks outside of all that their sender can have taken: bit n set for block n.
struct ForeignBlocks {
  std::uint8_t bits = 0;
};
/// The first that shows numbers of which one may be a FIN, and which the capture does not hold.
struct FinPerhapsMissed {};
/// It acknowledges what a peer sent of whom the capture has nothing.
struct OneDirection {};
/// An earlier packet of the sender never arrived, as this one shows.
struct NeverDelivered {
  std::uint64_t frame = 0;
  bool damaged = false;  // it was dropped by its receiver, for its checksum or its IP length is wrong
};
/// Its receiver drops it, for its checksum or its IP length is wrong.
struct NotTaken {};
/// It acknowledges packet `frame`, which should have been dropped for that: the damage is the capture's.
struct TakenAllTheSame {
  std::uint64_t frame = 0;
};
/// Packet `frame` of the peer acknowledges what the sender of this never sent: it was dropped, and this answers it.
struct NothingSent {
  std::uint64_t frame = 0;
};
/// Packet `frame`, which was told to have got lost, had arrived.
struct ArrivedAfterAll {
  std::uint64_t frame = 0;
};
/// Of a SYN,ACK: its ISN is another than that of its sender's SYN,ACK in packet `frame`. `taken`: the peer waits for an
/// answer, and takes it; else it has one already.
struct OtherIsn {
  std::uint64_t frame = 0;
  bool taken = false;
};
/// Its sender sends new numbers after its RST in packet `frame`: that was somebody else's, for the end was not CLOSED.
struct GoesOnAfterReset {
  std::uint64_t frame = 0;
};
/// It echoes a timestamp that the peer, in SYN_SENT, never sent: the peer refuses it (RFC 7323, 3.2).
struct EchoesNothing {};
/// Neither its number nor the one that it acknowledges lies anywhere near those of the connection.
struct FitsNothing {};
/// A packet of the handshake whose earlier step the capture does not hold.
struct StepUnseen {};
/// An RST ended the handshake before this step of it: 2, no SYN,ACK came; 3, no third packet did.
struct HandshakeEnded {
  std::uint8_t before_step = 0;
};

}  // namespace finding

using Finding =
    std::variant<finding::Repeats, finding::Original, finding::AnsweredBefore, finding::FinWithoutAck,
                 finding::MisplacedFin, finding::Acknowledges, finding::TooSoon, finding::SentBefore,
                 finding::Overtaken, finding::AskedBySack, finding::NumberWraps, finding::WindowWasZero,
                 finding::AskedItself, finding::Waited, finding::HoleStays, finding::CookieRefused, finding::EcnRefused,
                 finding::AccurateEcn, finding::ArrivedInPart, finding::AnswersSynData, finding::RefusedWithSyn,
                 finding::ResetAnswers, finding::PerhapsAnswers, finding::AfterSilence, finding::ForeignBlocks,
                 finding::FinPerhapsMissed, finding::OneDirection, finding::NeverDelivered, finding::ArrivedAfterAll,
                 finding::OtherIsn, finding::GoesOnAfterReset, finding::EchoesNothing, finding::FitsNothing,
                 finding::StepUnseen, finding::HandshakeEnded, finding::NotTaken, finding::TakenAllTheSame,
                 finding::NothingSent>;

/// The findings of one packet, in the order in which they were made. The usual few lie in the list itself.
class Findings {
 public:
  void add(const Finding& found) {
    if (count_ < first_.size())
      first_[count_++] = found;
    else
      more_.push_back(found);
  }
  void clear() {
    count_ = 0;
    more_.clear();
  }
  /// Calls `tell` with each, as what it is.
  template <class Tell>
  void each(Tell&& tell) const {
    for (std::size_t i = 0; i < count_; ++i) std::visit(tell, first_[i]);
    for (const Finding& found : more_) std::visit(tell, found);
  }
  /// The first of this kind; nullptr: there is none.
  template <class Kind>
  const Kind* find() const {
    for (std::size_t i = 0; i < count_; ++i)
      if (const auto* found = std::get_if<Kind>(&first_[i])) return found;
    for (const Finding& it : more_)
      if (const auto* found = std::get_if<Kind>(&it)) return found;
    return nullptr;
  }
  template <class Kind>
  Kind* find() {
    return const_cast<Kind*>(static_cast<const Findings&>(*this).find<Kind>());
  }
  template <class Kind>
  bool has() const {
    return find<Kind>() != nullptr;
  }
  template <class Kind>
  std::size_t count() const {
    std::size_t found = 0;
    each([&](const auto& it) { found += std::is_same_v<std::remove_cvref_t<decltype(it)>, Kind>; });
    return found;
  }

 private:
  std::array<Finding, 4> first_{};
  std::uint8_t count_ = 0;
  std::vector<Finding> more_;
};

/// The frames that the findings of a kind name, in their order.
template <class Kind>
std::vector<std::uint64_t> frames_of(const Findings& findings) {
  std::vector<std::uint64_t> frames;
  findings.each([&](const auto& it) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(it)>, Kind>) frames.push_back(it.frame);
  });
  return frames;
}

}  // namespace echolab::capture
