// Every sentence of the sniffer, in each language. Compiled in: a missing locale must not turn Korean into English.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "capture/explain/explain.hpp"
#include "capture/explain/note_text.hpp"
#include "capture/explain/post.hpp"
#include "capture/track/note.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/transition.hpp"

namespace echolab::capture {

/// A packet's role in its conversation, in a few words.
enum class Headline : std::uint8_t {
  syn,
  syn_ack,
  crossed_syn,
  crossed_syn_ack,  // of an end that has sent a SYN itself
  handshake_ack,
  data,
  ack,
  fin,
  second_fin,
  ack_of_fin,
  refusal,
  reset,
  ignored_reset,
  no_flags,
  zero_window_probe,
  keep_alive,
  window_update,
  duplicate_ack,
  again,           // {name} is the headline of the original
  captured_again,  // the same
  datagram,
  empty_datagram,
  first_fragment,  // {name} is the headline of what it begins
  icmp_error,
  malformed,
};
inline constexpr std::size_t headline_count = 25;

/// What an ICMP or ICMPv6 error reports.
enum class IcmpReport : std::uint8_t {
  port_unreachable,
  host_unreachable,
  network_unreachable,
  protocol_unreachable,
  packet_too_big,
  larger_than_mtu,  // {bytes}: the same, where the router tells how large it may be
  prohibited,
  unreachable,
  hops_exceeded,
  reassembly_time_exceeded,
  parameter_problem,
  erroneous_field,      // {place}
  unknown_next_header,  // {place}
  unknown_option,       // {place}
  incomplete_headers,
  missing_option,
  bad_length,
  source_quench,
  redirect,
  unknown,
};
inline constexpr std::size_t icmp_report_count = 20;

/// What an ICMP or ICMPv6 message that is no error is for.
enum class IcmpPurpose : std::uint8_t {
  echo_request,
  echo_reply,
  timestamp,
  timestamp_reply,
  router_solicitation,
  router_advertisement,
  neighbor_solicitation,
  neighbor_check,  // a solicitation to the neighbor itself
  neighbor_advertisement,
  redirect,
  listener_query,
  listener_report,
  listener_done,
  unknown,
};
inline constexpr std::size_t icmp_purpose_count = 14;

/// Everything else.
enum class Phrase : std::uint8_t {
  client,
  server,  // fill {who} and {peer}
  one_byte,
  many_bytes,  // fill {bytes}
  one_packet,
  many_packets,  // {name} is a list; fill {frames}
  last_of_list,  // before the last one
  moves,
  stays,             // fill {move}
  assumed,           // fills {assumed}
  assumed_no_copy,   // the same, of the sender
  asks,              // in place of an active open that no program need have made: {move}
  copy_of,           // fills {copy}
  copy_of_at,        // the same, {time} behind it
  other_options,     // the same, of a SYN
  part_of,           // the same, of a segment that was cut anew
  parts_of,          // the same: {frame} to {number}
  too_soon,          // of a copy
  too_soon_alone,    // the same, where the capture has nothing of the {peer}
  reported_missing,  // of a copy
  still_full,        // {number}: of a copy that ends where the window does
  never_filled,      // {time}: of a hole
  still_waited,      // {who}: of a SYN
  still_waited_there,
  number_wraps,
  listener_unknown,  // after a SYN
  sends_data,
  carries_data,
  takes_syn_data,   // {number}: bytes of the SYN's data that a SYN,ACK acknowledges
  leaves_syn_data,  // it acknowledges none of it
  data_at_once,     // of a SYN's data
  confirms,
  sends_nothing,
  reset_again,
  reset_answers,          // without ACK: RFC 9293, 3.10.7.1
  reset_answers_packet,   // the same, where it can be told: {frame}
  broke_off_before,       // and that packet was believed to have moved it: {from}, {to}
  reset_perhaps_answers,  // {frame}
  reset_why,              // in place of a FIN
  sent_before,            // {frame}
  overtaken,
  window_opens,
  gives_no_cookie,
  misplaced_fin,       // {number}, which data has taken
  fin_in_syn_place,    // the same, which the SYN has
  one_direction,       // {peer}
  fin_perhaps_missed,  // it shows that there are numbers which the capture has not
  gap_without_peer,    // {peer}: of what the capture lacks
  reset_perhaps_fits,  // the same, of an RST that is ignored
  perhaps_fin,         // {peer}: of a number that the capture does not hold
  closes_unknown,      // a FIN from an end of which nothing was known
  answered_before,     // {frame}
  arrived_in_part,     // {frame}, {number}: the first that had not
  fin_came_before,     // without an ACK: {frame}
  fin_without_ack,     // in place of the note on its flags
  states_stay,
  now_known,       // a state that the packet shows without a rule: the capture joined late
  may_still_send,  // after the ACK of a FIN
  joined_late,
  only_reset_yet,  // the same, where an RST is all that there is so far
  client_guessed,
  client_guessed_by_order,  // both ports are the same
  looks_like_an_answer,     // UDP: {number}, a server's port, speaks first
  taken_back_lost,
  taken_back_lost_at,      // the same, and {time}
  taken_back_answer_lost,  // its own packet again: the answer had not arrived
  taken_back_crossed,
  taken_back_both_fins,
  taken_back_still_sends,
  arrived_after_all,  // {frames}
  answers,            // fills {answer}
  answers_either,     // {number}, or its copy {frame}
  answers_at_once,    // the same, where the round trip is known: {time}
  offers,             // {name}: the options of a SYN
  scale_too_wide,     // {number}: one of these
  asks_for_cookie,
  brings_cookie,  // {bytes}
  gives_cookie,   // {bytes}
  as_experiment,  // of such a cookie
  sack_block_in_syn,
  sack_in_syn,         // {number} of them
  options_cut,         // {bytes} of the TCP header
  option_cut,          // the same, inside the option {name} of kind {number}, which takes {had} bytes
  last_option_cut,     // the same, where it fills the header
  unknown_name,        // of an option
  reports,             // {name}: selective acknowledgements
  reports_twice,       // {name}: numbers that came twice
  reports_syn_twice,   // number 0 alone
  reports_unsent,      // {name}: numbers that the capture has not seen the peer send
  reports_foreign,     // {name}: numbers that it cannot have taken
  reports_copy,        // after it: the copy {frame} is just as long
  reports_keep_alive,  // the same, of a keep-alive
  reports_alike,       // after either: {frame} is off by as much
  urgent_beyond,       // {number}, {bytes}
  asks_for_ecn,
  agrees_to_ecn,
  refuses_ecn,
  accurate_ecn,
  reserved_bits,
  congestion_echoed,
  congestion_answered,
  unknown_option,
  misshapen_option,  // {name}, kind {number}: it says {had} bytes, and takes {bytes}
  post_step,
  post_missing,
  sends_datagram,
  sends_to_many,  // the same, where nobody can be called a client
  first_datagram,
  same_ports,    // of the first one
  to_group,      // {destination}
  to_everybody,  // {destination}
  first_answer,
  later_datagram,
  nothing_in_it,
  carries_tunnel,                 // {name} is the tunnel's
  bytes_missing,                  // {bytes}: the IP length reaches so far beyond the frame
  bytes_missing_behind_datagram,  // the same, where they are none of the datagram's
  fragment,                       // {offset} up to, but not including, {end} of the packet {identification}
  first_fragment,                 // the same, of the first
  last_fragment,                  // the same, where nothing follows
  fragment_own_protocol,          // {name}
  fragment_uneven,
  fragment_beyond_largest,  // {number}: the most that all together can have
  datagram_in_fragments,    // {had} of {needed} bytes are here
  segment_in_fragments,
  atomic_fragment,
  atomic_alike,        // after that or behind_atomic: {frame}
  inner_fragment,      // the same, of the one that begins in it
  innermost_fragment,  // {identification}, in {name}
  fragment_headers,    // {number}
  chain,               // {number}, {had}: those that are followed; {name}: what is behind them
  chain_of_fragment,
  chain_cut,                // {number}, {had}
  behind_atomic,            // {identification}
  fragment_copy,            // {frame}
  fragment_same_place,      // the same, where not all of both was captured
  fragment_other_content,   // {offset} up to {end} of {frame}
  fragment_overlap,         // the same, of a part
  fragment_overlap_same,    // the same, where those bytes are the same ones
  fragment_overlap_other,   // the same, where they differ
  overlap_v6,               // goes on after each of the last four
  overlap_v4,               // the same
  fragments_two_ends,       // {end}, and in {frame} {had}
  fragments_end_passed,     // the same
  fragment_beyond_end,      // the same
  fragment_other_hops,      // {field}: {had} here, {number} in {frame}
  fragment_last_hop,        // after it, where it is 1
  fragment_completes,       // {identification}, {bytes}
  fragment_completes_late,  // the same, of one that is not the last of its packet
  held_fragment,            // what that packet is: {offset} up to {end} of the packet {identification}
  held_last_fragment,       // the same, where nothing follows
  fragment_hole,            // of a last fragment: {offset} up to {end}
  one_fragment,
  many_fragments,     // {number}; fill {fragments}
  unfinished_packet,  // in front of one of the next
  unfinished_hole,
  unfinished_end,
  unfinished_overlap_v6,        // {number} is the packet that showed it
  unfinished_overlap_v4,        // the same
  unfinished_disagreement,      // the same
  unfinished_disagreement_too,  // after an overlap
  unfinished_unfit,             // {number}; {name} is one of the next but one
  unfinished_unfits,            // {frames}, the same
  unfit_uneven,
  unfit_beyond,
  unfit_either,
  unfinished_missing,         // after either: {place}
  missing_stretch,            // fills {place}: {offset} up to {end}
  among_others,               // {name} is a list that goes on
  unfinished_inside,          // {identification} is the packet around it
  unfinished_refused,         // {number} is the packet that says so
  unfinished_refused_around,  // the same, of the packet {identification}
  refused_by_one,             // after one of the others: {frames}
  refused_by_many,            // the same
  unfinished_no_reply,        // of an echo request
  reply_of_other_name,        // behind unfinished_no_reply: {frame}
  replies_of_other_name,
  reply_of_other_length,
  replies_of_other_length,
  replies_that_differ,
  unfinished_other_replies,  // {answer}, of which some may be its own, but not more than {name}
  one_request,               // fills {name}: {frame}
  many_requests,             // the same: {number}
  one_reply,                 // fills {answer}: {frame}
  many_replies,              // the same: {number}
  unfinished_hops,           // after one that names packets: {field} is {had} in {frame}, {number} in others
  unfinished_hops_arrived,   // of a ping without an answer
  zero_length,               // IPv4's, in a small packet
  zero_ttl,                  // IPv4's
  zero_hop_limit,            // IPv6's
  no_hops_told_once,         // after either, of the first packet of a conversation
  ip_options_malformed,      // of a segment or datagram that is read all the same
  tcp_options_malformed,     // the same
  that_port,                 // fills {place} of port_unreachable where the quote ends before the ports
  at_byte,                   // fills {place}: {offset}
  at_field,                  // the same, where the field has a {name}
  at_fragment_field,         // the same, in a fragment header
  at_second_fragment_header,
  icmp_quotes,
  icmp_quotes_stream,    // {number}
  icmp_quotes_fragment,  // {identification}
  quoted_here,           // {frame}
  quoted_begins_here,    // {frame}
  quoted_packet_here,    // {frame}: of a packet that is whole
  quoted_put_together,   // out of {identification}, with {frame}
  quoted_absent,
  error_untold,           // after the report of an error
  answers_uneven,         // in place of that
  answers_beyond,         // the same: {number} is the most
  refused_second_header,  // after the report of an error there
  refused_header_inside,  // the same, of what came out of fragments: {offset}
  refused_inside,         // {source} refuses that, a fragment of {identification}
  refused_inside_whole,   // the same, where the capture has all of its fragments
  icmp_quotes_no_ports,
  icmp_quotes_little,
  malformed_absent,         // {name}, {offset}
  malformed_header,         // the packet ends inside it: {bytes}, {had} are there
  malformed_version,        // {had} is no version of IP
  malformed_other_version,  // {had} is not the one of {name}
  malformed_too_small,      // {field} says {had}, and {needed} is the least
  malformed_too_large,      // {field} says {needed}, and there is room for {had}
  at_least,                 // fills {bytes}
  malformed_source,         // of an IP header that ends behind it
  malformed_type,           // {name}, of an ICMP message
  malformed_again,          // {frame}, {time}
};
inline constexpr std::size_t phrase_count = static_cast<std::size_t>(Phrase::malformed_again) + 1;

inline constexpr std::size_t step_count = 4;
inline constexpr std::size_t verdict_count = 9;

struct Catalog {
  std::array<std::string_view, reason_count> reasons;
  const std::array<NoteText, note_count>& notes;
  std::array<std::string_view, step_count> steps;  // what the post says of each; the first is step 1
  std::array<std::string_view, verdict_count> verdicts;
  std::array<std::string_view, headline_count> headlines;
  std::array<std::string_view, icmp_report_count> icmp_names, icmp_reports;
  std::array<std::string_view, icmp_purpose_count> icmp_purposes;
  std::array<std::string_view, Other::kind_count> other_names, others;
  std::array<std::string_view, phrase_count> phrases;

