#include "tools/timeline/sniffer.hpp"

#include <fmt/format.h>

#include <utility>

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

}  // namespace

Sniffer::Opened Sniffer::open(const std::string& interface, std::uint16_t port, Protocol protocol) {
  // Immediate mode: a packet is in the ring before the call that it ends returns. Headers are enough, and bursts fit.
  capture::LiveOptions options{
      .interface = interface, .filter = filter(port, protocol), .snaplen = 256, .immediate = true};
  auto opened = capture::PacketSource::open_live(options);
  if (auto* error = std::get_if<capture::SourceError>(&opened)) return std::move(*error);
  return Sniffer(std::get<capture::PacketSource>(std::move(opened)));
}

const capture::Observation* Sniffer::next_until(net::WallTime time) {
  while (waiting_ || (waiting_ = source_.next())) {
    if (waiting_->time > time) return nullptr;
    seen_.packet = *std::exchange(waiting_, std::nullopt);
    seen_.decoded = capture::decode(seen_.packet);
    observer_.observe(seen_);
    // A packet that the interface shows twice (`any`) is told once; one that belongs to no conversation is not ours.
    if (seen_.stream && !seen_.notes.has(capture::Note::duplicate_frame)) return &seen_;
  }
  return nullptr;
}

bool is_routine(const capture::Observation& seen) {
  const auto* segment = std::get_if<capture::Segment>(&seen.decoded);
  if ((segment && segment->flags.rst()) || severity_of(seen.notes) == capture::Severity::warning) return false;
  if (!seen.tcp) return std::holds_alternative<capture::Datagram>(seen.decoded);
  return !seen.tcp->client.changed() && !seen.tcp->server.changed() && !capture::post_of(seen) &&
         seen.tcp->take_backs().empty();
}

}  // namespace echolab::timeline
