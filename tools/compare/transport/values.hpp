// The numbers of the command line, as people write them: "10", "10%"; "50", "50ms", "2s"; "host:port"; lists of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/compare/transport/plan.hpp"

namespace echolab::compare {

/// "10" and "10%" are 0.1. From 0 to 90 per cent: with more, TCP is at it for hours.
std::optional<double> parse_loss(std::string_view text);
/// "50" are milliseconds; "50ms", "1.5s", "200us". From 0 to 2 s one way.
std::optional<Nanoseconds> parse_delay(std::string_view text);

struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
/// "127.0.0.1:7", "[::1]:7", "example.org:7".
std::optional<HostPort> parse_host_port(std::string_view text);

/// What a sweep changes, and through which values.
struct Sweep {
  enum class Of : std::uint8_t { loss, delay } of = Of::loss;
  std::vector<double> losses;
  std::vector<Nanoseconds> delays;
  std::size_t size() const { return of == Of::loss ? losses.size() : delays.size(); }
};
/// "loss=0,1,2,5,10%", "delay=0,10,50,100ms": a unit at the end holds for the values that have none. At most 12 values.
std::optional<Sweep> parse_sweep(std::string_view text);

}  // namespace echolab::compare
