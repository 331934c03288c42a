// The lines about what packets come to: a conversation, an IP packet in fragments, the capture.
#include <utility>

#include "capture/render/json.hpp"
#include "capture/render/json_parts.hpp"

namespace echolab::capture {
namespace {

/// Why the other ones were not followed: "others":{"not_ip":2,"cut":1}.
void append_others(JsonBuffer& out, const CaptureSummary& summary) {
  append(out, ",\"others\":{");
  std::string_view comma;
  for (std::size_t kind = 0; kind < summary.others.size(); ++kind) {
    if (summary.others[kind] == 0) continue;
    append<"{}\"{}\":{}">(out, comma, kind_name(static_cast<Other::Kind>(kind)), summary.others[kind]);
    comma = ",";
  }
  append(out, "}");
}

/// "rtt":{"to_server":"0.000013000",...}: what is not known is not there.
void append_round_trip(JsonBuffer& out, const RoundTrip& trip) {
  if (!trip.to_server && !trip.to_client) return;
  append(out, ",\"rtt\":{");
  std::string_view comma;
  for (const auto& [name, time] : {std::pair("to_server", trip.to_server), std::pair("to_client", trip.to_client),
                                   std::pair("initial", trip.initial())}) {
    if (!time) continue;
    append(out, std::exchange(comma, ","));
    append_seconds(out, name, *time);
  }
  append(out, "}");
}

void append_times(JsonBuffer& out, std::string_view side, const StateTimes& times) {
  append<",\"{}_times\":{{">(out, side);
  std::string_view comma;
  for (int i = 0; i < state_count; ++i) {
    const auto state = static_cast<State>(i);
    if (!times.has(state)) continue;
    append(out, std::exchange(comma, ","));
    append_seconds(out, to_string(state), times.of(state));
  }
  append(out, "}");
}

void append_course(JsonBuffer& out, const StreamSummary& summary) {
  append<
      ",\"client_certainty\":\"{}\",\"server_certainty\":\"{}\",\"retransmissions_client\":{},"
      "\"retransmissions_server\":{},\"never_delivered\":{}">(
      out, to_string(summary.client_certainty), to_string(summary.server_certainty), summary.retransmissions_client,
      summary.retransmissions_server, summary.never_delivered);
  if (summary.missed_client + summary.missed_server > 0)
    append<",\"missed_client\":{},\"missed_server\":{}">(out, summary.missed_client, summary.missed_server);
  append_round_trip(out, summary.round_trip);
  if (summary.handshake_took) {
    append(out, ",");
    append_seconds(out, "handshake_time", *summary.handshake_took);
  }
  if (summary.closed != StreamSummary::Closed::not_yet)
    append<",\"closed_by\":\"{}\",\"closed_with\":\"{}\"">(out, to_string(summary.closed_by),
                                                           to_string(summary.closed));
  if (summary.captured_twice > 0) append<",\"captured_twice\":{}">(out, summary.captured_twice);
  if (summary.opened_at_once) append(out, ",\"opened_at_once\":true");
  if (summary.closed_at_once) append(out, ",\"closed_at_once\":true");
  if (summary.reset_by) append<",\"reset_by\":\"{}\"">(out, to_string(*summary.reset_by));
  if (summary.fin_missed) append<",\"fin_missed\":\"{}\"">(out, to_string(*summary.fin_missed));
  append_times(out, "client", summary.client_times);
  append_times(out, "server", summary.server_times);
}

/// "notes":{"retransmission":3}: how many packets had each.
void append_note_counts(JsonBuffer& out, const CaptureSummary& summary) {
  append(out, ",\"notes\":{");
  std::string_view comma;
  for (std::size_t i = 0; i < note_count; ++i)
    if (summary.notes[i] > 0)
      append<"{}\"{}\":{}">(out, std::exchange(comma, ","), to_string(static_cast<Note>(i)), summary.notes[i]);
  append(out, "}");
}

/// "states":{"client":{"SYN_SENT":{"count":2,"min":"0.000013000",...}},"server":{}}.
void append_stays(JsonBuffer& out, const StayStatistics& stays) {
  std::string_view before = ",\"states\":{";
  for (const Side side : {Side::client, Side::server}) {
    append<"{}\"{}\":{{">(out, std::exchange(before, ","), to_string(side));
    std::string_view comma;
    for (int i = 0; i < state_count; ++i) {
      const Durations& lasted = stays.of(side, static_cast<State>(i));
      if (lasted.count() == 0) continue;
      append<"{}\"{}\":{{\"count\":{},">(out, std::exchange(comma, ","), to_string(static_cast<State>(i)),
                                         lasted.count());
      append_seconds(out, "min", lasted.least());
      append(out, ",");
      append_seconds(out, "median", lasted.median());
      append(out, ",");
      append_seconds(out, "max", lasted.most());
      append(out, "}");
    }
    append(out, "}");
  }
  append(out, "}");
}

std::string_view name(UnfinishedPacket::Why why) {
  switch (why) {
    case UnfinishedPacket::Why::incomplete: return "incomplete";
    case UnfinishedPacket::Why::overlap: return "overlap";
    case UnfinishedPacket::Why::disagreement: return "disagreement";
    case UnfinishedPacket::Why::unfit: break;
  }
  return "unfit";
}

std::string_view name(Protocol protocol) { return protocol == Protocol::tcp ? "tcp" : "udp"; }

}  // namespace

std::string to_json(const StreamSummary& summary) {
  JsonBuffer out;
  append<
      "{{\"v\":1,\"kind\":\"stream\",\"stream\":{},\"proto\":\"{}\",\"client\":\"{}\",\"server\":\"{}\","
      "\"packets\":{}">(out, summary.number, name(summary.protocol), to_string(summary.client),
                        to_string(summary.server), summary.packets);
  if (summary.protocol == Protocol::tcp)
    append<",\"client_state\":\"{}\",\"server_state\":\"{}\",\"handshake\":\"{}\",\"retransmissions\":{}">(
        out, to_string(summary.client_state), to_string(summary.server_state), to_string(summary.handshake),
        summary.retransmissions());
  append<",\"bytes_client\":{},\"bytes_server\":{},\"packets_client\":{},\"packets_server\":{}">(
      out, summary.bytes_client, summary.bytes_server, summary.packets_client, summary.packets_server);
  if (summary.first != no_time) {
    append(out, ",");
    append_seconds(out, "start", summary.first.time_since_epoch());
  }
  if (const auto lasted = summary.duration()) {
    append(out, ",");
    append_seconds(out, "duration", *lasted);
  }
  if (summary.icmp_errors > 0)
    append<",\"icmp_errors\":{},\"first_icmp\":{{\"frame\":{},\"type\":{},\"code\":{}}}">(
        out, summary.icmp_errors, summary.first_icmp.frame, summary.first_icmp.type, summary.first_icmp.code);
  if (summary.protocol == Protocol::tcp) append_course(out, summary);
  append(out, "}");
  return out;
}

namespace {

/// The frame that showed what is wrong, or what is not there.
void append_cause(JsonBuffer& out, const UnfinishedPacket& packet) {
  if (packet.why != UnfinishedPacket::Why::incomplete) return append<",\"by\":{}">(out, packet.frame);
  append<",\"hole\":{{\"offset\":{}">(out, packet.hole.offset);
  if (packet.hole.offset < packet.hole.end) append<",\"end\":{}">(out, packet.hole.end);
  append(out, "}");
}

}  // namespace

std::string to_json(const UnfinishedPacket& packet, std::string_view text) {
  JsonBuffer out;
  append<"{{\"v\":1,\"kind\":\"unfinished\",\"frame\":{}">(out, packet.first_frame);
  append_ends(out, packet.source, packet.destination);
  append<",\"id\":{},\"protocol\":{},\"fragments\":{},\"why\":\"{}\"">(out, packet.identification, packet.protocol,
                                                                       packet.fragments, name(packet.why));
  append_cause(out, packet);
  append(out, ",\"text\":");
  append_json_string(out, text);
  append(out, "}");
  return out;
}

std::string to_json(const CaptureSummary& summary) {
  JsonBuffer out;
  append<
      "{{\"v\":1,\"kind\":\"summary\",\"packets\":{},\"tcp\":{},\"udp\":{},\"icmp\":{},\"other\":{},"
      "\"malformed\":{}">(out, summary.packets, summary.tcp, summary.udp, summary.icmp, summary.other,
                          summary.malformed);
  if (summary.other > 0) append_others(out, summary);
  if (summary.let_go_early > 0) append<",\"let_go_early\":{}">(out, summary.let_go_early);
  if (summary.left_out > 0) append<",\"streams_left_out\":{}">(out, summary.left_out);
  if (summary.unfiltered > 0) append<",\"unfiltered\":{}">(out, summary.unfiltered);
  if (summary.received) append<",\"received\":{}">(out, *summary.received);
  if (summary.dropped) append<",\"dropped\":{}">(out, *summary.dropped);
  if (summary.shown) append<",\"shown\":{}">(out, *summary.shown);
  append_note_counts(out, summary);
  append_stays(out, summary.stays);
  append(out, "}");
  return out;
}

}  // namespace echolab::capture
