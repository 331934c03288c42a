#include "tools/timeline/sniffer.hpp"

#include <fmt/format.h>

#include "capture/decode/decode.hpp"
#include "capture/explain/post.hpp"

namespace echolab::timeline {
namespace {

/// The port's own packets, and the ICMP errors that may quote them: those answer a datagram that nobody takes.
std::string filter(std::uint16_t port, Protocol protocol) {
  if (protocol == Protocol::tcp) return fmt::format("tcp port {}", port);
  return fmt::format("udp port {} or icmp[icmptype] == icmp-unreach or (icmp6 and ip6[40] == 1)", port);
}

bool is_routine(const capture::Observation& seen, const capture::Annotation& meaning) {
  if (meaning.severity == capture::Severity::warning) return false;
  if (!seen.tcp) return std::holds_alternative<capture::Datagram>(seen.decoded);
  return !seen.tcp->client.changed() && !seen.tcp->server.changed() && !capture::post_of(seen) &&
         seen.tcp->take_back_count == 0;
}

}  // namespace

Sniffer::Opened Sniffer::open(const std::string& interface, std::uint16_t port, Protocol protocol,
                              capture::Language language, Words words) {
  // Immediate mode: a packet is in the ring before the call that it ends returns. Headers are enough, and bursts fit.
  capture::LiveOptions options{
      .interface = interface, .filter = filter(port, protocol), .snaplen = 256, .immediate = true};
  auto opened = capture::PacketSource::open_live(options);
  if (auto* error = std::get_if<capture::SourceError>(&opened)) return std::move(*error);
  return Sniffer(std::get<capture::PacketSource>(std::move(opened)), language, std::move(words));
}

void Sniffer::read(std::vector<Sighting>& sightings) {
  while (const auto packet = source_.next()) {
    const capture::Observation seen = observer_.observe(*packet, capture::decode(*packet));
    // A packet that the interface shows twice (`any`) is told once; one that belongs to no conversation is not ours.
    if (!seen.stream || seen.notes.has(capture::Note::duplicate_frame)) continue;
    const capture::Annotation meaning = capture::explain(seen, language_);
    sightings.push_back({.time = packet->time,
                         .stream = *seen.stream,
                         .tcp = seen.tcp,
                         .routine = is_routine(seen, meaning),
                         .words = words_(seen, meaning)});
  }
}

}  // namespace echolab::timeline
