// The story of an ICMP or ICMPv6 error: who reports what, and about which packet.
#include <fmt/format.h>

#include "capture/explain/icmp.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

std::string_view protocol_name(const IcmpError& error) { return error.v6 ? "ICMPv6" : "ICMP"; }

std::string name_of(const IcmpError& error, const Catalog& words) {
  return filled(words.icmp_names[static_cast<std::size_t>(report_of(error))], {.number = error.type});
}

bool has_ports(const IcmpError& error) {
  constexpr int tcp = 6, udp = 17;
  return error.quoted_protocol == tcp || error.quoted_protocol == udp;
}

constexpr std::uint8_t ipv6_fragment = 44;  // the header's protocol number (RFC 8200, 4.5)

/// Whether the pointer is at or behind byte `place`, behind an IPv6 header with a fragment header next to it.
bool points_behind_ip(const IcmpError& error, std::uint32_t place) {
  return error.pointer && error.v6 && error.quoted_headers[0] == ipv6_fragment && *error.pointer >= place;
}

bool points_at_second_fragment_header(const IcmpError& error) {
  return points_behind_ip(error, 48) && error.quoted_headers[1] == ipv6_fragment && *error.pointer < 56;
}

/// At which port nobody listens, or where in the packet the header is wrong; empty where it is not told.
std::string place_of(const IcmpError& error, const Catalog& words) {
  if (report_of(error) == IcmpReport::port_unreachable) {
    if (!error.quoted_destination) return std::string(words[Phrase::that_port]);
    return fmt::format("{} {}", ip_protocol_name(error.quoted_protocol), to_string(*error.quoted_destination));
  }
  if (!error.pointer) return {};
  if (points_at_second_fragment_header(error))
    return filled(words[Phrase::at_second_fragment_header], {.offset = *error.pointer});
  if (points_behind_ip(error, 40) && *error.pointer < 48)
    return filled(words[Phrase::at_fragment_field],
                  {.name = fragment_field_at(*error.pointer - 40), .offset = *error.pointer});
  const std::string_view field = ip_field_at(error.v6, *error.pointer);
  return filled(words[field.empty() ? Phrase::at_byte : Phrase::at_field], {.name = field, .offset = *error.pointer});
}

bool points_at(const IcmpError& error, std::string_view field) {
  if (!error.v6 || !error.pointer) return false;
  if (points_behind_ip(error, 40) && *error.pointer < 48) return fragment_field_at(*error.pointer - 40) == field;
  return ip_field_at(true, *error.pointer) == field;
}

/// What the error at the pointer is, where RFC 8200 4.5 has this answer for it.
Phrase error_found(const IcmpError& error) {
  const auto& piece = error.quoted_fragment;
  if (piece && piece->uneven() && points_at(error, "Payload Length")) return Phrase::answers_uneven;
  if (piece && piece->beyond_largest() && points_at(error, "Fragment Offset")) return Phrase::answers_beyond;
  return Phrase::error_untold;
}

void say_error(std::string& text, const IcmpError& error, const Catalog& words) {
  const std::uint64_t largest = error.quoted_fragment ? error.quoted_fragment->largest : 0;
  say(text, words[error_found(error)], {.number = largest});
  if (points_at_second_fragment_header(error)) say(text, words[Phrase::refused_second_header], {});
}

void say_report(std::string& text, const IcmpError& error, const Catalog& words) {
  const std::string source = to_string(error.source), place = place_of(error, words);
  const std::string bytes = byte_count(error.next_mtu.value_or(0), words);
  say(text, words.icmp_reports[static_cast<std::size_t>(report_of(error))],
      {.bytes = bytes, .source = source, .place = place});
  if (report_of(error) == IcmpReport::erroneous_field) say_error(text, error, words);
}

Phrase phrase_of(const QuotedFragment& quoted) {
  if (quoted.frame == 0) return Phrase::quoted_absent;
  if (quoted.out_of) return Phrase::quoted_put_together;
  return quoted.exact ? Phrase::quoted_here : Phrase::quoted_begins_here;
}

