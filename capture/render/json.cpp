#include "capture/render/json.hpp"

#include <algorithm>
#include <utility>

#include "capture/explain/explain.hpp"
#include "capture/render/annotation.hpp"
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
  if (time == no_time) return append(out, ",\"time\":null");
  append<",\"time\":\"{}\"">(out, std::string_view(UnixTime(time)));
}

/// "comments":["..."]: what a pcapng file says of the packet.
void append_comments(JsonBuffer& out, const Packet& packet) {
  if (packet.comments.empty()) return;
  std::string_view before = ",\"comments\":[";
  for (const std::string_view comment : packet.comments) {
    append(out, std::exchange(before, ","));
    append_json_string(out, comment);
  }
  append(out, "]");
}

void append_stream(JsonBuffer& out, const Observation& observation) {
  if (observation.stream) append<",\"stream\":{}">(out, observation.stream->number);
}

void append_sender(JsonBuffer& out, const Observation& observation) {
  if (observation.stream) append<",\"from\":\"{}\"">(out, to_string(observation.stream->from));
}

void append_segment(JsonBuffer& out, const Segment& segment, const Observation& observation, std::string_view why,
                    bool raw_numbers) {
  append_stream(out, observation);
  append_ends(out, segment.source, segment.destination);
  append_sender(out, observation);
  const bool raw = raw_numbers || !observation.tcp;
  append<",\"flags\":\"{}\",\"seq\":{},\"ack\":{},\"seq_raw\":{},\"ack_raw\":{},\"len\":{},\"win\":{}">(
      out, flags(segment.flags), raw ? segment.seq : observation.tcp->seq, raw ? segment.ack : observation.tcp->ack,
      segment.seq, segment.ack, segment.payload_length, segment.window);
  append_fragment(out, segment.ip, observation);
  if (!observation.tcp) return;
  append_tcp(out, observation, why);
  append_options(out, segment);
}

void append_datagram(JsonBuffer& out, const Datagram& datagram, const Observation& observation) {
  append_stream(out, observation);
  append_ends(out, datagram.source, datagram.destination);
  append_sender(out, observation);
  append<",\"len\":{}">(out, datagram.payload_length);
  append_fragment(out, datagram.ip, observation);
}

void append_icmp(JsonBuffer& out, const IcmpError& error, const Observation& observation) {
  append_ends(out, error.source, error.destination);
  append<",\"type\":{},\"code\":{}">(out, error.type, error.code);
  if (error.pointer) append<",\"pointer\":{}">(out, *error.pointer);
  if (error.next_mtu) append<",\"mtu\":{}">(out, *error.next_mtu);
  append<",\"quoted\":{{\"protocol\":{}">(out, error.quoted_protocol);
  append_stream(out, observation);
  if (error.quoted_source && error.quoted_destination)
    append_ends(out, *error.quoted_source, *error.quoted_destination);
  else if (error.quoted_sender && error.quoted_receiver)
    append_ends(out, *error.quoted_sender, *error.quoted_receiver);
  if (error.quoted_identification) append<",\"identification\":{}">(out, *error.quoted_identification);
  append(out, "}");
  if (const auto& ended = observation.connect_ended) append_side(out, to_string(ended->side), ended->change);
  append_fragment(out, error.ip, observation);
}

void append_other(JsonBuffer& out, const Other& other, const Observation& observation) {
  if (other.source && other.destination) append_ends(out, *other.source, *other.destination);
  append<",\"other\":{{\"kind\":\"{}\",\"number\":{}}}">(out, kind_name(other.kind), other.number);
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
    append<",\"src\":\"{}\"">(out, to_string(*malformed.source));
  append<",\"error\":{{\"layer\":\"{}\",\"needed\":{},\"had\":{},\"offset\":{},\"field\":\"{}\"">(
      out, malformed.layer, malformed.needed, malformed.had, malformed.offset, field_name(malformed.field));
  if (malformed.icmp_type) append<",\"type\":{}">(out, *malformed.icmp_type);
  append(out, "}");
  append_fragment(out, malformed.ip, observation);
}

std::string_view protocol_name(const Decoded& decoded, const IpInfo& ip) {
  return ip.header_checksum == Checksum::bad ? "ipv4" : protocol_name(decoded);
}

/// Only what a reader would not expect: a good checksum, and one that nobody can judge, is not told.
void append_checksum(JsonBuffer& out, const Observation& seen) {
  const IpInfo& ip = std::visit([](const auto& what) -> const IpInfo& { return what.ip; }, seen.decoded);
  if (ip.has_bad_checksum())
    append<",\"checksum\":\"bad\",\"checksum_of\":\"{}\"">(out, protocol_name(seen.decoded, ip));
  else if (ip.checksum == Checksum::unfinished || ip.header_checksum == Checksum::unfinished)
    append(out, ",\"checksum\":\"unfinished\"");
  if (ip.missing == 0 || std::holds_alternative<Malformed>(seen.decoded)) return;
  const std::size_t had = ip.promised - ip.missing;
  append<",\"error\":{{\"layer\":\"ip\",\"needed\":{},\"had\":{},\"offset\":{},\"field\":\"total_length\"}}">(
      out, ip.promised, had, seen.packet.original_length - had);
}

