// The notes: words for what is remarkable about a packet, Wireshark's where it has one.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>

namespace echolab::capture {

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
};
inline constexpr std::size_t note_count = 34;

/// "fast_retransmission": the word in JSON and in the docs.
std::string_view to_string(Note note);

class NoteSet {
 public:
  NoteSet& add(Note note) {
    bits_.set(static_cast<std::size_t>(note));
    return *this;
  }
  NoteSet& remove(Note note) {
    bits_.reset(static_cast<std::size_t>(note));
    return *this;
  }
  bool has(Note note) const { return bits_.test(static_cast<std::size_t>(note)); }
  bool empty() const { return bits_.none(); }
  friend bool operator==(const NoteSet&, const NoteSet&) = default;

 private:
  std::bitset<note_count> bits_;
};

}  // namespace echolab::capture