/// Of what came out of fragments a fragment header is refused: receivers point at its first byte.
bool refuses_inner_header(const IcmpError& error) {
  constexpr std::uint32_t behind_ip = 40;
  return report_of(error) == IcmpReport::erroneous_field && error.pointer == behind_ip &&
         error.quoted_headers[0] == ipv6_fragment;
}

void say_quoted_fragment(std::string& text, const QuotedFragment& quoted, const IcmpError& error,
                         const Catalog& words) {
  const std::string outer = identification_text(quoted.out_of.value_or(0), true);
  say(text, words[phrase_of(quoted)], {.identification = outer, .frame = quoted.frame});
  if (!quoted.out_of || !error.refuses_packet()) return;
  if (refuses_inner_header(error)) say(text, words[Phrase::refused_header_inside], {.offset = *error.pointer});
  const std::string source = to_string(error.source),
                    inner = identification_text(error.quoted_fragment->identification, true);
  say(text, words[quoted.whole ? Phrase::refused_inside_whole : Phrase::refused_inside],
      {.source = source, .identification = inner});
}

void say_quote(std::string& text, const Observation& seen, const IcmpError& error, const Catalog& words) {
  const bool ports_quoted = error.quoted_source && error.quoted_destination;
  const bool ends_quoted = ports_quoted || (error.quoted_sender && error.quoted_receiver);
  if (!ends_quoted) return say(text, words[Phrase::icmp_quotes_little], {});
  const bool holds_fragment = error.quoted_fragment && error.quoted_fragment->protocol == ipv6_fragment && error.v6;
  const std::string protocol = ip_protocol_name(holds_fragment ? ipv6_fragment : error.quoted_protocol);
  const std::string source = ports_quoted ? to_string(*error.quoted_source) : to_string(*error.quoted_sender);
  const std::string destination =
      ports_quoted ? to_string(*error.quoted_destination) : to_string(*error.quoted_receiver);
  Blanks blanks{.source = source, .destination = destination, .protocol = protocol};
  if (seen.stream) {
    blanks.number = seen.stream->number;
    say(text, words[Phrase::icmp_quotes_stream], blanks);
  } else if (error.quoted_fragment) {
    const std::string identification = identification_text(error.quoted_fragment->identification, error.v6);
    blanks.identification = identification;
    say(text, words[Phrase::icmp_quotes_fragment], blanks);
    if (seen.quoted) say_quoted_fragment(text, *seen.quoted, error, words);
  } else {
    say(text, words[Phrase::icmp_quotes], blanks);
  }
  if (seen.quoted_atomic) say(text, words[Phrase::quoted_packet_here], {.frame = *seen.quoted_atomic});
  if (has_ports(error) && !ports_quoted) say(text, words[Phrase::icmp_quotes_no_ports], {});
}

}  // namespace

bool ends_journey(const IcmpNotice& error) {
  if (error.v6) return error.type == 1 || error.type == 3 || error.type == 4;
  return error.type == 3 || error.type == 11 || error.type == 12;
}

std::string icmp_error_name(const IcmpNotice& notice, Language language) {
  const IcmpError error{.v6 = notice.v6, .type = notice.type, .code = notice.code};
  return fmt::format("{} {}", protocol_name(error), name_of(error, catalog(language)));
}

Annotation explain_icmp_error(const Observation& seen, const IcmpError& error, const Catalog& words) {
  Annotation told;
  told.headline =
      filled(words[Headline::icmp_error], {.name = name_of(error, words), .protocol = protocol_name(error)});
  say_report(told.text, error, words);
  say_quote(told.text, seen, error, words);
  say_ip(told.text, seen, error.ip, words);
  say_notes(told.text, seen.notes, told_by_ip(error.ip).add(Note::port_unreachable), {}, words);
  told.section = error.v6 ? "RFC 4443" : "RFC 792";
  told.severity = Severity::warning;
  return told;
}

}  // namespace echolab::capture