void append_notes(JsonBuffer& out, NoteSet notes) {
  append(out, ",\"notes\":[");
  std::string_view comma;
  for (std::size_t i = 0; !notes.empty() && i < note_count; ++i) {
    const auto note = static_cast<Note>(i);
    if (!notes.has(note)) continue;
    append<"{}\"{}\"">(out, comma, to_string(note));
    comma = ",";
  }
  append(out, "]");
}

void append_rules(JsonBuffer& out, const Observation& observation) {
  append(out, ",\"rules\":[");
  if (observation.tcp) {
    std::string_view comma;
    for (const Firing& firing : observation.tcp->firings()) {
      append(out, std::exchange(comma, ","));
      append(out, "\"");
      append(out, rule_text(firing));
      append(out, "\"");
    }
  }
  append(out, "]");
}

/// Words of ours in a JSON string: they have nothing to escape but quotes.
void append_words(std::string& out, std::string_view words) {
  for (const char letter : words) {
    if (letter == '"') out += '\\';
    out += letter;
  }
}

/// Words the sentences of the plan that `takes` takes, in one string.
template <class Takes>
std::string words_of(const Plan& plan, const Wording& wording, Takes takes) {
  std::string words;
  for (const Plan::Item& item : plan.items()) {
    if (item.part || !takes(item.sentence->level)) continue;
    if (!words.empty()) words += ' ';
    wording.append(words, item);
  }
  return words;
}

bool is_text(Level level) { return level == Level::move || level == Level::fact || level == Level::detail; }

void append_advice(std::string& out, const Plan& plan, const Wording& wording) {
  std::string_view before = ",\"advice\":[";
  for (const Plan::Item& item : plan.items()) {
    if (item.sentence->level != Level::advice || item.unsuited) continue;
    std::string words;
    wording.append(words, item);
    out.append(std::exchange(before, ",")).append("\"");
    append_words(out, words);
    out += '"';
  }
  if (before == ",") out += ']';
}

/// `why` is the post's sentence, `words` the members that are worded.
void append_packet(JsonBuffer& out, const Observation& seen, const JsonPacket& as, std::string_view why,
                   std::string_view words) {
  const Packet& packet = seen.packet;
  append<"{{\"v\":1,\"kind\":\"{}\"{},\"frame\":{}">(out, as.kind, as.first, packet.frame);
  append_time(out, packet.time);
  append<",\"length\":{},\"captured\":{},\"proto\":\"{}\"">(out, packet.original_length, packet.bytes.size(),
                                                            protocol_name(seen.decoded));
  append_comments(out, packet);
  std::visit(Overloaded{[&](const Segment& segment) { append_segment(out, segment, seen, why, as.raw_numbers); },
                        [&](const Datagram& datagram) { append_datagram(out, datagram, seen); },
                        [&](const IcmpError& error) { append_icmp(out, error, seen); },
                        [&](const Other& other) { append_other(out, other, seen); },
                        [&](const Malformed& malformed) { append_malformed(out, malformed, seen); }},
             seen.decoded);
  append_checksum(out, seen);
  append_rules(out, seen);
  append_notes(out, seen.notes);
  append(out, words);
  append<"{}}}">(out, as.last);
}

}  // namespace

void PacketJson::append(std::string& out, const Observation& seen, const JsonPacket& as) {
  explain(seen, plan_);
  shape_.clear();
  append_shape(shape_, plan_, numbers_);
  words_.clear();
  const auto takes_step = [](Level level) { return level == Level::post; };
  const bool step = std::ranges::any_of(
      plan_.items(), [](const Plan::Item& it) { return it.sentence->level == Level::post && !it.part; });
  if (step)
    steps_.append(words_, shape_, numbers_, [&](std::string& to, std::vector<std::uint8_t>* slots) {
      append_words(to, words_of(plan_, Wording(plan_, language_, true, slots), takes_step));
    });
  const std::size_t why = words_.size();
  blocks_.append(words_, shape_, numbers_, [&](std::string& to, std::vector<std::uint8_t>* slots) {
    const Wording wording(plan_, language_, true, slots);
    append_advice(to, plan_, wording);
    to += ",\"headline\":\"";
    append_words(to, words_of(plan_, wording, [](Level level) { return level == Level::headline; }));
    to += "\",\"text\":\"";
    append_words(to, words_of(plan_, wording, is_text));
    to += '"';
  });
  append_packet(out, seen, as, std::string_view(words_).substr(0, why), std::string_view(words_).substr(why));
}

std::string to_json(const Observation& seen, Language language, const JsonPacket& as) {
  std::string out;
  PacketJson(language).append(out, seen, as);
  return out;
}

}  // namespace echolab::capture
