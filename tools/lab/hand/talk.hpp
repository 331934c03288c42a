// The hand at work: it finds its peer, answers whoever looks for it, sends what it is told to and says what comes.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "net/stop_signal.hpp"
#include "tools/lab/hand/hand.hpp"
#include "tools/lab/hand/raw_socket.hpp"

namespace echolab::lab::hand {

class Talk {
 public:
  /// A line about a packet: "> S 0:0(0) win 65535", "< S. 0:0(0) ack 1 win 64240".
  using Say = std::function<void(const std::string&)>;

  Talk(RawSocket socket, const End& own, const capture::Endpoint& peer, std::uint32_t isn, Say say);

  /// Asks for the peer's MAC address, as a kernel does before its first packet; false where nobody answers.
  bool find_peer(const net::StopSignal& stop);
  /// Sends it, or waits for it. False where what is expected has not come in its time.
  bool obey(const Order& order, const net::StopSignal& stop);
  /// Takes in what has come. Does not wait.
  void take_in();
  int fd() const { return socket_.fd(); }

 private:
  void send(const Send& order);
  bool wait_until(const std::function<bool()>& done, std::chrono::seconds longest, const net::StopSignal& stop);
  void take(std::span<const std::byte> frame);
  void take(const Arp& arp);
  void say(char direction, const capture::Segment& segment, capture::SeqNum senders_isn, capture::SeqNum receivers_isn);

  RawSocket socket_;
  End own_, peer_;
  bool found_ = false;
  Hand hand_;
  Say say_;
  std::array<std::uint32_t, kind_count> come_{};      // segments of each kind, so far
  std::array<std::uint32_t, kind_count> expected_{};  // of these, seen by an expectation
};

}  // namespace echolab::lab::hand
