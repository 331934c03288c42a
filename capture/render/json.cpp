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
  append_tcp(out, observation, annotation.post);
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
  append(out, FMT_COMPILE(",\"other\":{{\"kind\":\"{}\",\"number\":{}"), kind_name(other.kind), other.number);
  if (other.chain) append(out, FMT_COMPILE(",\"headers\":{}"), other.chain->headers);
  if (other.chain && other.chain->carried) append(out, FMT_COMPILE(",\"carried\":{}"), *other.chain->carried);
  append(out, "}");
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
  if (malformed.source && malformed.destination)
    append_ends(out, *malformed.source, *malformed.destination);
  else if (malformed.source)
    append(out, FMT_COMPILE(",\"src\":\"{}\""), to_string(*malformed.source));
  append(out, FMT_COMPILE(",\"error\":{{\"layer\":\"{}\",\"needed\":{},\"had\":{},\"offset\":{},\"field\":\"{}\""),
         malformed.layer, malformed.needed, malformed.had, malformed.offset, field_name(malformed.field));
  if (malformed.icmp_type) append(out, FMT_COMPILE(",\"type\":{}"), *malformed.icmp_type);
  append(out, "}");
  if (observation.same_as) append(out, FMT_COMPILE(",\"same_as\":{}"), observation.same_as->frame);
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
  if (observation.alike) append(out, FMT_COMPILE(",\"alike\":{}"), *observation.alike);
  append_annotation(out, observation, annotation);
  append(out, FMT_COMPILE("{}}}"), as.last);
  return fmt::to_string(out);
}

}  // namespace echolab::capture
