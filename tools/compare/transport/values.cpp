#include "tools/compare/transport/values.hpp"

#include <algorithm>
#include <charconv>

#include "tools/lab/wire/rule.hpp"

namespace echolab::compare {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts;
  for (;;) {
    const auto comma = list.find(',');
    parts.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    list.remove_prefix(comma + 1);
  }
}

/// All of them parsed; nullopt: one cannot be.
template <typename Value, typename Parse>
std::optional<std::vector<Value>> parse_all(const std::vector<std::string>& parts, Parse parse) {
  std::vector<Value> values;
  for (const std::string& part : parts) {
    const auto value = parse(part);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

}  // namespace

std::optional<double> parse_loss(std::string_view text) {
  constexpr double most = 0.9;
  const auto share = lab::parse_share(is_number(text) ? std::string(text) + "%" : std::string(text));
  if (!share || *share > most) return std::nullopt;
  return share;
}

std::optional<Nanoseconds> parse_delay(std::string_view text) {
  constexpr Nanoseconds most = std::chrono::seconds(2);
  const auto delay = lab::parse_duration(is_number(text) ? std::string(text) + "ms" : std::string(text));
  if (!delay || *delay > most) return std::nullopt;
  return delay;
}

std::optional<HostPort> parse_host_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  HostPort parsed{.host = std::string(text.substr(0, colon))};
  if (parsed.host.starts_with('[') && parsed.host.ends_with(']'))
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  else if (parsed.host.find(':') != std::string::npos)
    return std::nullopt;  // an IPv6 address needs its brackets
  const auto port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), parsed.port);
  if (error != std::errc() || end != port.data() + port.size() || parsed.port == 0 || parsed.host.empty())
    return std::nullopt;
  return parsed;
}

std::optional<Sweep> parse_sweep(std::string_view text) {
  constexpr std::size_t most = 12;
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const auto of = text.substr(0, equals);
  auto parts = parts_of(text.substr(equals + 1));
  const auto unit_begin = parts.back().find_first_not_of("0123456789.");
  if (unit_begin != std::string::npos) {
    const std::string unit = parts.back().substr(unit_begin);
    for (std::string& part : parts)
      if (is_number(part)) part += unit;
  }
  if (parts.size() > most) return std::nullopt;
  Sweep sweep;
  if (of == "loss") {
    const auto losses = parse_all<double>(parts, parse_loss);
    if (!losses) return std::nullopt;
    sweep.losses = *losses;
    std::ranges::sort(sweep.losses);
    return sweep;
  }
  const auto delays = parse_all<Nanoseconds>(parts, parse_delay);
  if (of != "delay" || !delays) return std::nullopt;
  sweep.of = Sweep::Of::delay;
  sweep.delays = *delays;
  std::ranges::sort(sweep.delays);
  return sweep;
}

}  // namespace echolab::compare
