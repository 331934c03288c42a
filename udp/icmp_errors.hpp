// What an ICMP error says of our messages: it may come while another one waits, and quotes the one that it is about.
// tcp/ has no such file: there the kernel takes ICMP errors as hints, and goes on trying (RFC 1122, 4.2.3.9).
#pragma once

#include <cstdint>
#include <optional>

#include "net/socket_error.hpp"
#include "udp/ledger.hpp"
#include "udp/report.hpp"

namespace echolab::udp {

class IcmpErrors {
 public:
  explicit IcmpErrors(const Ledger& ledger) : ledger_(ledger) {}

  /// `resent`: the message that waits has to be sent again. nullopt: nothing that is not known already.
  std::optional<Event> judge(const net::IcmpError& error);

 private:
  bool path_shrinks(const net::IcmpError& error);

  static constexpr std::uint32_t no_limit = 65535;  // a packet over any link

  const Ledger& ledger_;
  std::uint64_t number_ = 0;           // the message that waited when ...
  std::uint32_t path_mtu_ = no_limit;  // ... routers said so
};

}  // namespace echolab::udp
