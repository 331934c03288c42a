#include "tools/timeline/json_lines.hpp"

#include <fmt/format.h>

#include "capture/render/clock.hpp"
#include "capture/render/escape.hpp"
#include "capture/render/json.hpp"

namespace echolab::timeline {
namespace {

using capture::json_string;

std::string stamp(net::WallTime time) { return fmt::format("\"{}\"", std::string_view(capture::UnixTime(time))); }

}  // namespace

std::string base64(std::span<const std::byte> bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < count ? std::to_integer<std::uint32_t>(bytes[at + i]) : 0);
    for (std::size_t i = 0; i < 4; ++i) text += i <= count ? alphabet[group >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string json_member(const net::IcmpError& error) {
  return fmt::format(R"(,"icmp":{{"from":{},"type":{},"code":{},"name":{}{}}})",
                     json_string(net::host_string(error.from)), error.type, error.code, json_string(net::name(error)),
                     error.packet_too_large() ? fmt::format(R"(,"mtu":{})", error.mtu) : "");
}

std::string json_of(const net::CallRecord& record, const Style& style) {
  const bool start = record.phase == net::CallRecord::Phase::start;
  std::string json =
      fmt::format(R"({{"v":1,"kind":"call","role":{},"call":{},"time":{},"phase":"{}","fd":{},"arguments":{})",
                  json_string(record.role), json_string(record.call), stamp(record.time), start ? "start" : "return",
                  record.fd, json_string(record.arguments));
  if (!start) json += fmt::format(R"(,"result":{},"failed":{})", json_string(record.result), record.error != 0);
  if (record.carries_data && (record.data.data() != nullptr)) {
    json += fmt::format(R"(,"length":{},"data":{})", record.data.size(), json_string(quoted(record.data, false)));
  }
  if (!record.kernel_state.empty()) json += fmt::format(R"(,"kernel_state":{})", json_string(record.kernel_state));
  if (record.error != 0) {
    if (const std::string_view origin = error_origin(record); !origin.empty())
      json += fmt::format(R"(,"origin":"{}")", origin);
    if (record.icmp != nullptr) json += json_member(*record.icmp);
  }
  const std::string meaning = record.error != 0 ? error_meaning(record, style.options)
                                                : std::string(record.explanation.in(style.options.language));
  return json + fmt::format(R"(,"text":{}}})", json_string(meaning)) + "\n";
}

std::string json_of(std::string_view sentence, net::WallTime time) {
  return fmt::format(R"({{"v":1,"kind":"note","time":{},"text":{}}})", stamp(time), json_string(sentence)) + "\n";
}

std::string json_of_echo(std::span<const std::byte> bytes, net::WallTime time) {
  return fmt::format(R"({{"v":1,"kind":"echo","time":{},"length":{},"base64":"{}","text":{}}})", stamp(time),
                     bytes.size(), base64(bytes), json_string(quoted(bytes, false))) +
         "\n";
}

}  // namespace echolab::timeline
