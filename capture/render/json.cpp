#include "capture/render/json.hpp"

#include <utility>

#include "capture/render/json_parts.hpp"

namespace echolab::capture {
namespace {

template <class... Kinds>
struct Overloaded : Kinds... {
  using Kinds::operator()...;
};
template <class... Kinds>
Overloaded(Kinds...) -> Overloaded<Kinds...>;

std::string_view protocol_name(const Decoded& decoded) {
  return std::visit(Overloaded{[](const Segment&) { return "tcp"; },  //
                               [](const Datagram&) { return "udp"; },
                               [](const IcmpError& error) { return error.v6 ? "icmp6" : "icmp"; },
                               [](const Other& other) {
                                 if (other.kind != Other::Kind::icmp) return "other";
                                 return other.v6 ? "icmp6" : "icmp";
                               },
                               [](const Malformed&) { return "malformed"; }},
                    decoded);
}

void append_time(JsonBuffer& out, Time time) {
  append(out, FMT_COMPILE(",\"time\":\"{}\""), std::string_view(UnixTime(time)));
}

void append_stream(JsonBuffer& out, const Observation& observation) {
  if (observation.stream) append(out, FMT_COMPILE(",\"stream\":{}"), observation.stream->number);
}

void append_sender(JsonBuffer& out, const Observation& observation) {
  if (observation.stream) append(out, FMT_COMPILE(",\"from\":\"{}\""), to_string(observation.stream->from));
}

void append_side(JsonBuffer& out, std::string_view side, const SideChange& change) {
  append(out, FMT_COMPILE(",\"{}\":{{\"before\":\"{}\",\"after\":\"{}\",\"certainty\":\"{}\"}}"), side,
         to_string(change.before), to_string(change.after), to_string(change.certainty));
}

void append_steps(JsonBuffer& out, const TcpView& tcp) {
  if (tcp.step_bits == 0) return;
  append(out, ",\"steps\":[");
  std::string_view comma;
  for (const Step step : {Step::syn, Step::syn_ack, Step::ack, Step::data}) {
    if (!tcp.is_step(step)) continue;
    append(out, FMT_COMPILE("{}{}"), comma, static_cast<int>(step));
    comma = ",";
  }
  append(out, "]");
}

void append_post(JsonBuffer& out, const TcpView& tcp, std::string_view why) {
  append_steps(out, tcp);
  if (!tcp.post) return;
  append(out, FMT_COMPILE(",\"post\":{{\"step\":{},\"agrees\":{}"), static_cast<int>(tcp.post->step),
         tcp.post->agrees());
  if (tcp.post->missing) append(out, ",\"missing\":true");
  append(out, ",\"why\":");
  append_json_string(out, why);
  append(out, "}");
}

void append_take_backs(JsonBuffer& out, const TcpView& tcp) {
  if (tcp.take_backs().empty()) return;
  append(out, ",\"taken_back\":[");
  std::string_view comma;
  for (const TakeBack& back : tcp.take_backs()) {
    append(out, FMT_COMPILE("{}{{\"side\":\"{}\",\"believed\":\"{}\",\"truth\":\"{}\",\"frame\":{},\"lost\":{}}}"),
           comma, to_string(back.side), to_string(back.believed), to_string(back.truth), back.frame, back.lost);
    comma = ",";
  }
  append(out, "]");
}

void append_frames(JsonBuffer& out, std::string_view name, const std::vector<std::uint64_t>& frames) {
  if (frames.empty()) return;
  append(out, FMT_COMPILE(",\"{}\":["), name);
  std::string_view comma;
  for (const std::uint64_t frame : frames) {
    append(out, FMT_COMPILE("{}{}"), comma, frame);
    comma = ",";
  }
  append(out, "]");
}

/// What the packet says of earlier ones, by their frames; times in seconds, as `time`.
void append_relations(JsonBuffer& out, const TcpView& tcp) {
  if (const auto& acknowledged = tcp.acknowledges) {
    append(out, FMT_COMPILE(",\"acks\":{{\"frame\":{}"), acknowledged->frame);
    if (acknowledged->or_frame > 0) append(out, FMT_COMPILE(",\"or\":{}"), acknowledged->or_frame);
    if (acknowledged->after) {
      append(out, ",");
      append_seconds(out, "rtt", *acknowledged->after);
    }
    append(out, "}");
  }
  if (tcp.in_flight > 0) append(out, FMT_COMPILE(",\"in_flight\":{}"), tcp.in_flight);
  if (tcp.duplicate > 0) append(out, FMT_COMPILE(",\"duplicate\":{}"), tcp.duplicate);
  if (tcp.copy_of) append(out, FMT_COMPILE(",\"copy_of\":{}"), *tcp.copy_of);
  if (tcp.answered_before) append(out, FMT_COMPILE(",\"answered_before\":{}"), *tcp.answered_before);
  if (tcp.reset_answers) append(out, FMT_COMPILE(",\"reset_answers\":{}"), tcp.reset_answers->frame);
  append_frames(out, "never_delivered", tcp.never_delivered);
  append_frames(out, "arrived_after_all", tcp.arrived_after_all);
}

/// The options that a SYN offers, or that say something of their own. SACK blocks are raw numbers.
void append_options(JsonBuffer& out, const Segment& segment) {
  const TcpOptions& options = segment.options;
  std::string_view before = ",\"options\":{";
  const auto add = [&](std::string_view name, std::integral auto value) {
    append(out, FMT_COMPILE("{}\"{}\":{}"), before, name, value);
    before = ",";
  };
  if (options.maximum_segment_size) add("mss", *options.maximum_segment_size);
  if (options.window_scale) add("window_scale", static_cast<int>(*options.window_scale));
  if (options.sack_permitted) add("sack_permitted", true);
  if (segment.flags.syn() && options.timestamp_value) add("timestamps", true);
  if (options.fast_open_cookie) {
    add("fast_open", true);
    add("fast_open_cookie", static_cast<int>(*options.fast_open_cookie));
  }
  if (options.unknown_kind != 0) add("unknown", static_cast<int>(options.unknown_kind));
  if (options.sack_blocks > 0) {
    append(out, FMT_COMPILE("{}\"sack\":["), before);
    std::string_view comma;
    for (const SackBlock& block : options.sack()) {
      append(out, FMT_COMPILE("{}[{},{}]"), comma, block.left, block.right);
      comma = before = ",";
    }
    append(out, "]");
  }
  if (before == ",") append(out, "}");
}

std::string_view name(FragmentView::Overlap::Content content) {
  switch (content) {
    case FragmentView::Overlap::Content::same: return "same";
    case FragmentView::Overlap::Content::different: return "different";
    case FragmentView::Overlap::Content::unknown: break;
  }
  return "unknown";
}

std::string_view name(FragmentView::Disagreement::Kind kind) {
  switch (kind) {
    case FragmentView::Disagreement::Kind::two_ends: return "two_ends";
    case FragmentView::Disagreement::Kind::end_passed: return "end_passed";
    case FragmentView::Disagreement::Kind::beyond_end: break;
  }
  return "beyond_end";
}

/// What the fragment is beside the others of its packet: what there is nothing to say of is not there.
void append_place_among_others(JsonBuffer& out, const FragmentView& view) {
  if (const auto& other = view.other_hops)
    append(out, FMT_COMPILE(",\"hops\":{},\"other_hops\":{{\"frame\":{},\"hops\":{}}}"), other->hops, other->frame,
           other->there);
  if (const auto& overlap = view.overlap)
    append(out, FMT_COMPILE(",\"overlaps\":{{\"frame\":{},\"offset\":{},\"end\":{},\"whole\":{},\"content\":\"{}\"}}"),
           overlap->frame, overlap->stretch.offset, overlap->stretch.end, overlap->whole, name(overlap->content));
  if (const auto& other = view.disagreement)
    append(out, FMT_COMPILE(",\"disagrees\":{{\"kind\":\"{}\",\"frame\":{},\"end\":{}}}"), name(other->kind),
           other->frame, other->end);
  if (view.completes) append(out, FMT_COMPILE(",\"completes\":{}"), *view.completes);
  if (view.hole) append(out, FMT_COMPILE(",\"hole\":{{\"offset\":{},\"end\":{}}}"), view.hole->offset, view.hole->end);
}

/// Without the brace that ends it.
void append_piece(JsonBuffer& out, const Fragment& piece) {
  append(out, FMT_COMPILE("{{\"id\":{},\"protocol\":{},\"offset\":{},\"length\":{},\"more\":{}"), piece.identification,
         piece.protocol, piece.offset, piece.length, piece.more);
}

/// The fragments that come out where the packet is put together, each inside the one before it.
void append_held(JsonBuffer& out, const std::vector<HeldFragment>& held) {
  append(out, ",\"holds\":[");
  std::string_view comma;
  for (const auto& [piece, beside] : held) {
    append(out, std::exchange(comma, ","));
    append_piece(out, piece);
    append_place_among_others(out, beside);
    append(out, "}");
  }
  append(out, "]");
}

/// The place of a fragment in its packet, in bytes.
void append_fragment(JsonBuffer& out, const IpInfo& ip, const Observation& observation) {
  if (!ip.fragment) return;
  append(out, ",\"fragment\":");
  append_piece(out, *ip.fragment);
  if (observation.fragment) append_place_among_others(out, *observation.fragment);
  if (!observation.held.empty()) append_held(out, observation.held);
  append(out, "}");
}

void append_segment(JsonBuffer& out, const Segment& segment, const Observation& observation,
                    const Annotation& annotation, bool raw_numbers) {
  append_stream(out, observation);
  append_ends(out, segment.source, segment.destination);
  append_sender(out, observation);
  const bool raw = raw_numbers || !observation.tcp;
  append(out,
         FMT_COMPILE(",\"flags\":\"{}\",\"seq\":{},\"ack\":{},\"seq_raw\":{},\"ack_raw\":{},\"len\":{},\"win\":{}"),
         flags(segment.flags), raw ? segment.seq : observation.tcp->seq, raw ? segment.ack : observation.tcp->ack,
         segment.seq, segment.ack, segment.payload_length, segment.window);
  append_fragment(out, segment.ip, observation);
  if (!observation.tcp) return;
  append_side(out, "client", observation.tcp->client);
  append_side(out, "server", observation.tcp->server);
  append_post(out, *observation.tcp, annotation.post);
  append_take_backs(out, *observation.tcp);
  append_relations(out, *observation.tcp);
  append_options(out, segment);
}

void append_datagram(JsonBuffer& out, const Datagram& datagram, const Observation& observation) {
  append_stream(out, observation);
  append_ends(out, datagram.source, datagram.destination);
  append_sender(out, observation);
  append(out, FMT_COMPILE(",\"len\":{}"), datagram.payload_length);
  append_fragment(out, datagram.ip, observation);
}

void append_icmp(JsonBuffer& out, const IcmpError& error, const Observation& observation) {
  append_ends(out, error.source, error.destination);
  append(out, FMT_COMPILE(",\"type\":{},\"code\":{}"), error.type, error.code);
  if (error.pointer) append(out, FMT_COMPILE(",\"pointer\":{}"), *error.pointer);
  if (error.next_mtu) append(out, FMT_COMPILE(",\"mtu\":{}"), *error.next_mtu);
  append(out, FMT_COMPILE(",\"quoted\":{{\"protocol\":{}"), error.quoted_protocol);
  append_stream(out, observation);
  if (error.quoted_source && error.quoted_destination)
    append_ends(out, *error.quoted_source, *error.quoted_destination);
  else if (error.quoted_sender && error.quoted_receiver)
    append_ends(out, *error.quoted_sender, *error.quoted_receiver);
  if (error.quoted_fragment) append(out, FMT_COMPILE(",\"identification\":{}"), error.quoted_fragment->identification);
  if (observation.quoted && observation.quoted->frame != 0)
    append(out, FMT_COMPILE(",\"frame\":{}"), observation.quoted->frame);
  if (observation.quoted && observation.quoted->out_of)
    append(out, FMT_COMPILE(",\"out_of\":{}"), *observation.quoted->out_of);
  append(out, "}");
  append_fragment(out, error.ip, observation);
}

void append_other(JsonBuffer& out, const Other& other, const Observation& observation) {
  if (other.source && other.destination) append_ends(out, *other.source, *other.destination);
  append(out, FMT_COMPILE(",\"other\":{{\"kind\":\"{}\",\"number\":{}}}"), kind_name(other.kind), other.number);
  append_fragment(out, other.ip, observation);
}

std::string_view field_name(Malformed::Field field) {
  switch (field) {
    case Malformed::Field::header: return "header";
    case Malformed::Field::version: return "version";
    case Malformed::Field::header_length: return "header_length";
    case Malformed::Field::total_length: return "total_length";
    case Malformed::Field::length: return "length";
    case Malformed::Field::data_offset: return "data_offset";
    case Malformed::Field::extension_length: return "extension_length";
  }
  return "header";
}

void append_malformed(JsonBuffer& out, const Malformed& malformed, const Observation& observation) {
  if (malformed.source && malformed.destination) append_ends(out, *malformed.source, *malformed.destination);
  append(out, FMT_COMPILE(",\"error\":{{\"layer\":\"{}\",\"needed\":{},\"had\":{},\"offset\":{},\"field\":\"{}\"}}"),
         malformed.layer, malformed.needed, malformed.had, malformed.offset, field_name(malformed.field));
  append_fragment(out, malformed.ip, observation);
}

void append_notes(JsonBuffer& out, NoteSet notes) {
  append(out, ",\"notes\":[");
  std::string_view comma;
  for (std::size_t i = 0; !notes.empty() && i < note_count; ++i) {
    const auto note = static_cast<Note>(i);
    if (!notes.has(note)) continue;
    append(out, FMT_COMPILE("{}\"{}\""), comma, to_string(note));
    comma = ",";
  }
  append(out, "]");
}

void append_advice(JsonBuffer& out, const Annotation& annotation) {
  if (annotation.advice.empty()) return;
  append(out, ",\"advice\":[");
  std::string_view comma;
  for (const std::string_view sentence : annotation.advice) {
    append(out, comma);
    append_json_string(out, sentence);
    comma = ",";
  }
  append(out, "]");
}

void append_annotation(JsonBuffer& out, const Observation& observation, const Annotation& annotation) {
  append(out, ",\"rules\":[");
  for (std::size_t i = 0; i < annotation.rules.size(); ++i) {
    if (i > 0) append(out, ",");
    append_json_string(out, annotation.rules[i]);
  }
  append(out, "]");
  append_notes(out, observation.notes);
  append_advice(out, annotation);
  append(out, ",\"headline\":");
  append_json_string(out, annotation.headline);
  append(out, ",\"text\":");
  append_json_string(out, annotation.text);
}

}  // namespace

std::string to_json(const Observation& observation, const Annotation& annotation, bool raw_numbers) {
  return to_json(observation, annotation, {.raw_numbers = raw_numbers});
}

std::string to_json(const Observation& observation, const Annotation& annotation, const JsonPacket& as) {
  JsonBuffer out;
  const Packet& packet = observation.packet;
  const bool raw_numbers = as.raw_numbers;
  append(out, FMT_COMPILE("{{\"v\":1,\"kind\":\"{}\"{},\"frame\":{}"), as.kind, as.first, packet.frame);
  append_time(out, packet.time);
  append(out, FMT_COMPILE(",\"length\":{},\"captured\":{},\"proto\":\"{}\""), packet.original_length,
         packet.bytes.size(), protocol_name(observation.decoded));
  std::visit(
      Overloaded{[&](const Segment& segment) { append_segment(out, segment, observation, annotation, raw_numbers); },
                 [&](const Datagram& datagram) { append_datagram(out, datagram, observation); },
                 [&](const IcmpError& error) { append_icmp(out, error, observation); },
                 [&](const Other& other) { append_other(out, other, observation); },
                 [&](const Malformed& malformed) { append_malformed(out, malformed, observation); }},
      observation.decoded);
  append_annotation(out, observation, annotation);
  append(out, FMT_COMPILE("{}}}"), as.last);
  return fmt::to_string(out);
}

}  // namespace echolab::capture
