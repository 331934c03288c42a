// What is asked: the same work for both protocols, and what the wire does to it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "capture/track/observation.hpp"
#include "net/address.hpp"

namespace echolab::compare {

using capture::Protocol;
using Nanoseconds = std::chrono::nanoseconds;

/// Whose work is compared. The third is UDP with a program that tries again, `udp_client --retry`.
enum class Client : std::uint8_t { tcp, udp, udp_retry };
inline constexpr Client clients[] = {Client::tcp, Client::udp, Client::udp_retry};

constexpr Protocol protocol_of(Client client) { return client == Client::tcp ? Protocol::tcp : Protocol::udp; }
/// "udp_retry": the JSON's word.
constexpr std::string_view to_string(Client client) {
  return client == Client::tcp ? "tcp" : client == Client::udp ? "udp" : "udp_retry";
}

/// One of each client.
template <typename Value>
struct Each {
  Value tcp{}, udp{}, udp_retry{};
  Value& operator[](Client client) { return client == Client::tcp ? tcp : client == Client::udp ? udp : udp_retry; }
  const Value& operator[](Client client) const {
    return client == Client::tcp ? tcp : client == Client::udp ? udp : udp_retry;
  }
};

/// One of each protocol.
template <typename Value>
struct Both {
  Value tcp{}, udp{};
  Value& operator[](Protocol protocol) { return protocol == Protocol::tcp ? tcp : udp; }
  const Value& operator[](Protocol protocol) const { return protocol == Protocol::tcp ? tcp : udp; }
};
inline constexpr Protocol both[] = {Protocol::tcp, Protocol::udp};

/// Where the servers are.
enum class Place : std::uint8_t {
  lab,       // on a host of their own, with our wire between
  loopback,  // on this machine
  foreign,   // somewhere, and not ours
};

/// What the wire does to every frame.
struct Line {
  Nanoseconds delay{};  // one way
  double loss = 0;      // 0 to 1
  std::uint64_t seed = 1;
  Nanoseconds round_trip() const { return 2 * delay; }
};

struct Plan {
  static constexpr std::size_t smallest = 8, largest = 1472;  // a number fits in; it fits in one packet

  Place place = Place::lab;
  std::uint64_t messages = 20;
  std::size_t size = 64;  // of a message, bytes
  Line line = {};
  unsigned runs = 3;                // of the exchange: its counts are those of the first, its times a median
  Both<net::Address> servers = {};  // foreign ones
};

}  // namespace echolab::compare
