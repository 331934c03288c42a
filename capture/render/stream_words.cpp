#include "capture/render/stream_words.hpp"

#include <fmt/format.h>

#include "capture/explain/icmp.hpp"
#include "capture/explain/ports.hpp"
#include "capture/render/digits.hpp"
#include "capture/render/words.hpp"

namespace echolab::capture {

std::string_view handshake_word(StreamSummary::Handshake handshake, Language language) {
  switch (handshake) {
    case StreamSummary::Handshake::unseen: return words::handshake_unseen.in(language);
    case StreamSummary::Handshake::none: return words::handshake_none.in(language);
    case StreamSummary::Handshake::half: return words::handshake_half.in(language);
    case StreamSummary::Handshake::complete: return words::handshake_complete.in(language);
    case StreamSummary::Handshake::refused: return words::handshake_refused.in(language);
  }
  return {};
}

std::string_view side_word(Side side, Language language) {
  return (side == Side::client ? words::client_side : words::server_side).in(language);
}

std::string marked(State state, Certainty certainty) {
  return fmt::format("{}{}", to_string(state), certainty == Certainty::assumed ? "?" : "");
}

std::string closed_by(const StreamSummary& stream, Language language) {
  if (stream.closed == StreamSummary::Closed::not_yet) return "-";
  if (stream.closed_at_once) return fmt::format("{} FIN", words::both_sides.in(language));
  return fmt::format("{} {}", side_word(stream.closed_by, language),
                     stream.closed == StreamSummary::Closed::by_fin ? "FIN" : "RST");
}

namespace {

using words::say;

std::string byte_count(std::uint64_t bytes, Language language) {
  return say(bytes == 1 ? words::one_byte : words::many_bytes, language, bytes);
}

/// "complete in 27 us", where it can be told.
std::string timed(const StreamSummary& summary, const std::string& word, Language language) {
  const auto took = summary.handshake_took, round_trip = summary.round_trip.initial();
  if (!took) return word;
  if (round_trip && round_trip != took)
    return say(words::handshake_again, language, word, duration(*took), duration(*round_trip));
  return say(words::handshake_time, language, word, duration(*took));
}

/// "complete in 15 ms (the SYN,ACK is not in the capture)".
std::string handshake_text(const StreamSummary& summary, Language language) {
  std::string text(handshake_word(summary.handshake, language));
  const bool complete = summary.handshake == StreamSummary::Handshake::complete;
  if (summary.opened_at_once) text = say(words::both_asked, language, text);
  text = timed(summary, text, language);
  if (complete && !summary.syn_seen) text = say(words::without_syn, language, text);
  if (complete && !summary.syn_ack_seen) text = say(words::without_syn_ack, language, text);
  return text;
}

std::string first_closing(const StreamSummary& summary, Language language) {
  const std::string_view closer = side_word(summary.closed_by, language);
  switch (summary.closed) {
    case StreamSummary::Closed::not_yet: break;
    case StreamSummary::Closed::by_fin:
      if (summary.reset_by) return say(words::then_reset, language, closer, side_word(*summary.reset_by, language));
      if (summary.closed_at_once) return std::string(words::closed_at_once.in(language));
      if (summary.handshake == StreamSummary::Handshake::unseen) return say(words::first_fin_seen, language, closer);
      return say(words::closed_by_fin, language, closer);
    case StreamSummary::Closed::by_rst:
      if (summary.handshake == StreamSummary::Handshake::refused) return say(words::refused_by, language, closer);
      if (summary.only_resets) return say(words::only_resets, language, closer);
      return say(words::closed_by_rst, language, closer);
  }
  return std::string(words::not_closed.in(language));
}

std::string closing_text(const StreamSummary& summary, Language language) {
  std::string text = first_closing(summary, language);
  if (!summary.fin_missed) return text;
  return say(words::fin_missed, language, text, side_word(*summary.fin_missed, language));
}

const words::Text& icmp_text(const StreamSummary& summary) {
  if (summary.icmp_errors > 1) return words::many_icmp_errors;
  const bool only_asked = ends_journey(summary.first_icmp) && summary.protocol == Protocol::tcp && summary.syn_seen &&
                          summary.handshake == StreamSummary::Handshake::none;
  return only_asked ? words::syn_answered : words::one_icmp_error;
}

/// "ICMPv6 port unreachable".
std::string icmp_words(const IcmpNotice& notice, Language language) {
  return fmt::format("{} {}", notice.v6 ? "ICMPv6" : "ICMP", icmp_error_name(notice).in(language));
}

/// What ICMP says of it, or nothing.
std::string icmp_course(const StreamSummary& summary, Language language) {
  if (summary.icmp_errors == 0) return {};
  return say(icmp_text(summary), language, icmp_words(summary.first_icmp, language), summary.first_icmp.frame,
             summary.icmp_errors);
}

const words::Text& udp_course(Audience audience) {
  switch (audience) {
    case Audience::one: break;
    case Audience::group: return words::udp_to_group;
    case Audience::everybody: return words::udp_to_everybody;
  }
  return words::udp_stream;
}

/// What else there is to say of a UDP stream's ends.
std::string roles_text(const StreamSummary& summary, Language language) {
  const bool doubted = looks_like_an_answer(summary.client.port, summary.server.port);
  return summary.audience == Audience::one && doubted ? say(words::roles_doubted, language, summary.client.port) : "";
}

/// Behind the count of a TCP stream's packets.
std::string remarks_text(const StreamSummary& summary, Language language) {
  return summary.captured_twice == 0 ? "" : say(words::captured_twice, language, summary.captured_twice);
}

/// "5 bytes (1420 bytes more not in the capture)".
std::string sent_text(std::uint64_t bytes, std::uint64_t missed, bool perhaps_fin, Language language) {
  const std::string seen = byte_count(bytes, language);
  if (perhaps_fin) return say(words::numbers_missed, language, seen, missed);
  return missed == 0 ? seen : say(words::more_missed, language, seen, byte_count(missed, language));
}

/// The line of its own below a TCP stream's ends.
std::string tcp_course(const StreamSummary& summary, Language language) {
  const std::string shares =
      summary.retransmissions() == 0
          ? ""
          : say(words::shares, language, summary.retransmissions_client, summary.retransmissions_server);
  std::string lost = summary.never_delivered == 0 ? "" : say(words::never_arrived, language, summary.never_delivered);
  if (summary.delivered_in_part != 0) lost += say(words::arrived_in_part, language, summary.delivered_in_part);
  return say(words::tcp_stream_course, language, handshake_text(summary, language), summary.retransmissions(), shares,
             closing_text(summary, language), lost) +
         icmp_course(summary, language);
}

}  // namespace

std::string course(const StreamSummary& summary, std::string_view client, std::string_view server, Language language) {
  const std::string sent_client =
                        sent_text(summary.bytes_client, summary.missed_client, summary.end_missed_client, language),
                    sent_server =
                        sent_text(summary.bytes_server, summary.missed_server, summary.end_missed_server, language);
  if (summary.protocol == Protocol::udp)
    return say(udp_course(summary.audience), language, summary.number, summary.packets, client, sent_client, server,
               sent_server) +
           roles_text(summary, language) + icmp_course(summary, language);
  return say(words::tcp_stream, language, summary.number, summary.packets, client, sent_client,
             marked(summary.client_state, summary.client_certainty), server, sent_server,
             marked(summary.server_state, summary.server_certainty), remarks_text(summary, language)) +
         '\n' + tcp_course(summary, language);
}

}  // namespace echolab::capture
