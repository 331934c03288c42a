#include "capture/track/note.hpp"

#include <array>

namespace echolab::capture {

std::string_view to_string(Note note) {
  static constexpr std::array<std::string_view, note_count> names = {"retransmission",
                                                                     "fast_retransmission",
                                                                     "spurious_retransmission",
                                                                     "out_of_order",
                                                                     "duplicate_ack",
                                                                     "zero_window",
                                                                     "zero_window_probe",
                                                                     "zero_window_probe_ack",
                                                                     "window_update",
                                                                     "window_full",
                                                                     "keep_alive",
                                                                     "keep_alive_ack",
                                                                     "port_reused",
                                                                     "lost_segment",
                                                                     "acked_unseen",
                                                                     "refused",
                                                                     "reset_ignored",
                                                                     "challenge_ack",
                                                                     "half_close",
                                                                     "simultaneous_open",
                                                                     "simultaneous_close",
                                                                     "self_connect",
                                                                     "data_in_syn",
                                                                     "data_after_fin",
                                                                     "inconsistent_retransmission",
                                                                     "duplicate_frame",
                                                                     "illegal_flags",
                                                                     "urgent",
                                                                     "fragment",
                                                                     "truncated",
                                                                     "tunnel",
                                                                     "offload_length",
                                                                     "port_unreachable",
                                                                     "never_delivered"};
  return names[static_cast<std::size_t>(note)];
}

}  // namespace echolab::capture
