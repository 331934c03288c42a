#include "tests/notation/notation.hpp"

#include <regex>
#include <stdexcept>
#include <string>

namespace echolab::test {
namespace {

std::uint16_t flag_bits(const std::string& letters) {
  using F = capture::TcpFlags;
  static constexpr std::string_view names = "SFPR.UEWe";
  static constexpr std::uint16_t bits[] = {F::syn_bit, F::fin_bit, F::psh_bit, F::rst_bit, F::ack_bit,
                                           F::urg_bit, F::ece_bit, F::cwr_bit, F::ae_bit};
  std::uint16_t all = 0;
  if (letters == "none") return all;
  for (const char letter : letters) all |= bits[names.find(letter)];
  return all;
}

std::uint32_t number(const std::string& digits) { return static_cast<std::uint32_t>(std::stoull(digits)); }

/// "101:201 301:401"
void add_sack(const std::string& list, capture::TcpOptions& options) {
  static const std::regex block(R"((\d+):(\d+))");
  for (std::sregex_iterator it(list.begin(), list.end(), block), end; it != end; ++it)
    options.sack_edges.at(options.sack_blocks++) = {number((*it)[1]), number((*it)[2])};
}

}  // namespace

capture::Segment parse_segment(std::string_view text) {
  //     flags             seq : end ( length )        ack         win
  static const std::regex shape(
      R"(\s*([SFPR.UEWe]+|none)\s+(\d+):(\d+)\((\d+)\)(?:\s+ack\s+(\d+))?(?:\s+win\s+(\d+))?)"
      R"((?:\s+<TS val (\d+) ecr (\d+)>)?(?:\s+<wscale (\d+)>)?(?:\s+<(sackOK)>)?(?:\s+<sack ([\d: ]+)>)?)"
      R"x((?:\s+id\s+(\d+))?(?:\s+ttl\s+(\d+))?(?:\s+link\s+(\d+))?(?:\s+(bad|good))?(?:\s+lacks (\d+))?)x"
      R"x((?:\s+"([^"]*)")?\s*)x");
  std::cmatch match;
  const std::string line(text);
  if (!std::regex_match(text.begin(), text.end(), match, shape)) throw std::invalid_argument("not a packet: " + line);
  capture::Segment segment;
  segment.flags.bits = flag_bits(match[1]);
  segment.seq = number(match[2]);
  segment.payload_length = number(match[4]);
  if (number(match[3]) != segment.seq + segment.payload_length)
    throw std::invalid_argument("end is not seq + length: " + line);
  if (match[5].matched != segment.flags.ack()) throw std::invalid_argument("the dot and the ack go together: " + line);
  if (match[5].matched) segment.ack = number(match[5]);
  segment.window = match[6].matched ? static_cast<std::uint16_t>(number(match[6])) : 65535;
  if (match[7].matched) segment.options.timestamp_value = number(match[7]);
  if (match[8].matched) segment.options.timestamp_echo = number(match[8]);
  if (match[9].matched) segment.options.window_scale = static_cast<std::uint8_t>(number(match[9]));
  segment.options.sack_permitted = match[10].matched;
  if (match[11].matched) add_sack(match[11], segment.options);
  if (match[12].matched) segment.ip.identification = static_cast<std::uint16_t>(number(match[12]));
  if (match[13].matched) segment.ip.ttl = static_cast<std::uint8_t>(number(match[13]));
  if (match[14].matched) segment.link = static_cast<std::uint16_t>(number(match[14]));
  if (match[15].matched) segment.ip.checksum = match[15] == "bad" ? capture::Checksum::bad : capture::Checksum::good;
  if (match[16].matched) segment.ip.missing = number(match[16]);
  if (match[17].matched) {
    segment.payload = std::as_bytes(std::span(match[17].first, match[17].second));
    if (segment.payload.size() != segment.payload_length) throw std::invalid_argument("payload and length: " + line);
  }
  return segment;
}

}  // namespace echolab::test
