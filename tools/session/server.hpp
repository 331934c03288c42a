// The service on the network: TCP and UDP on one port, one thread. Over TCP a line is a request, over UDP a datagram.
#pragma once

#include <array>
#include <chrono>
#include <list>
#include <string>

#include "net/address.hpp"
#include "tcp/poller.hpp"
#include "tcp/socket.hpp"
#include "tools/session/place.hpp"
#include "tools/session/reach.hpp"
#include "tools/session/request_reader.hpp"
#include "tools/session/screen.hpp"
#include "udp/socket.hpp"

namespace echolab::session {

class Server {
 public:
  /// Binds both sockets; port 0: one that both can have. Throws net::CallError, net::UnknownHost.
  Server(const std::string& host, std::uint16_t port, bool share_port, Place& place, Screen& screen);

  /// Serves until a stop signal comes: net::Stopped.
  void run();
  const net::Address& address() const { return address_; }
  const Totals& totals() const { return totals_; }

 private:
  using Clock = std::chrono::steady_clock;

  /// What TCP makes us keep for a client, besides its session: the service does not know whose connection it is.
  struct Connection {
    tcp::Socket socket;
    net::Address peer;
    RequestReader reader = {};
    std::string unsent = {};       // answers that the client has not taken yet; nothing is read meanwhile
    bool blocked = false;          // we are told when there is room for them
    Clock::time_point since = {};  // it has been waiting for: the next request, or the rest of one
    bool leaving = false;          // our FIN is sent; what still comes is thrown away
    std::list<Connection>::iterator self = {};
  };

  void bind(const net::Address& wanted, bool share_port);
  void look_after(Clock::time_point now);

  void welcome(Clock::time_point now);
  bool make_room(Clock::time_point now);
  void accept_or_not(bool accepting);
  void attend(Connection& connection, Clock::time_point now);
  void read(Connection& connection, Clock::time_point now);
  void answer(Connection& connection, Clock::time_point now);
  void send(Connection& connection);
  void close(Connection& connection);

  void take_datagrams();
  void take_datagram(const udp::Datagram& datagram);

  Reply reply_to(const Incoming& incoming, std::string_view protocol, const net::Address& peer, std::size_t longest);

  Place& place_;
  Screen& screen_;
  net::Address address_;
  tcp::Socket listener_;
  udp::Socket datagrams_;
  tcp::Poller poller_;
  std::list<Connection> connections_, closed_;
  Reach reach_;
  Totals totals_;
  bool accepting_ = false;
  std::array<std::byte, 65536> room_{};
};

}  // namespace echolab::session
