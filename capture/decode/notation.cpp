#include "capture/decode/notation.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <utility>

namespace echolab::capture {

std::string flags(TcpFlags set) {
  static constexpr std::array<std::pair<std::uint16_t, char>, 9> letters{{
      {TcpFlags::syn_bit, 'S'},
      {TcpFlags::fin_bit, 'F'},
      {TcpFlags::psh_bit, 'P'},
      {TcpFlags::rst_bit, 'R'},
      {TcpFlags::ack_bit, '.'},
      {TcpFlags::urg_bit, 'U'},
      {TcpFlags::ece_bit, 'E'},
      {TcpFlags::cwr_bit, 'W'},
      {TcpFlags::ae_bit, 'e'},
  }};
  std::string text;
  for (const auto& [bit, letter] : letters) {
    if (set.bits & bit) text += letter;
  }
  return text.empty() ? "none" : text;
}

std::string notation(const Segment& segment, std::uint32_t seq, std::uint32_t ack) {
  const std::uint32_t next = seq + segment.payload_length;  // modulo 2^32
  auto text = fmt::format("{} {}:{}({})", flags(segment.flags), seq, next, segment.payload_length);
  if (segment.flags.ack()) fmt::format_to(std::back_inserter(text), " ack {}", ack);
  if (segment.flags.syn() && !segment.flags.ack()) fmt::format_to(std::back_inserter(text), " win {}", segment.window);
  if (segment.flags.urg()) fmt::format_to(std::back_inserter(text), " urg {}", segment.urgent_pointer);
  return text;
}

std::string notation(const Datagram& datagram) { return fmt::format("UDP {}", datagram.payload_length); }

}  // namespace echolab::capture
