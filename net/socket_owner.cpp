#include "net/socket_owner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

namespace echolab::net {
namespace {

using Octets = std::array<std::uint8_t, 16>;  // IPv4 as ::ffff:a.b.c.d

struct Row {
  Octets address{};
  unsigned port = 0, state = 0;
  uid_t owner = 0;
};

template <typename Number>
bool read_number(std::string_view text, Number& number, int base) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

Octets mapped(std::span<const std::uint8_t> octets) {
  Octets result{};
  if (octets.size() == 4) result[10] = result[11] = 0xff;
  std::ranges::copy(octets, result.end() - static_cast<std::ptrdiff_t>(octets.size()));
  return result;
}

/// "0100007F": words in this machine's byte order, 8 digits each, of an address in network byte order.
bool read_address(std::string_view text, Octets& address) {
  std::vector<std::uint8_t> octets;
  for (std::size_t at = 0; at + 8 <= text.size(); at += 8) {
    std::uint32_t word = 0;
    if (!read_number(text.substr(at, 8), word, 16)) return false;
    std::array<std::uint8_t, 4> bytes;
    std::memcpy(bytes.data(), &word, bytes.size());
    octets.insert(octets.end(), bytes.begin(), bytes.end());
  }
  if (octets.size() != 4 && octets.size() != 16) return false;
  address = mapped(octets);
  return true;
}

/// "0: 0100007F:2328 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 178 ..."
std::optional<Row> read_row(const std::string& line) {
  std::istringstream words(line);
  std::string number, local, remote, state, skipped, owner;
  words >> number >> local >> remote >> state >> skipped >> skipped >> skipped >> owner;
  const auto colon = local.find(':');
  Row row;
  if (!words || colon == local.npos || !read_address(std::string_view(local).substr(0, colon), row.address) ||
      !read_number(std::string_view(local).substr(colon + 1), row.port, 16) || !read_number(state, row.state, 16) ||
      !read_number(owner, row.owner, 10))
    return std::nullopt;
  return row;
}

}  // namespace

std::optional<uid_t> other_owner(const std::string& protocol, const Address& address, uid_t me,
                                 const std::filesystem::path& tables) {
  const unsigned waiting = protocol == "tcp" ? 10 : 7;  // TCP_LISTEN; of UDP, TCP_CLOSE: connected to nobody
  const Octets wanted = mapped(address.octets()), every = {}, every_v4 = mapped(std::array<std::uint8_t, 4>{});
  std::optional<uid_t> of_all;  // who has the port on every address, where nobody has it on this one
  for (const std::string& family : {std::string(), std::string("6")}) {
    std::ifstream table(tables / (protocol + family));
    for (std::string line; std::getline(table, line);) {
      const auto row = read_row(line);
      if (!row || row->port != address.port() || row->state != waiting) continue;
      if (row->address == wanted) return row->owner == me ? std::nullopt : std::optional(row->owner);
      if (row->address == every || (address.family() == AF_INET && row->address == every_v4))
        of_all = of_all.value_or(row->owner);
    }
  }
  return of_all == me ? std::nullopt : of_all;
}

}  // namespace echolab::net
