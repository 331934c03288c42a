// The captures of our own that show each note: which file has it, and how that came to be.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "capture/track/observation.hpp"
#include "net/text.hpp"

namespace echolab::test {

/// recorded: kernels sent it, in the lab or on loopback. cut: recorded, and a packet taken out afterwards. written: no
/// kernel sends this; its packets are in written.cpp.
enum class Made : unsigned char { recorded, cut, written };

struct Example {
  capture::Note note;
  std::string_view file;  // docs/samples/notes/FILE.pcap
  Made made = Made::recorded;
};

// clang-format off
inline constexpr std::array<Example, capture::note_count> examples{{
    {capture::Note::retransmission, "lost-data"},
    {capture::Note::fast_retransmission, "burst"},
    {capture::Note::spurious_retransmission, "lost-ack"},
    {capture::Note::out_of_order, "swapped"},
    {capture::Note::duplicate_ack, "burst"},
    {capture::Note::zero_window, "full-window"},
    {capture::Note::zero_window_probe, "full-window"},
    {capture::Note::zero_window_probe_ack, "full-window"},
    {capture::Note::window_update, "full-window"},
    {capture::Note::window_full, "full-window"},
    {capture::Note::keep_alive, "keep-alive"},
    {capture::Note::keep_alive_ack, "keep-alive"},
    {capture::Note::port_reused, "same-port"},
    {capture::Note::lost_segment, "missed", Made::cut},
    {capture::Note::acked_unseen, "missed", Made::cut},
    {capture::Note::refused, "refused"},
    {capture::Note::reset, "same-port"},
    {capture::Note::reset_ignored, "forged-reset"},
    {capture::Note::challenge_ack, "forged-reset"},
    {capture::Note::half_close, "half-close"},
    {capture::Note::simultaneous_open, "crossing-syns"},
    {capture::Note::simultaneous_close, "simultaneous-close"},
    {capture::Note::self_connect, "self-connect"},
    {capture::Note::data_in_syn, "fast-open"},
    {capture::Note::data_after_fin, "after-fin", Made::written},
    {capture::Note::inconsistent_retransmission, "other-bytes", Made::written},
    {capture::Note::duplicate_frame, "doubled"},
    {capture::Note::illegal_flags, "strange-flags", Made::written},
    {capture::Note::urgent, "urgent"},
    {capture::Note::fragment, "fragments"},
    {capture::Note::truncated, "cut-off"},
    {capture::Note::tunnel, "tunnel", Made::written},
    {capture::Note::offload_length, "offload", Made::written},
    {capture::Note::port_unreachable, "udp-closed-port"},
    {capture::Note::never_delivered, "lost-data"},
    {capture::Note::bad_checksum, "bad-checksum", Made::written},
    {capture::Note::ack_of_nothing_sent, "ack-of-nothing", Made::written},
    {capture::Note::old_connection, "old-data", Made::written},
}};
// clang-format on

/// From the project's root: "docs/samples/notes/burst.pcap".
std::string path_of(const Example& example);
/// Where this machine has it.
std::string file_of(const Example& example);

/// The file as it is written: pcap, nanoseconds. Precondition: `name` is one of the written ones.
std::string written_capture(std::string_view name);

/// docs/notes.{en,ko}.md as it is today.
std::string notes_page(echolab::Language language);

}  // namespace echolab::test
