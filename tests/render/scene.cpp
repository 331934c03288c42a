#include "tests/render/scene.hpp"

#include <stdexcept>

#include "tests/notation/notation.hpp"

namespace echolab::test {
using namespace capture;  // NOLINT: tests read better

namespace {

constexpr std::uint32_t initial_numbers[] = {3'735'928'559, 1'000};

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

}  // namespace

Scene::Scene(Endpoint client, Endpoint server)
    : ends_{client, server},
      ended_(std::make_unique<std::vector<StreamSummary>>()),
      observer_([ended = ended_.get()](const StreamSummary& summary) { ended->push_back(summary); }) {}

Endpoint Scene::v4(std::uint16_t port) {
  Endpoint end;
  end.address.bytes = {127, 0, 0, 1};
  end.port = port;
  return end;
}

Endpoint Scene::v6(std::uint16_t port) {
  Endpoint end;
  end.address.version = IpAddress::Version::v6;
  end.address.bytes = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5};
  end.port = port;
  return end;
}

Scene& Scene::between(Endpoint client, Endpoint server) {
  ends_[0] = client;
  ends_[1] = server;
  return *this;
}

Scene& Scene::wait(std::chrono::nanoseconds time) {
  now_ += time;
  return *this;
}

Scene& Scene::tcp(Side from, std::string_view packet, std::string payload) {
  Segment segment = parse_segment(packet);
  if (!payload.empty() && payload.size() != segment.payload_length) throw std::invalid_argument("payload's length");
  segment.source = ends_[static_cast<int>(from)];
  segment.destination = ends_[static_cast<int>(other(from))];
  segment.seq += initial_numbers[static_cast<int>(from)];
  if (segment.flags.ack()) segment.ack += initial_numbers[static_cast<int>(other(from))];
  return observe(segment, std::move(payload));
}

Scene& Scene::udp(Side from, std::string payload) {
  Datagram datagram;
  datagram.source = ends_[static_cast<int>(from)];
  datagram.destination = ends_[static_cast<int>(other(from))];
  datagram.payload_length = static_cast<std::uint32_t>(payload.size());
  return observe(datagram, std::move(payload));
}

Scene& Scene::port_unreachable() {
  IcmpError error;
  error.type = 3;
  error.code = 3;
  error.source = ends_[1].address;
  error.destination = ends_[0].address;
  error.quoted_protocol = 17;
  error.quoted_source = ends_[0];
  error.quoted_destination = ends_[1];
  return observe(error, {});
}

Scene& Scene::add(const Decoded& decoded) { return observe(decoded, {}); }

Scene& Scene::observe(Decoded decoded, std::string payload) {
  auto shot = std::make_unique<Shot>();
  shot->payload = std::move(payload);
  if (auto* segment = std::get_if<Segment>(&decoded)) segment->payload = bytes_of(shot->payload);
  if (auto* datagram = std::get_if<Datagram>(&decoded)) datagram->payload = bytes_of(shot->payload);
  Packet packet;
  packet.frame = shots_.size() + 1;
  packet.time = now_;
  packet.original_length = 74;
  static constexpr std::byte frame[74]{};
  packet.bytes = frame;
  now_ += std::chrono::microseconds(19);
  shot->seen = observer_.observe(packet, decoded);
  shots_.push_back(std::move(shot));
  return *this;
}

std::vector<StreamSummary> Scene::finish() {
  observer_.finish();
  return *ended_;
}

}  // namespace echolab::test
