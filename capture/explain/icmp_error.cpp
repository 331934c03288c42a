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

/// At which port nobody listens, or where in the packet the header is wrong; empty where it is not told.
std::string place_of(const IcmpError& error, const Catalog& words) {
  if (report_of(error) == IcmpReport::port_unreachable) {
    if (!error.quoted_destination) return std::string(words[Phrase::that_port]);
    return fmt::format("{} {}", ip_protocol_name(error.quoted_protocol), to_string(*error.quoted_destination));
  }
  if (!error.pointer) return {};
  const std::string_view field = ip_field_at(error.v6, *error.pointer);
  return filled(words[field.empty() ? Phrase::at_byte : Phrase::at_field], {.name = field, .offset = *error.pointer});
}

void say_report(std::string& text, const IcmpError& error, const Catalog& words) {
  const std::string source = to_string(error.source), place = place_of(error, words);
  const std::string bytes = byte_count(error.next_mtu.value_or(0), words);
  say(text, words.icmp_reports[static_cast<std::size_t>(report_of(error))],
      {.bytes = bytes, .source = source, .place = place});
}

void say_quote(std::string& text, const Observation& seen, const IcmpError& error, const Catalog& words) {
  const bool ports_quoted = error.quoted_source && error.quoted_destination;
  const bool ends_quoted = ports_quoted || (error.quoted_sender && error.quoted_receiver);
  if (!ends_quoted) return say(text, words[Phrase::icmp_quotes_little], {});
  const std::string protocol = ip_protocol_name(error.quoted_protocol);
  const std::string source = ports_quoted ? to_string(*error.quoted_source) : to_string(*error.quoted_sender);
  const std::string destination =
      ports_quoted ? to_string(*error.quoted_destination) : to_string(*error.quoted_receiver);
  Blanks blanks{.source = source, .destination = destination, .protocol = protocol};
  if (seen.stream) {
    blanks.number = seen.stream->number;
    say(text, words[Phrase::icmp_quotes_stream], blanks);
  } else if (error.quoted_identification) {
    const std::string identification = identification_text(*error.quoted_identification, error.v6);
    blanks.identification = identification;
    say(text, words[Phrase::icmp_quotes_fragment], blanks);
  } else {
    say(text, words[Phrase::icmp_quotes], blanks);
  }
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
