#include "udp/retry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace echolab::udp {
namespace {

/// Twice as long (RFC 6298, 5.5), up to a minute (2.5).
net::Timeout backed_off(net::Timeout timeout) {
  constexpr net::Timeout longest{60'000};
  return std::max(timeout, std::min(2 * timeout, longest));
}

}  // namespace

RetryingClient::RetryingClient(const net::Address& server, net::MessageOptions messages, net::Timeout timeout,
                               std::uint32_t retries, Report& report)
    : Client(server, std::move(messages), timeout, report), retries_(retries) {
  if (!messages_.numbered_size()) ledger_ = Ledger(net::number_in);  // every datagram gets one
}

/// Stop and wait: the next message goes when this one is answered. Its number tells its echo from that of an earlier
/// one, which may come late, or twice because it was asked for twice.
void RetryingClient::exchange(const net::Message& message) {
  report_.asks(message);
  const Bytes datagram = numbered(message);
  ledger_.sent(message.number, datagram);
  net::Timeout timeout = timeout_, waited{0};
  for (std::uint32_t tries = 1; !ask(datagram, net::Deadline(timeout)); ++tries) {
    waited += timeout;
    if (tries > retries_ || !ledger_.waits()) return give_up(waited, tries);
    tell({.outcome = Outcome::retried, .number = message.number, .waited = timeout, .tries = tries});
    timeout = backed_off(timeout);
  }
  answered(message);
}

/// Those of --count have their number in front already.
Client::Bytes RetryingClient::numbered(const net::Message& message) {
  if (messages_.numbered_size()) return message.bytes;
  number_datagram(message, datagram_);
  return datagram_;
}

void number_datagram(const net::Message& message, std::vector<std::byte>& datagram) {
  const std::string number = fmt::format("{:08} ", message.number % 100'000'000);
  datagram.resize(number.size() + message.bytes.size());
  const auto behind = std::ranges::copy(std::as_bytes(std::span(number)), datagram.begin()).out;
  std::ranges::copy(message.bytes, behind);
}

}  // namespace echolab::udp
