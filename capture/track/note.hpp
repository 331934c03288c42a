// The notes: words for what is remarkable about a packet, Wireshark's where it has one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace echolab::capture {

/// What each stands beside and in place of, and which RFC rules it: notes::rules, below. When it is set: in words, for
/// people too, explain/note_text.hpp.
enum class Note : std::uint8_t {
  retransmission,
  fast_retransmission,
  spurious_retransmission,
  out_of_order,
  duplicate_ack,
  zero_window,
  zero_window_probe,
  zero_window_probe_ack,
  window_update,
  window_full,
  keep_alive,
  keep_alive_ack,
  port_reused,
  lost_segment,
  acked_unseen,
  refused,
  reset,
  reset_ignored,
  challenge_ack,
  half_close,
  simultaneous_open,
  simultaneous_close,
  self_connect,
  data_in_syn,
  data_after_fin,
  inconsistent_retransmission,
  duplicate_frame,
  illegal_flags,
  urgent,
  fragment,
  truncated,
  tunnel,
  offload_length,
  port_unreachable,
  never_delivered,
  bad_checksum,
  ack_of_nothing_sent,
  old_connection,
};
inline constexpr std::size_t note_count = 38;

class NoteSet {
 public:
  constexpr NoteSet() = default;
  constexpr NoteSet(std::initializer_list<Note> notes) {
    for (const Note note : notes) add(note);
  }
  constexpr NoteSet& add(Note note) {
    bits_ |= bit(note);
    return *this;
  }
  /// All but `others`.
  constexpr NoteSet without(NoteSet others) const {
    others.bits_ = bits_ & ~others.bits_;
    return others;
  }
  constexpr bool has(Note note) const { return (bits_ & bit(note)) != 0; }
  constexpr bool has_any_of(NoteSet notes) const { return (bits_ & notes.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend bool operator==(const NoteSet&, const NoteSet&) = default;

 private:
  friend struct Packing;
  static constexpr std::uint64_t bit(Note note) { return std::uint64_t{1} << static_cast<unsigned>(note); }

  std::uint64_t bits_ = 0;
};

/// What is settled about a note in every language.
struct NoteRule {
  Note note{};
  std::string_view name;      // in JSON, on the command line, in the docs
  std::string_view sections;  // RFC and section, commas between; empty where it is about the capture alone
  NoteSet with;               // it never stands without one of these
  NoteSet replaces;           // it stands in place of these, though their own conditions may hold as well
};

namespace notes {
using enum Note;

// clang-format off
inline constexpr std::array<NoteRule, note_count> rules{{
    {retransmission, "retransmission", "RFC 9293 3.8.1, RFC 6298 5", {}, {}},
    {fast_retransmission, "fast_retransmission", "RFC 5681 3.2, RFC 6675 5", {retransmission}, {}},
    {spurious_retransmission, "spurious_retransmission", "RFC 3522 2, RFC 2883 4",
     {retransmission}, {fast_retransmission, out_of_order}},
    {out_of_order, "out_of_order", "RFC 9293 3.10.7.4, RFC 7323 5.2", {}, {retransmission}},
    {duplicate_ack, "duplicate_ack", "RFC 5681 2", {}, {}},
    {zero_window, "zero_window", "RFC 9293 3.8.6", {}, {}},
    {zero_window_probe, "zero_window_probe", "RFC 9293 3.8.6.1",
     {}, {keep_alive, retransmission, spurious_retransmission}},
    {zero_window_probe_ack, "zero_window_probe_ack", "RFC 9293 3.8.6.1", {zero_window}, {challenge_ack}},
    {window_update, "window_update", "RFC 9293 3.8.6.2.2", {}, {}},
    {window_full, "window_full", "RFC 9293 3.8.6, RFC 7323 2.2", {}, {}},
    {keep_alive, "keep_alive", "RFC 9293 3.8.4", {}, {retransmission, spurious_retransmission}},
    {keep_alive_ack, "keep_alive_ack", "RFC 9293 3.8.4", {}, {challenge_ack, duplicate_ack}},
    {port_reused, "port_reused", "RFC 9293 3.4.1", {}, {}},
    {lost_segment, "lost_segment", "", {}, {}},
    {acked_unseen, "acked_unseen", "", {}, {}},
    {refused, "refused", "RFC 9293 3.10.7.3", {}, {}},
    {reset, "reset", "RFC 9293 3.10.7.4, RFC 9293 3.5.3", {}, {}},
    {reset_ignored, "reset_ignored", "RFC 9293 3.10.7.4, RFC 5961 3.2", {}, {}},
    {challenge_ack, "challenge_ack", "RFC 5961 3.2, RFC 9293 3.10.7.4", {}, {window_update, duplicate_ack}},
    {half_close, "half_close", "RFC 9293 3.6.1", {}, {}},
    {simultaneous_open, "simultaneous_open", "RFC 9293 3.5", {}, {}},
    {simultaneous_close, "simultaneous_close", "RFC 9293 3.6", {}, {}},
    {self_connect, "self_connect", "RFC 9293 3.5", {}, {}},
    {data_in_syn, "data_in_syn", "RFC 7413 4.2", {}, {}},
    {data_after_fin, "data_after_fin", "RFC 9293 3.6", {}, {}},
    {inconsistent_retransmission, "inconsistent_retransmission", "RFC 9293 3.8.1", {retransmission, out_of_order}, {}},
    {duplicate_frame, "duplicate_frame", "",
     {}, {retransmission, fast_retransmission, spurious_retransmission, out_of_order, duplicate_ack}},
    {illegal_flags, "illegal_flags", "RFC 9293 3.10.7", {}, {}},
    {urgent, "urgent", "RFC 9293 3.8.5, RFC 6093", {}, {}},
    {fragment, "fragment", "RFC 791 3.2, RFC 8200 4.5", {}, {}},
    {truncated, "truncated", "", {}, {}},
    {tunnel, "tunnel", "RFC 2003, RFC 2784, RFC 7348", {}, {}},
    {offload_length, "offload_length", "RFC 791 3.1, RFC 2675", {}, {}},
    {port_unreachable, "port_unreachable", "RFC 792, RFC 4443 3.1", {}, {}},
    {never_delivered, "never_delivered", "RFC 9293 3.8.1, RFC 3522 3, RFC 2883 4", {}, {}},
    {bad_checksum, "bad_checksum", "RFC 1071, RFC 9293 3.1, RFC 1122 3.2.1.2", {}, {}},
    {ack_of_nothing_sent, "ack_of_nothing_sent", "RFC 9293 3.10.7.4", {}, {acked_unseen}},
    {old_connection, "old_connection", "RFC 9293 3.4.2, RFC 9293 3.10.7.4", {}, {}},
}};
// clang-format on

consteval bool in_order() {
  for (std::size_t i = 0; i < note_count; ++i)
    if (rules[i].note != static_cast<Note>(i)) return false;
  return true;
}
static_assert(in_order());
}  // namespace notes

constexpr const NoteRule& rule_of(Note note) { return notes::rules[static_cast<std::size_t>(note)]; }
constexpr std::string_view to_string(Note note) { return rule_of(note).name; }

}  // namespace echolab::capture