  std::string_view operator[](Reason key) const { return reasons[static_cast<std::size_t>(key)]; }
  std::string_view operator[](Note key) const { return notes[static_cast<std::size_t>(key)].says; }
  std::string_view operator[](Step key) const { return steps[static_cast<std::size_t>(key) - 1]; }
  std::string_view operator[](PostView::Verdict key) const { return verdicts[static_cast<std::size_t>(key)]; }
  std::string_view operator[](IcmpPurpose key) const { return icmp_purposes[static_cast<std::size_t>(key)]; }
  std::string_view operator[](Headline key) const { return headlines[static_cast<std::size_t>(key)]; }
  std::string_view operator[](Phrase key) const { return phrases[static_cast<std::size_t>(key)]; }
};

extern const Catalog catalog_en, catalog_ko;
inline const Catalog& catalog(Language language) { return language == Language::ko ? catalog_ko : catalog_en; }

/// One entry of a catalog with the key that it belongs to.
template <class Key>
struct Entry {
  Key key;
  std::string_view sentence;
};

/// Makes the array of a catalog. An entry that is missing, out of order or empty does not compile.
template <class Key, std::size_t size>
consteval std::array<std::string_view, size> entries(const Entry<Key> (&rows)[size], std::size_t first = 0) {
  std::array<std::string_view, size> sentences{};
  for (std::size_t i = 0; i < size; ++i) {
    if (static_cast<std::size_t>(rows[i].key) != first + i) throw "an entry is missing or out of order";
    if (rows[i].sentence.empty()) throw "an entry is empty";
    sentences[i] = rows[i].sentence;
  }
  return sentences;
}

}  // namespace echolab::capture
