#include "capture/decode/notation.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace echolab::capture {
namespace {

void append_number(std::string& out, std::uint32_t number) {
  std::array<char, 10> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

void append_flags(std::string& out, TcpFlags set) {
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
  const std::size_t before = out.size();
  for (const auto& [bit, letter] : letters) {
    if (set.bits & bit) out += letter;
  }
  if (out.size() == before) out += "none";
}

std::string flags(TcpFlags set) {
  std::string text;
  append_flags(text, set);
  return text;
}

void append_notation(std::string& out, const Segment& segment, std::uint32_t seq, std::uint32_t ack,
                     std::string_view window) {
  append_flags(out, segment.flags);
  out += ' ';
  append_number(out, seq);
  out += ':';
  append_number(out, seq + segment.payload_length);  // modulo 2^32
  out += '(';
  append_number(out, segment.payload_length);
  out += ')';
  const auto member = [&out](std::string_view name, std::uint32_t value) {
    out += name;
    append_number(out, value);
  };
  if (segment.flags.ack()) member(" ack ", ack);
  if (!window.empty()) out.append(" win ").append(window);
  if (segment.flags.urg()) member(" urg ", segment.urgent_pointer);
}

std::string notation(const Segment& segment, std::uint32_t seq, std::uint32_t ack) {
  std::string text;
  const bool first_offer = segment.flags.syn() && !segment.flags.ack();
  append_notation(text, segment, seq, ack, first_offer ? std::to_string(segment.window) : "");
  return text;
}

void append_notation(std::string& out, const Datagram& datagram) {
  out += "UDP ";
  append_number(out, datagram.payload_length);
}

std::string notation(const Datagram& datagram) {
  std::string text;
  append_notation(text, datagram);
  return text;
}

}  // namespace echolab::capture
