// What an ICMP error means for whoever asked: who says so, what it is, and where it is mended. RFC 792, RFC 1812, RFC
// 4443.
#pragma once

#include <string>

#include "net/socket_error.hpp"
#include "tools/echo/program.hpp"

namespace echolab::echo {

struct Refusal {
  std::string what;  // "10.0.2.2:9000 is unreachable, says 10.0.1.1: host unreachable (ICMP type 3, code 1)"
  std::string mend;  // why, and where to look

  std::string text() const { return what + ". " + mend; }
};
Refusal refusal(const net::IcmpError& error, const net::Address& server, const Options& options);

/// In a shell of the lab, where `server` is the host itself and the other was meant; else empty.
std::string mend_in_lab(const net::Address& server, const Options& options);

}  // namespace echolab::echo
