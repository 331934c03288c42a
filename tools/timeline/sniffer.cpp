#include "tools/timeline/sniffer.hpp"

#include <fmt/format.h>

#include "capture/decode/decode.hpp"
#include "capture/explain/notes.hpp"
#include "capture/explain/post.hpp"

namespace echolab::timeline {
namespace {

/// The port's own packets, and the ICMP errors that may quote them (RFC 792; RFC 4443, 2.1: types below 128).
std::string filter(std::uint16_t port, Protocol protocol) {
  return fmt::format(
      "{} port {} or (icmp and (icmp[icmptype] == icmp-unreach or icmp[icmptype] == icmp-timxceed or "
      "icmp[icmptype] == icmp-paramprob)) or (icmp6 and ip6[40] < 128)",
      protocol == Protocol::tcp ? "tcp" : "udp", port);
}

bool is_routine(const capture::Observation& seen) {
  const auto* segment = std::get_if<capture::Segment>(&seen.decoded);
  if ((segment && segment->flags.rst()) || severity_of(seen.notes) == capture::Severity::warning) return false;
  if (!seen.tcp) return std::holds_alternative<capture::Datagram>(seen.decoded);
  return !seen.tcp->client.changed() && !seen.tcp->server.changed() && !capture::post_of(seen) &&
         seen.tcp->take_backs().empty();
}

/// The same part of another copy of the packet.
std::span<const std::byte> part_of(std::span<const std::byte> copy, std::span<const std::byte> part,
                                   std::span<const std::byte> whole) {
  return part.empty() ? part : copy.subspan(static_cast<std::size_t>(part.data() - whole.data()), part.size());
}

/// The observation with a copy of its packet.
CapturedPacket kept(const capture::Observation& seen) {
  const auto whole = seen.packet.bytes;
  CapturedPacket kept{.time = seen.packet.time,
                      .stream = *seen.stream,
                      .tcp = seen.tcp,
                      .routine = is_routine(seen),
                      .seen = seen,
                      .bytes = {whole.begin(), whole.end()}};
  kept.seen.packet.bytes = kept.bytes;
  if (auto* segment = std::get_if<capture::Segment>(&kept.seen.decoded))
    segment->payload = part_of(kept.bytes, segment->payload, whole);
  if (auto* datagram = std::get_if<capture::Datagram>(&kept.seen.decoded))
    datagram->payload = part_of(kept.bytes, datagram->payload, whole);
  return kept;
}

}  // namespace

Sniffer::Opened Sniffer::open(const std::string& interface, std::uint16_t port, Protocol protocol) {
  // Immediate mode: a packet is in the ring before the call that it ends returns. Headers are enough, and bursts fit.
  capture::LiveOptions options{
      .interface = interface, .filter = filter(port, protocol), .snaplen = 256, .immediate = true};
  auto opened = capture::PacketSource::open_live(options);
  if (auto* error = std::get_if<capture::SourceError>(&opened)) return std::move(*error);
  return Sniffer(std::get<capture::PacketSource>(std::move(opened)));
}

void Sniffer::read(std::vector<CapturedPacket>& packets) {
  while (const auto packet = source_.next()) {
    seen_.packet = *packet;
    seen_.decoded = capture::decode(*packet);
    observer_.observe(seen_);
    // A packet that the interface shows twice (`any`) is told once; one that belongs to no conversation is not ours.
    if (!seen_.stream || seen_.notes.has(capture::Note::duplicate_frame)) continue;
    packets.push_back(kept(seen_));
  }
}

}  // namespace echolab::timeline
