// What a program has to add to UDP so that nothing is lost (UNP 22.5): a number in each datagram, one message at a
// time, and trying again, each time after twice as long. tcp/ has no such file: there the kernel does it for everybody.
#pragma once

#include <cstdint>

#include "udp/client.hpp"

namespace echolab::udp {

class RetryingClient final : public Client {
 public:
  /// `timeout`: until a message is sent again for the first time; 1 s where nothing better is known (RFC 6298, 2.1).
  /// `retries`: how often it is sent again before it is given up.
  RetryingClient(const net::Address& server, net::MessageOptions messages, net::Timeout timeout, std::uint32_t retries,
                 Report& report);

 private:
  void exchange(const net::Message& message) override;
  Bytes numbered(const net::Message& message);

  const std::uint32_t retries_;
  std::vector<std::byte> datagram_;  // the message that waits, where it got a number
};

/// The message with its number in front: "00000001 hello".
void number_datagram(const net::Message& message, std::vector<std::byte>& datagram);

}  // namespace echolab::udp
