// What a client over UDP has to tell beside what every echo client tells: what became of each datagram. tcp/ has no
// such file: there the kernel sees to it that there is nothing to tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "net/address.hpp"
#include "net/echo_report.hpp"
#include "net/option.hpp"
#include "net/socket_error.hpp"

namespace echolab::udp {

/// What a datagram, or its absence, turned out to be.
enum class Outcome : std::uint8_t {
  answered,
  unknown,      // no answer in time: request or answer lost, nobody can say which
  unreachable,  // an ICMP error came back
  resent,       // a router said that the packet was too large; the kernel cuts it from then on
  duplicate,    // the answer to a message that was answered already
  late,         // the answer to a message that was given up as unknown
  stranger,     // from somebody whom we did not ask
  unexpected,   // from the server, but not what was sent
  retried,      // no answer in time: it is sent once more (retry.hpp)
};
inline constexpr int outcome_count = 9;

/// "duplicate": the word in JSON.
std::string_view to_string(Outcome outcome);

struct Event {
  Outcome outcome = Outcome::unknown;
  std::uint64_t number = 0;                 // of the message that it is about
  net::Address from = {};                   // who the stranger is
  std::optional<net::IcmpError> icmp = {};  // what says so; of `unexpected`: it quotes nothing of ours
  bool certain = true;                      // false: the ICMP error may be about a later message with the same bytes
  net::Timeout waited{0};                   // unknown: in vain, altogether; 0: not to the end. retried: this time
  std::uint32_t tries = 0;                  // how often it was sent, where it is sent again (retry.hpp)
};

class ClientReport : public net::EchoReport {
 public:
  /// Everything but an answer, which EchoReport has.
  virtual void tell(const Event&) {}
};

}  // namespace echolab::udp
