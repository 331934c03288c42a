#include "tests/track/talk.hpp"

#include <fmt/format.h>

#include "tests/notation/notation.hpp"

namespace echolab::test {
using namespace capture;  // NOLINT: tests read better

namespace {

Endpoint address(Side side) {
  Endpoint endpoint;
  endpoint.address.bytes = {127, 0, 0, 1};
  endpoint.port = side == Side::client ? 40000 : 9000;
  return endpoint;
}

std::string name(const SideChange& change) {
  return fmt::format("{} ({})", to_string(change.after), to_string(change.certainty));
}

}  // namespace

Talk::Talk(std::uint32_t client_isn, std::uint32_t server_isn)
    : isn_{client_isn, server_isn},
      ended_(std::make_unique<std::vector<StreamSummary>>()),
      observer_([ended = ended_.get()](const StreamSummary& summary) { ended->push_back(summary); }) {}

Talk& Talk::wait(std::chrono::nanoseconds time) {
  now_ += time;
  return *this;
}

void Talk::renumber(std::uint32_t client_isn, std::uint32_t server_isn) {
  isn_[0] = client_isn;
  isn_[1] = server_isn;
}

const Observation& Talk::say(Side from, std::string_view text) {
  Segment segment = parse_segment(text);
  segment.source = address(from);
  segment.destination = address(other(from));
  segment.seq += isn_[static_cast<int>(from)];
  const std::uint32_t peer_isn = isn_[static_cast<int>(other(from))];
  if (segment.flags.ack()) segment.ack += peer_isn;
  for (SackBlock& block : std::span(segment.options.sack_edges).first(segment.options.sack_blocks))
    block.left += peer_isn, block.right += peer_isn;
  now_ += std::chrono::milliseconds(1);
  Packet packet;
  packet.frame = ++frame_;
  packet.time = now_;
  last_ = observer_.observe(packet, segment);
  lines_.push_back(fmt::format("{:3} {:6} {:24} -> {}, {}", frame_, to_string(from), text, name(last_.tcp->client),
                               name(last_.tcp->server)));
  return last_;
}

const std::vector<StreamSummary>& Talk::finish() {
  observer_.finish();
  return *ended_;
}

std::string Talk::story() const { return fmt::format("\n{}\n", fmt::join(lines_, "\n")); }

void PrintTo(const Talk& talk, std::ostream* out) { *out << talk.story(); }

Talk established() {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  return talk;
}

}  // namespace echolab::test
